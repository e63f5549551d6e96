// The drawer with what went over the wire: every exchange, or what made one message or modal.
import { api } from "./api.js";
import { timeOf } from "./dates.js";
import { arrange, byId, coalesced, h, hiddenText, icon } from "./dom.js";
import { Faults } from "./faults.js";

const SHOWN = 200;
const size = (bytes) => (bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`);
const long = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

export class Traffic {
	constructor({ scene }) {
		this.scene = scene;
		this.about = null;
		this.faults = new Faults({ scene });
		this.build();
	}

	build() {
		this.button = byId("traffic-button");
		this.button.addEventListener("click", () => (this.dialog.open ? this.close() : this.open()));
		this.title = h("h2", { id: "traffic-title", tabindex: "-1" });
		this.everything = h("button", { type: "button", class: "button small", on: { click: () => { this.title.focus(); this.show(null); } } }, "Show everything");
		this.refresh = coalesced(this.refresh.bind(this));
		this.list = h("ol", { class: "exchanges", "aria-labelledby": "traffic-title" });
		const dismiss = h("button", { type: "button", class: "button icon-button", "aria-label": "Close the traffic", on: { click: () => this.close() } }, icon("close"));
		this.dialog = h("dialog", { class: "traffic", id: "traffic", "aria-labelledby": "traffic-title" },
			h("header", { class: "traffic-head" }, this.title, this.everything, dismiss),
			h("div", { class: "traffic-body", tabindex: "0", role: "group", "aria-labelledby": "traffic-title" }, this.faults.node, this.list));
		this.dialog.addEventListener("keydown", (event) => {
			if (event.key !== "Escape" || event.defaultPrevented) return;
			event.preventDefault();
			this.close();
		});
		document.body.append(this.dialog);
	}

	/** Show what is about the ts of a message or the id of a view; all of it without one. */
	async open(about = null) {
		this.opener = document.activeElement;
		if (this.dialog.open) this.dialog.close();
		// Above a modal, or all of a small window, it must be one itself; else one goes on working beside it.
		if (document.querySelector("dialog.modal[open]") || matchMedia("(max-width: 760px)").matches) this.dialog.showModal();
		else this.dialog.show();
		this.button.setAttribute("aria-expanded", "true");
		this.title.focus();
		await this.show(about);
	}

	close() {
		this.dialog.close();
		this.button.setAttribute("aria-expanded", "false");
		(this.opener?.checkVisibility() ? this.opener : this.button).focus();
	}

	async show(about) {
		this.about = about;
		this.title.textContent = about ? "What made this" : "Traffic";
		this.everything.hidden = !about;
		this.list.replaceChildren();
		this.last = 0; // the newest exchange that is shown
		this.rows = new Map();
		this.faults.node.hidden = Boolean(about);
		await this.refresh();
	}

	/** Something went over the wire just now. */
	async refresh() {
		if (!this.dialog.open) return;
		const { about } = this;
		if (!about) this.faults.refresh();
		const answer = await api.traffic(this.scene.viewer.id, about ?? "", about ? 0 : this.last);
		if (about !== this.about || answer.ok === false) return;
		const rows = answer.exchanges.map((one) => this.rows.get(one.number) ?? this.row(one));
		// A story is read from its beginning; of what goes on, the newest comes first.
		arrange(this.list, about ? rows : [...rows.reverse(), ...this.list.children].slice(0, SHOWN));
	}

	row(one) {
		const end = one.ok ? null : h("span", { class: "end" }, one.error);
		const warned = one.warnings > 0 && h("span", { class: "warned" }, `${one.warnings} ${one.warnings === 1 ? "warning" : "warnings"}`);
		const way = one.by_app ? "From the app" : "To the app";
		const node = h("details", { class: one.ok ? "" : "failed" },
			h("summary", {},
				h("span", { class: "way", title: way, "aria-hidden": "true" }, one.by_app ? "←" : "→"), hiddenText(`${way}: `),
				h("span", { class: "name" }, one.kind === "web_api" ? one.name : `${one.kind} ${one.name}`), end, warned,
				h("span", { class: "measures" }, `${timeOf(one.at, this.scene.viewer.tz, true)} · ${long(one.ms)} · ${one.bytes.map(size).join(" / ")}`)));
		node.addEventListener("toggle", () => { if (node.open && node.children.length === 1) this.unfold(node, one); });
		const item = h("li", {}, node);
		this.rows.set(one.number, item);
		this.last = Math.max(this.last, one.number);
		return item;
	}

	async unfold(node, one) {
		const answer = await api.exchange(this.scene.viewer.id, one.number);
		if (node.children.length > 1) return;
		if (answer.ok === false && !answer.number) {
			node.append(h("p", { class: "remark" }, answer.message ?? answer.error));
			return;
		}
		node.append(
			...[...answer.remarks, ...answer.details].map((text) => h("p", { class: "remark" }, text)),
			...this.said(one.by_app ? "The app asked" : "The app was told", answer.asked),
			...this.said(one.by_app ? "It was answered" : "The app answered", answer.answered));
	}

	said(title, value) {
		const json = JSON.stringify(value, null, 2);
		const copy = h("button", { type: "button", class: "button small", "aria-label": `Copy: ${title}` }, "Copy");
		copy.addEventListener("click", async () => {
			await navigator.clipboard.writeText(json);
			copy.textContent = "Copied";
		});
		return [h("div", { class: "said" }, h("h3", {}, title), copy), h("pre", { tabindex: "0", "aria-label": title }, json)];
	}
}
