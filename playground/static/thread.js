// The replies to a message: behind their number, under the message, with a place to write another.
import { arrange, h } from "./dom.js";

export class Thread {
	/** `reply(text)` sends and resolves true when it was taken. */
	constructor({ reply }) {
		this.count = h("summary", {}, "Reply");
		this.list = h("div");
		this.field = h("input", { class: "field", "aria-label": "Reply in thread", placeholder: "Reply…", autocomplete: "off" });
		const form = h("form", { class: "thread-form", on: { submit: (event) => { event.preventDefault(); this.send(reply); } } },
			this.field, h("button", { type: "submit", class: "button" }, "Reply"));
		this.node = h("details", { class: "thread" }, this.count, this.list, form);
	}

	show(nodes) {
		this.count.textContent = nodes.length === 0 ? "Reply" : nodes.length === 1 ? "1 reply" : `${nodes.length} replies`;
		arrange(this.list, nodes);
	}

	open() {
		this.node.open = true;
		this.field.focus();
	}

	async send(reply) {
		const text = this.field.value.trim();
		if (!text) return;
		this.field.value = "";
		if (!(await reply(text)) && !this.field.value) this.field.value = text;
	}
}
