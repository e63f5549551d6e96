// Elements are built here and only here. There is no way in for a string of HTML: what people and
// apps wrote reaches the page as text nodes and checked attributes, so it can never become markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
	more: ["M4 10h.01", "M10 10h.01", "M16 10h.01"],
	close: ["M5 5l10 10", "M15 5L5 15"],
	back: ["M12 4l-6 6 6 6"],
	send: ["M4 10h11", "M10 4.5L15.5 10 10 15.5"],
	bolt: ["M11 2.5L4.5 11.5h5L9 17.5l6.5-9h-5z"],
	menu: ["M3 5.5h14", "M3 10h14", "M3 14.5h14"],
	clock: ["M10 5.5V10l3 2", "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z"],
	traffic: ["M6 3.5v13", "M2.5 13L6 16.5 9.5 13", "M14 16.5v-13", "M10.5 7L14 3.5 17.5 7"],
	hash: ["M7.5 3L6 17", "M14 3l-1.5 14", "M3.5 7.5h13.5", "M3 12.5h13.5"],
	eye: ["M1.8 10S4.8 4.8 10 4.8 18.2 10 18.2 10 15.2 15.2 10 15.2 1.8 10 1.8 10z", "M12.4 10a2.4 2.4 0 1 1-4.8 0 2.4 2.4 0 0 1 4.8 0z"],
};

let lastId = 0;
export const freshId = (prefix) => `${prefix}-${++lastId}`;

/** Build an element. `on` maps event names to listeners; false, null and undefined leave out. */
export function h(tag, props = {}, ...children) {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(props)) {
		if (value === false || value === null || value === undefined) continue;
		if (name === "on") {
			for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
		} else if (name === "value" && "value" in node) node.value = value;
		else if (value === true) node.setAttribute(name, "");
		else node.setAttribute(name, String(value));
	}
	node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
	return node;
}

export function icon(name) {
	const svg = document.createElementNS(SVG, "svg");
	for (const [key, value] of Object.entries({ viewBox: "0 0 20 20", class: `icon icon-${name}`, "aria-hidden": "true", focusable: "false" })) {
		svg.setAttribute(key, value);
	}
	for (const d of ICONS[name]) {
		const path = document.createElementNS(SVG, "path");
		path.setAttribute("d", d);
		svg.append(path);
	}
	return svg;
}

export const byId = (id) => document.getElementById(id);

export const hiddenText = (text) => h("span", { class: "visually-hidden" }, text);

/** An address that a link may lead to, or null: javascript: and data: never pass. */
export function safeUrl(address, schemes = ["http:", "https:", "mailto:", "tel:"]) {
	try {
		const url = new URL(address);
		return schemes.includes(url.protocol) ? url.href : null;
	} catch {
		return null; // no address at all: the caller shows the words without a link
	}
}

export function link(address, ...children) {
	const href = safeUrl(address);
	return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children) : h("span", {}, ...children);
}

/**
 * Make `parent` hold exactly `wanted`, in that order, moving no node that already stands right:
 * a node that is taken out and put back would lose focus, caret and an open picker.
 */
export function arrange(parent, wanted) {
	const keep = new Set(wanted);
	for (const child of [...parent.childNodes]) if (!keep.has(child)) child.remove();
	let cursor = parent.firstChild;
	for (const node of wanted) {
		if (node === cursor) cursor = cursor.nextSibling;
		else parent.insertBefore(node, cursor);
	}
}

/** Run `work` now, and once more where it is asked for again meanwhile; done when all of it is. */
export function coalesced(work) {
	let running = null;
	let again = false;
	const run = async () => {
		do {
			again = false;
			await work();
		} while (again);
	};
	return () => {
		again = running !== null;
		running ??= run().finally(() => { running = null; });
		return running;
	};
}
