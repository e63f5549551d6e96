// Picking by typing: external_select (the app is asked) and users_select (people are known here).
// The ARIA combobox pattern: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
import { freshId, h } from "./dom.js";
import { words } from "./mrkdwn.js";

const TYPING_PAUSE_MS = 150;

/** Options that fit the typed text, as {text, value}; each word must begin a word of the name. */
function peopleLike(text, scene) {
	const typed = text.toLowerCase().replace(/^@/, "").split(/\s+/).filter(Boolean);
	return [...scene.people.values()]
		.filter((person) => !person.deleted && !person.is_bot)
		.filter((person) => {
			const names = `${person.real_name} ${person.name}`.toLowerCase().split(/\s+/);
			return typed.every((word) => names.some((name) => name.startsWith(word)));
		})
		.map((person) => ({ text: person.real_name, value: person.id }));
}

const plainOption = (option) => ({ text: typeof option.text === "string" ? option.text : words(option.text), value: option.value });

const sameGroup = (a, b) => a?.group === b?.group;

export function searchControl(element, host) {
	const users = element.type === "users_select";
	const minimum = users ? 0 : element.min_query_length ?? 3;
	const listId = freshId("list");
	const field = h("input", {
		type: "text", id: freshId("field"), class: "field field-search", role: "combobox", autocomplete: "off",
		"aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId,
	});
	const list = h("ul", { class: "suggestions", role: "listbox", id: listId, "aria-label": "Suggestions", hidden: true });
	const status = h("span", { class: "search-status", role: "status" });
	const node = h("div", { class: "search" }, field, list, status);
	let chosen = null; // {text, value}
	let shown = []; // the options on the list, and their nodes
	let rows = [];
	let active = -1;
	let asked = 0;
	let timer;

	function close() {
		clearTimeout(timer);
		asked += 1; // an answer that is still under way comes too late
		list.hidden = true;
		active = -1;
		field.setAttribute("aria-expanded", "false");
		field.removeAttribute("aria-activedescendant");
		status.textContent = "";
	}
	function mark(index) {
		active = index;
		rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === index)));
		if (index < 0) field.removeAttribute("aria-activedescendant");
		else {
			field.setAttribute("aria-activedescendant", rows[index].id);
			rows[index].scrollIntoView({ block: "nearest" });
		}
	}
	function pick(option) {
		chosen = { text: option.text, value: option.value };
		field.value = option.text;
		close();
		host.edited();
		if (host.dispatches) host.act(control.read(), field);
	}
	function show(options) {
		shown = options;
		rows = options.map((option) => {
			const choose = (event) => {
				event.preventDefault(); // keeps the focus in the field
				pick(option);
			};
			return h("li", { role: "option", id: freshId("suggestion"), "aria-selected": "false", on: { mousedown: choose } }, option.text);
		});
		list.replaceChildren(...rows.flatMap((row, at) => {
			const { group } = options[at];
			return group && !sameGroup(options[at], options[at - 1]) ? [h("li", { role: "presentation", class: "suggestion-group" }, group), row] : [row];
		}));
		list.hidden = options.length === 0;
		field.setAttribute("aria-expanded", String(options.length > 0));
		mark(options.length > 0 && field.value ? 0 : -1);
		list.scrollIntoView({ block: "nearest" });
		status.textContent = options.length === 0 ? "No results" : "";
	}
	async function search() {
		const text = field.value.trim();
		if (text.length < minimum) {
			close();
			if (text.length > 0 || document.activeElement === field) status.textContent = `Type ${minimum === 1 ? "a letter" : `${minimum} letters`} or more`;
			return;
		}
		asked += 1;
		const turn = asked;
		if (users) {
			show(peopleLike(text, host.scene));
			return;
		}
		status.textContent = "Searching…";
		const answer = await host.suggest(text);
		if (turn !== asked) return;
		if (answer.ok === false) {
			close();
			status.textContent = answer.message ?? "The options could not be loaded.";
		} else show(answer.options);
	}
	function settle() {
		if (field.value.trim() === "" && chosen) {
			chosen = null;
			host.edited();
		}
		field.value = chosen?.text ?? "";
		close();
	}

	field.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(search, users ? 0 : TYPING_PAUSE_MS);
	});
	field.addEventListener("focus", () => {
		// The list itself waits for a click, a letter or an arrow: a form that opens on this field would
		// otherwise be hidden behind it.
		if (chosen) field.select();
		else if (minimum > 0) search();
	});
	field.addEventListener("click", () => {
		if (list.hidden && !chosen) search();
	});
	field.addEventListener("blur", settle);
	field.addEventListener("keydown", (event) => {
		const open = !list.hidden;
		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			event.preventDefault();
			if (!open) search();
			else mark((active + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
		} else if (event.key === "Enter") {
			event.preventDefault(); // never submits the form out of a search
			if (open && active >= 0) pick(shown[active]);
		} else if (event.key === "Tab" && open && active >= 0) pick(shown[active]);
		else if (event.key === "Escape" && open) {
			event.preventDefault();
			event.stopPropagation();
			settle();
		}
	});

	const textOf = (userId) => host.scene.people.get(userId)?.real_name ?? userId;
	const control = {
		node,
		target: field,
		name: users ? "Select a person" : "Search",
		read: () => (chosen ? (users ? chosen.value : { ...chosen }) : null),
		write(raw) {
			const next = raw ? (users ? { value: raw, text: textOf(raw) } : plainOption(raw)) : null;
			if (next?.value === chosen?.value && next?.text === chosen?.text) return;
			chosen = next;
			field.value = next?.text ?? "";
		},
		initial: (from) => (users ? from.initial_user ?? null : from.initial_option ?? null),
		accepts: (next) => next.type === element.type && (next.min_query_length ?? 3) === (element.min_query_length ?? 3),
		update(next) {
			field.placeholder = words(next.placeholder) || (users ? "Search people" : "Search");
		},
	};
	control.update(element);
	return control;
}
