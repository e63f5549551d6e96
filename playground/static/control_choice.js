// Picking from what is listed: static_select, multi_static_select, checkboxes, radio_buttons.
import { freshId, h } from "./dom.js";
import { textObject, words } from "./mrkdwn.js";

const optionsOf = (element) => element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];
const sameOptions = (a, b) => JSON.stringify([a.options, a.option_groups]) === JSON.stringify([b.options, b.option_groups]);

export function selectControl(element, host) {
	const field = h("select", { id: freshId("field"), class: "field" });
	let current = null;

	const option = (one) => h("option", { value: one.value }, words(one.text));
	function fill(next) {
		const held = field.value;
		const groups = next.option_groups?.map((group) => h("optgroup", { label: words(group.label) }, ...group.options.map(option)));
		field.replaceChildren(h("option", { value: "" }, words(next.placeholder) || "Select an option"), ...(groups ?? next.options.map(option)));
		field.value = optionsOf(next).some((one) => one.value === held) ? held : "";
	}
	field.addEventListener("change", () => {
		host.edited();
		if (host.dispatches && field.value !== "") host.act(field.value, field);
	});

	const control = {
		node: field,
		target: field,
		name: "Select an option",
		read: () => (field.value === "" ? null : field.value),
		write(raw) {
			if (field.value !== (raw ?? "")) field.value = raw ?? "";
		},
		initial: (from) => from.initial_option?.value ?? null,
		accepts: (next) => next.type === element.type,
		update(next) {
			if (!current || !sameOptions(current, next)) fill(next);
			current = next;
		},
	};
	control.update(element);
	return control;
}

/** Radio buttons (one value) and checkboxes or multi-selects (a list): a group of native inputs. */
export function groupControl(element, host) {
	const single = element.type === "radio_buttons";
	const name = freshId("group");
	const list = h("div", { class: element.type === "multi_static_select" ? "options options-scroll" : "options" });
	let current = null;

	const inputs = () => [...list.querySelectorAll("input")];
	const checked = () => inputs().filter((input) => input.checked).map((input) => input.value);
	const read = () => (single ? checked()[0] ?? null : checked());

	function row(one) {
		const id = freshId("option");
		const describes = one.description ? `${id}-about` : null;
		const input = h("input", { type: single ? "radio" : "checkbox", id, name, value: one.value, "aria-describedby": describes });
		const about = describes && h("span", { class: "option-about", id: describes }, ...textObject(one.description, host.scene));
		return h("div", { class: "option" }, input, h("div", {}, h("label", { for: id }, ...textObject(one.text, host.scene)), about));
	}
	function fill(next) {
		const held = checked();
		const rows = next.option_groups
			? next.option_groups.flatMap((group) => [h("p", { class: "option-group" }, words(group.label)), ...group.options.map(row)])
			: next.options.map(row);
		list.replaceChildren(...rows);
		for (const input of inputs()) input.checked = held.includes(input.value);
	}
	list.addEventListener("change", () => {
		host.edited();
		if (host.dispatches) host.act(read(), list);
	});

	const control = {
		node: list,
		get target() {
			return inputs().find((input) => input.checked) ?? inputs()[0] ?? list;
		},
		group: single ? "radiogroup" : "group",
		name: single ? "Choose one" : "Choose any",
		inputs,
		read,
		write(raw) {
			const wanted = raw === null || raw === undefined ? [] : [raw].flat();
			for (const input of inputs()) input.checked = wanted.includes(input.value);
		},
		initial: (from) => (single ? from.initial_option?.value ?? null : (from.initial_options ?? []).map((one) => one.value)),
		accepts: (next) => next.type === element.type,
		update(next) {
			if (!current || !sameOptions(current, next)) fill(next);
			current = next;
		},
	};
	control.update(element);
	return control;
}
