// Where a person writes messages and slash commands, with suggestions of commands and people.
import { freshId, h, icon } from "./dom.js";

const MOST_SUGGESTED = 8;
const PATIENCE_MS = 300; // an answer that is quicker needs no word about waiting

export class Composer {
	/** `say(text)` sends and resolves true when it was taken. */
	constructor({ node, scene, commands, say }) {
		Object.assign(this, { node, scene, commands, say });
		this.shown = [];
		this.active = -1;
		this.build();
	}

	build() {
		const id = freshId("composer");
		const listId = freshId("composer-list");
		this.label = h("label", { for: id, class: "visually-hidden" });
		this.field = h("textarea", { id, rows: 1, class: "composer-field", "aria-autocomplete": "list", "aria-controls": listId, autocomplete: "off", spellcheck: "true" });
		this.list = h("ul", { class: "suggestions suggestions-up", role: "listbox", id: listId, "aria-label": "Suggestions", hidden: true });
		this.button = h("button", { type: "submit", class: "button primary icon-button", "aria-label": "Send" }, icon("send"));
		this.status = h("p", { class: "thinking", role: "status" });
		const form = h("form", { class: "composer-form", on: { submit: (event) => { event.preventDefault(); this.send(); } } }, this.label, this.list, this.field, this.button);
		this.node.replaceChildren(form, this.status);
		this.field.addEventListener("input", () => { this.grow(); this.suggest(); });
		this.field.addEventListener("keydown", (event) => this.key(event));
		this.field.addEventListener("blur", () => this.close());
	}

	open(place, viewer) {
		const words = `Message ${place}`;
		if (this.label.textContent === words && this.viewer === viewer) return;
		this.viewer = viewer;
		this.label.textContent = words;
		this.field.placeholder = `${words} or type /`;
		this.field.value = "";
		this.grow();
		this.close();
	}

	grow() {
		this.field.style.height = "auto";
		const high = this.field.scrollHeight; // none while another tab is shown
		if (high) this.field.style.height = `${Math.min(high, 160)}px`;
		this.button.disabled = this.field.value.trim() === "";
	}

	/** The command or name that is being typed before the caret: {kind, from, typed}. */
	token() {
		const before = this.field.value.slice(0, this.field.selectionStart);
		if (/^\/\S*$/.test(before)) return { kind: "command", from: 0, typed: before.toLowerCase() };
		const name = /(?:^|\s)@([^\s@]*)$/.exec(before);
		return name ? { kind: "person", from: before.length - name[1].length - 1, typed: name[1].toLowerCase() } : null;
	}

	matches(token) {
		if (token.kind === "command") {
			return this.commands().filter((one) => one.command.startsWith(token.typed)).map((one) => ({
				text: one.command, insert: one.command, about: [one.usage_hint, one.description].filter(Boolean).join(" · "),
			}));
		}
		return [...this.scene.people.values()].filter((person) => !person.deleted && !person.is_bot)
			.filter((person) => [person.name, ...person.real_name.toLowerCase().split(/\s+/)].some((name) => name.startsWith(token.typed)))
			.map((person) => ({ text: person.real_name, insert: `@${person.name}`, about: [`@${person.name}`, person.title].filter(Boolean).join(" · "), first: person.first_name?.toLowerCase() }));
	}

	suggest() {
		const token = this.token();
		const found = token ? this.matches(token).slice(0, MOST_SUGGESTED) : [];
		// What is typed in full needs no suggestion: Enter sends at once.
		const typed = token?.kind === "person" ? `@${token.typed}` : token?.typed;
		const exact = found.length === 1 && (found[0].insert === typed || `@${found[0].first}` === typed);
		if (found.length === 0 || exact) {
			this.close();
			return;
		}
		this.shown = found;
		this.list.replaceChildren(...found.map((one, index) => h("li", {
			role: "option", id: freshId("suggestion"), "aria-selected": "false",
			on: { mousedown: (event) => { event.preventDefault(); this.pick(index); } },
		}, h("span", {}, one.text), h("span", { class: "suggestion-about" }, one.about))));
		this.list.hidden = false;
		// A command typed in full is sent by Enter though longer ones begin alike.
		this.mark(found.some((one) => one.insert === typed) ? -1 : 0);
	}

	mark(index) {
		this.active = index;
		[...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
		if (index < 0) this.field.removeAttribute("aria-activedescendant");
		else this.field.setAttribute("aria-activedescendant", this.list.children[index].id);
	}

	pick(index) {
		const token = this.token();
		const { insert } = this.shown[index];
		const caret = this.field.selectionStart;
		const rest = this.field.value.slice(caret);
		const before = `${this.field.value.slice(0, token.from)}${insert} `;
		this.field.value = before + rest.replace(/^ /, "");
		this.field.setSelectionRange(before.length, before.length);
		this.grow();
		this.close();
	}

	close() {
		this.list.hidden = true;
		this.shown = [];
		this.mark(-1);
		this.list.replaceChildren();
	}

	key(event) {
		if (event.isComposing) return;
		const open = this.shown.length > 0;
		if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
			event.preventDefault();
			const step = event.key === "ArrowDown" ? 1 : -1;
			this.mark((Math.max(this.active, step > 0 ? -1 : 0) + step + this.shown.length) % this.shown.length);
		} else if (open && this.active >= 0 && (event.key === "Enter" || event.key === "Tab") && !event.shiftKey) {
			event.preventDefault();
			this.pick(this.active);
		} else if (open && event.key === "Escape") {
			event.preventDefault();
			this.close();
		} else if (event.key === "Enter" && !event.shiftKey) {
			event.preventDefault();
			this.send();
		}
	}

	/** `@Dana`, `@dana whitfield` become the handle that the workspace knows; unclear names stay. */
	resolved(text) {
		const people = [...this.scene.people.values()].filter((person) => !person.deleted);
		const handle = (wanted) => {
			const low = wanted.toLowerCase();
			const named = people.filter((person) => person.name.toLowerCase() === low);
			const found = named.length ? named : people.filter((person) => person.first_name?.toLowerCase() === low);
			return found.length === 1 ? found[0].name : null;
		};
		const full = people.reduce((so, person) => {
			const escaped = person.real_name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
			return so.replace(new RegExp(`@${escaped}(?![\\p{L}\\p{N}])`, "giu"), () => `@${person.name}`);
		}, text);
		return full.replace(/(^|[\s(])@([\p{L}\p{N}._-]*[\p{L}\p{N}])/gu, (whole, lead, name) => `${lead}@${handle(name) ?? name}`);
	}

	async send() {
		const written = this.field.value;
		const text = this.resolved(written.trim());
		if (!text) return;
		this.field.value = "";
		this.grow();
		this.close();
		const place = this.label.textContent;
		const waiting = setTimeout(() => {
			this.status.textContent = text.startsWith("/") ? `${this.scene.app.name} is thinking…` : "Sending…";
		}, PATIENCE_MS);
		const taken = await this.say(text);
		clearTimeout(waiting);
		this.status.textContent = "";
		if (!taken && this.field.value === "" && this.label.textContent === place) {
			this.field.value = written;
			this.grow();
		}
	}
}
