// Where people write: plain_text_input, number_input, email_text_input, url_text_input.
import { freshId, h } from "./dom.js";
import { words } from "./mrkdwn.js";

// A number is written in a text field: a browser's own number field hands on nothing at all for
// "12a", so the person would be told that the field is empty.
const KINDS = {
	plain_text_input: { type: "text" },
	number_input: { type: "text", inputmode: "decimal" },
	email_text_input: { type: "email", autocomplete: "off" },
	url_text_input: { type: "url", autocomplete: "off" },
};

const CHARACTER_PAUSE_MS = 300;

export function textControl(element, host) {
	const multiline = element.multiline === true;
	const field = multiline
		? h("textarea", { id: freshId("field"), class: "field", rows: 4 })
		: h("input", { id: freshId("field"), class: "field", ...KINDS[element.type] });
	let current = element;
	let timer;

	const triggers = () => (host.dispatches ? current.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"] : []);
	const act = () => {
		clearTimeout(timer);
		host.act(field.value, field);
	};
	field.addEventListener("input", () => {
		host.edited();
		if (!triggers().includes("on_character_entered")) return;
		clearTimeout(timer);
		timer = setTimeout(act, CHARACTER_PAUSE_MS);
	});
	field.addEventListener("keydown", (event) => {
		if (event.key !== "Enter" || event.isComposing || multiline || !triggers().includes("on_enter_pressed")) return;
		event.preventDefault();
		act();
	});

	const control = {
		node: field,
		target: field,
		read: () => (field.value === "" ? null : field.value),
		write(raw) {
			if (field.value !== (raw ?? "")) field.value = raw ?? "";
		},
		initial: (from) => from.initial_value ?? null,
		accepts: (next) => next.type === element.type && (next.multiline === true) === multiline,
		update(next) {
			current = next;
			field.placeholder = words(next.placeholder);
		},
	};
	control.update(element);
	return control;
}
