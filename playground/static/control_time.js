// Days and times: datepicker, timepicker, datetimepicker (in the zone of the person who looks).
import { epochOf, localOf } from "./dates.js";
import { freshId, h } from "./dom.js";

const SHAPES = {
	datepicker: {
		type: "date", name: "Date",
		initial: (element) => element.initial_date ?? null,
		toRaw: (value) => value,
		toValue: (raw) => raw,
	},
	timepicker: {
		type: "time", name: "Time",
		initial: (element) => element.initial_time ?? null,
		toRaw: (value) => value,
		toValue: (raw) => raw,
	},
	datetimepicker: {
		type: "datetime-local", name: "Date and time",
		initial: (element) => element.initial_date_time ?? null,
		toRaw: (value, tz) => epochOf(value, tz),
		toValue: (raw, tz) => localOf(Number(raw), tz),
	},
};

// Browsers report a change at each part that is typed; the app hears of it once the person rests.
const SETTLE_MS = 600;

export function timeControl(element, host) {
	const shape = SHAPES[element.type];
	const tz = host.scene.viewer.tz;
	const field = h("input", { type: shape.type, id: freshId("field"), class: "field field-time" });
	const zone = element.type === "timepicker" ? element.timezone : element.type === "datetimepicker" ? tz : null;
	const note = zone ? h("span", { class: "zone", id: freshId("zone") }, `${zone.replaceAll("_", " ")} time`) : null;
	let timer;

	const read = () => (field.value === "" ? null : shape.toRaw(field.value, tz));
	const act = () => {
		clearTimeout(timer);
		timer = undefined;
		host.act(read(), field);
	};
	field.addEventListener("input", () => {
		host.edited();
		if (!host.dispatches) return;
		clearTimeout(timer);
		timer = setTimeout(act, SETTLE_MS);
	});
	field.addEventListener("blur", () => {
		if (timer !== undefined) act();
	});

	return {
		node: note ? h("span", { class: "with-zone" }, field, note) : field,
		target: field,
		note: note?.id,
		name: shape.name,
		read,
		write(raw) {
			const value = raw === null || raw === undefined ? "" : shape.toValue(raw, tz);
			// What is half typed has no value yet: leave it alone while nothing else is held.
			if (field.value !== value) field.value = value;
		},
		initial: shape.initial,
		accepts: (next) => next.type === element.type && next.timezone === element.timezone,
		update() {},
	};
}
