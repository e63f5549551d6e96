// The stack of modals that an app has open for one person; the top one is shown.
import { avatar } from "./avatars.js";
import { ask } from "./confirm.js";
import { arrange, h, icon } from "./dom.js";
import { words } from "./mrkdwn.js";
import { Surface } from "./surface.js";

const PATIENCE_MS = 300; // an answer that is quicker needs no word about waiting

export class Modals {
	/** `calls` is {submit(viewId, values), close(viewId, all)}; their answers bring the stack that follows. */
	constructor({ scene, send, calls, explain }) {
		Object.assign(this, { scene, send, calls, explain });
		this.open = new Map(); // view id -> {view, surface}
		this.stack = [];
		this.build();
	}

	build() {
		this.title = h("h2", { id: "modal-title", tabindex: "-1" });
		this.app = h("span", { class: "modal-app" });
		this.dismiss = h("button", { type: "button", class: "button icon-button", "aria-label": "Dismiss", on: { click: () => this.leave(true) } }, icon("close"));
		const explain = h("button", { type: "button", class: "button icon-button", "aria-label": "What made this?", title: "What made this?", on: { click: () => this.explain(this.top.view.id) } }, icon("traffic"));
		this.body = h("div", { class: "modal-body", tabindex: "0", role: "group", "aria-labelledby": "modal-title" });
		this.troubleNode = h("p", { class: "modal-trouble", role: "alert", hidden: true });
		// Outside of an open dialog nothing is read out.
		this.news = h("p", { class: "visually-hidden", id: "modal-news", role: "status" });
		this.closeButton = h("button", { type: "button", class: "button", on: { click: () => this.leave(false) } });
		this.submitButton = h("button", { type: "submit", class: "button primary" });
		const form = h("form", { class: "modal-form", novalidate: true, on: { submit: (event) => { event.preventDefault(); this.submit(); } } },
			h("header", { class: "modal-head" }, this.app, this.title, explain, this.dismiss),
			this.body, this.troubleNode, this.news,
			h("footer", { class: "modal-foot" }, this.closeButton, this.submitButton));
		this.dialog = h("dialog", { class: "modal", role: "dialog", "aria-modal": "true", "aria-labelledby": "modal-title" }, form);
		this.dialog.addEventListener("keydown", (event) => {
			if (event.key === "Escape" && !event.defaultPrevented) {
				event.preventDefault();
				this.leave(false);
			} else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
				event.preventDefault();
				this.submit();
			}
		});
		this.dialog.addEventListener("cancel", (event) => event.preventDefault());
		document.body.append(this.dialog);
	}

	get isOpen() {
		return this.stack.length > 0;
	}

	get top() {
		return this.open.get(this.stack.at(-1));
	}

	trouble(text) {
		this.troubleNode.textContent = text ?? "";
		this.troubleNode.hidden = !text;
	}

	/** Another person looks: nothing of the former one stays. */
	forget() {
		this.open.clear();
		this.show([]);
	}

	show(views) {
		const before = this.stack.at(-1);
		const below = this.open.get(before);
		// Where the person was in this view, for when the one above it is closed.
		if (below && this.body.contains(document.activeElement)) below.left = document.activeElement;
		const ids = views.map((view) => view.id);
		for (const id of [...this.open.keys()]) if (!ids.includes(id)) this.open.delete(id);
		this.stack = ids;
		for (const view of views) this.take(view);
		if (!this.isOpen) {
			this.trouble(null);
			if (this.dialog.open) this.dialog.close();
			this.body.replaceChildren();
			this.giveBack();
			return;
		}
		this.paint(before);
	}

	take(view) {
		let entry = this.open.get(view.id);
		if (!entry) {
			const surface = new Surface({ container: { view_id: view.id }, scene: this.scene, send: this.send, trouble: (text) => this.trouble(text) });
			entry = { surface, view: null };
			this.open.set(view.id, entry);
		}
		const changed = entry.view?.hash !== view.hash;
		entry.view = view;
		entry.surface.render(view.blocks, view.values ?? {});
		if (changed) entry.surface.setErrors();
	}

	paint(before) {
		const { view, surface } = this.top;
		const title = words(view.title);
		const another = before !== view.id || this.title.textContent !== title;
		this.title.textContent = title;
		this.app.replaceChildren(avatar({ id: this.scene.app.id, name: view.app_name ?? this.scene.app.name, isApp: true }));
		this.closeButton.textContent = words(view.close) || "Close";
		this.submitButton.textContent = words(view.submit);
		this.submitButton.hidden = !view.submit;
		arrange(this.body, [surface.node]);
		if (!this.dialog.open) {
			const opener = document.activeElement;
			this.openers = [opener, opener?.closest("article"), document.querySelector(".composer-field")];
			this.dialog.showModal();
		}
		if (!another) {
			if (!this.dialog.contains(document.activeElement)) this.title.focus();
			return;
		}
		this.trouble(null);
		this.body.scrollTop = 0;
		const { left } = this.top;
		this.top.left = null;
		if (left && before !== view.id && surface.node.contains(left)) left.focus();
		else if (!surface.focus()) this.title.focus();
	}

	/** The focus goes back to what opened the modals, or near to it where that is gone. */
	giveBack() {
		if (document.activeElement === document.body) this.openers?.find((one) => one?.isConnected && one !== document.body)?.focus();
		this.openers = null;
	}

	async submit() {
		if (!this.isOpen || this.submitButton.hidden || this.submitButton.getAttribute("aria-busy") === "true") return;
		const { view, surface } = this.top;
		this.trouble(null);
		surface.setErrors();
		this.submitButton.setAttribute("aria-busy", "true");
		const waiting = setTimeout(() => { this.news.textContent = "Sending…"; }, PATIENCE_MS);
		const answer = await surface.deliver((values) => this.calls.submit(view.id, values));
		clearTimeout(waiting);
		this.news.textContent = "";
		this.submitButton.removeAttribute("aria-busy");
		if (answer.ok !== false) surface.unsaved = false;
		else if (answer.errors) {
			const found = surface.setErrors(answer.errors);
			if (!found) this.trouble(Object.values(answer.errors).join(" "));
		} else this.trouble(answer.message ?? answer.error);
	}

	/** Close the top view, or all of them; asks first where something typed would be lost. */
	async leave(all) {
		if (!this.isOpen || this.leaving) return;
		const { view } = this.top;
		const closing = all ? [...this.open.values()] : [this.top];
		this.leaving = true;
		const sure = !closing.some(({ surface }) => surface.unsaved) || await ask({
			title: "Are you sure?", text: "You may lose the info you've entered.", yes: "Close without saving", no: "Keep editing", danger: true,
		});
		this.leaving = false;
		if (!sure) return;
		const answer = await this.calls.close(view.id, all);
		if (answer.ok === false) this.trouble(answer.message ?? answer.error);
	}
}
