// What a person can make go wrong, to see how the app takes it.
import { api } from "./api.js";
import { h } from "./dom.js";

const OF_CALLS = [["drop", "Drop its answer"], ["reset", "Break its connection"], ["error", "Answer 500"], ["rate_limit", "Answer 429"], ["slow", "Slow: 4 s each"]];

export class Faults {
	constructor({ scene }) {
		this.scene = scene;
		const press = (text, body) => h("button", { type: "button", class: "button small", on: { click: () => this.order(body()) } }, text);
		this.method = h("select", { class: "field", id: "fault-method" });
		this.person = h("select", { class: "field", id: "fault-person", on: { change: () => this.paintPerson() } });
		this.cut = press("Cut the socket", () => ({ kind: "cut" }));
		this.token = press("", () => ({ kind: this.state.revoked ? "restore" : "revoke" }));
		this.able = press("", () => ({ kind: this.isGone() ? "reactivate" : "deactivate", person: this.person.value }));
		this.status = h("p", { role: "status" });
		this.node = h("details", { class: "faults" }, h("summary", {}, "Make something go wrong"),
			h("label", { for: "fault-method" }, "The next call of"), this.method,
			h("div", { class: "fault-row" }, OF_CALLS.map(([kind, text]) => press(text, () => ({ kind, method: this.method.value })))),
			h("div", { class: "fault-row" }, press("Send the last event again", () => ({ kind: "repeat" })), this.cut, this.token),
			h("label", { for: "fault-person" }, "Account"), h("div", { class: "fault-row" }, this.person, this.able),
			this.status, this.undo = press("Take it back", () => {
				this.method.focus(); // the button goes
				return { kind: "forgive" };
			}));
	}

	isGone() {
		return this.state.deactivated.includes(this.person.value);
	}

	refresh() {
		return this.order({});
	}

	async order(body) {
		const answer = await api.faults(this.scene.viewer.id, body);
		if (answer.ok === false) this.status.textContent = answer.message ?? answer.error;
		else this.paint(answer);
	}

	paint(state) {
		this.state = state;
		if (!this.method.options.length) {
			this.method.append(...state.methods.map((one) => h("option", {}, one)));
			this.person.append(...[...this.scene.people.values()].filter((one) => !one.is_bot).map((one) => h("option", { value: one.id }, one.real_name)));
		}
		const names = Object.fromEntries(OF_CALLS);
		const words = state.waiting.map((one) => `${one.method}: ${names[one.kind].toLowerCase()}`);
		if (state.revoked) words.push("The bot's token is revoked");
		this.status.textContent = words.length ? `${words.join(". ")}.` : "Nothing is wrong.";
		this.undo.hidden = !state.waiting.length;
		this.cut.disabled = !state.sockets;
		this.token.textContent = state.revoked ? "Give the token back" : "Revoke the token";
		this.paintPerson();
	}

	paintPerson() {
		this.able.textContent = this.isGone() ? "Reactivate" : "Deactivate";
	}
}
