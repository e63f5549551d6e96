// data_visualization blocks: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
// Drawn plainly. What is drawn is hidden from screen readers, which get the same as a table.
import { freshId, h } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 480, HEIGHT = 160, LEFT = 30, BOTTOM = 20, TOP = 8, LETTER = 8;

function draw(tag, attributes, ...children) {
	const node = document.createElementNS(SVG, tag);
	for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
	node.append(...children);
	return node;
}

// As a table, a pie is one series.
function overCategories(given) {
	if (given.type !== "pie") return given;
	return {
		type: "bar",
		series: [{ name: "", data: given.segments }],
		axis_config: { categories: given.segments.map((one) => one.label) },
	};
}

function valuesOf(series, categories) {
	const found = new Map(series.data.map((point) => [point.label, point.value]));
	return categories.map((label) => found.get(label) ?? 0);
}

function step(span) {
	const rough = Math.max(span, 1) / 4;
	const power = 10 ** Math.floor(Math.log10(rough));
	return Math.max([1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough), Number.isInteger(span) ? 1 : 0);
}

const shareIn = (segments) => {
	const sum = segments.reduce((so, one) => so + one.value, 0) || 1;
	return (one) => one.value / sum;
};

function pie(segments) {
	const shareOf = shareIn(segments);
	const [cx, cy, radius] = [WIDTH / 2, HEIGHT / 2, HEIGHT / 2 - 4];
	const at = (share) => [cx + radius * Math.sin(share * 2 * Math.PI), cy - radius * Math.cos(share * 2 * Math.PI)].join(" ");
	let from = 0;
	const slices = segments.map((one, number) => {
		const share = shareOf(one), start = at(from);
		from += share;
		const colour = `chart-slice chart-hue chart-hue-${number + 1}`;
		// An arc that ends where it began is none.
		if (share === 1) return draw("circle", { cx, cy, r: radius, class: colour });
		return draw("path", { d: `M${cx} ${cy} L${start} A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${at(from)} Z`, class: colour });
	});
	return draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart-picture", "aria-hidden": "true", focusable: "false" }, ...slices);
}

/** The parts of a pie with their share, as its legend names them. */
const parts = (segments) => segments.map((one) => ({ name: `${one.label} ${Math.round(shareIn(segments)(one) * 100)} %` }));

function picture({ type, series, axis_config: { categories } }) {
	const rows = series.map((one) => valuesOf(one, categories));
	const least = Math.min(0, ...rows.flat()), most = Math.max(1, ...rows.flat());
	const y = (value) => TOP + ((most - value) / (most - least)) * (HEIGHT - TOP - BOTTOM);
	const slot = (WIDTH - LEFT) / categories.length;
	const nodes = [];
	for (let tick = Math.ceil(least / step(most - least)) * step(most - least); tick <= most; tick += step(most - least)) {
		nodes.push(draw("line", { x1: LEFT, x2: WIDTH, y1: y(tick), y2: y(tick), class: "chart-grid" }));
		nodes.push(draw("text", { x: LEFT - 6, y: y(tick) + 4, class: "chart-tick chart-tick-y" }, String(tick)));
	}
	// Labels that would run into each other are left out: the table says them all.
	const every = Math.ceil((Math.max(...categories.map((label) => label.length)) * LETTER) / slot);
	categories.forEach((label, index) => {
		if (index % every) return;
		nodes.push(draw("text", { x: LEFT + (index + 0.5) * slot, y: HEIGHT - 4, class: "chart-tick chart-tick-x" }, label));
	});
	rows.forEach((values, number) => {
		const colour = `chart-hue chart-hue-${number + 1}`;
		if (type === "bar") {
			const width = (slot * 0.7) / rows.length;
			values.forEach((value, index) => {
				const x = LEFT + (index + 0.15) * slot + number * width;
				const height = Math.abs(y(value) - y(0));
				nodes.push(draw("rect", { x, y: Math.min(y(value), y(0)), width: Math.max(width - 1, 1), height, class: colour }));
			});
			return;
		}
		const points = values.map((value, index) => [LEFT + (index + 0.5) * slot, y(value)]);
		if (type === "area") {
			const closed = [[points[0][0], y(0)], ...points, [points.at(-1)[0], y(0)]];
			nodes.push(draw("polygon", { points: closed.join(" "), class: `chart-area ${colour}` }));
		}
		nodes.push(draw("polyline", { points: points.join(" "), class: `chart-line ${colour}` }));
		for (const [cx, cy] of points) nodes.push(draw("circle", { cx, cy, r: 3, class: colour }));
	});
	return draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart-picture", "aria-hidden": "true", focusable: "false" }, ...nodes);
}

function legend(series) {
	const entries = series.map((one, number) => h("li", {}, h("span", { class: `chart-key chart-hue chart-hue-${number + 1}` }), one.name));
	return h("ul", { class: "chart-legend", "aria-hidden": "true" }, ...entries);
}

function table({ series, axis_config: { categories, x_label: along } }, titleId) {
	const head = h("tr", {}, h("th", { scope: "col" }, along ?? "Label"), ...series.map((one) => h("th", { scope: "col" }, one.name || "Value")));
	const rows = categories.map((label, index) =>
		h("tr", {}, h("th", { scope: "row" }, label), ...series.map((one) => h("td", {}, String(valuesOf(one, categories)[index])))));
	return h("div", { class: "visually-hidden" }, h("table", { "aria-labelledby": titleId }, h("thead", {}, head), h("tbody", {}, ...rows)));
}

export function chart(block) {
	const shown = overCategories(block.chart);
	const isPie = block.chart.type === "pie";
	const titleId = freshId("chart");
	const { x_label: along, y_label: up } = shown.axis_config;
	return h("figure", { class: "block chart" },
		h("figcaption", { id: titleId }, block.title),
		up && h("div", { class: "chart-label", "aria-hidden": "true" }, up),
		isPie ? pie(block.chart.segments) : picture(shown),
		along && h("div", { class: "chart-label chart-label-x", "aria-hidden": "true" }, along),
		isPie ? legend(parts(block.chart.segments)) : shown.series.length > 1 && legend(shown.series),
		table(shown, titleId));
}
