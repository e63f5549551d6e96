// The clock of the workspace, which can be put forward.
import { clockFace } from "./dates.js";
import { h, hiddenText, icon } from "./dom.js";

const HOUR = 3600;
const STEPS = [["+1 hour", { pass: HOUR }], ["+1 day", { pass: 24 * HOUR }], ["+1 week", { pass: 7 * 24 * HOUR }], ["To the next thing due", { to: "next" }]];

export class Clock {
	/** `move` puts the clock forward, stopping at what is due; `aside` stands beside the buttons. */
	constructor({ node, move, tz, onMinute, aside }) {
		Object.assign(this, { node, move, tz, onMinute });
		this.ahead = 0; // seconds before this machine's clock
		this.face = h("time", { class: "clock-face" });
		this.status = h("span", { class: "clock-status", role: "status" });
		this.buttons = STEPS.map(([text, body]) => h("button", { type: "button", class: "button small", on: { click: (event) => this.press(event.currentTarget, body) } }, text));
		node.replaceChildren(icon("clock"), this.face, h("div", { class: "clock-steps" }, ...this.buttons), aside, this.status);
		setInterval(() => this.paint(), 1000);
	}

	now() {
		return Date.now() / 1000 + this.ahead;
	}

	set(now) {
		this.ahead = now - Date.now() / 1000;
		this.paint();
	}

	paint() {
		const words = clockFace(this.now(), this.tz());
		if (this.face.textContent === words) return;
		this.face.textContent = words;
		this.onMinute();
	}

	/** Announce what happened on the way; its words stand on the screen already. */
	tell(words) {
		if (words && this.told !== words) this.status.replaceChildren(hiddenText(words));
		this.told = words;
	}

	async press(button, body) {
		if (button.getAttribute("aria-disabled") === "true") return;
		for (const one of this.buttons) one.setAttribute("aria-disabled", "true"); // not `disabled`, which loses the focus
		this.status.textContent = "";
		button.setAttribute("aria-busy", "true");
		const answer = await this.move(body);
		button.removeAttribute("aria-busy");
		for (const one of this.buttons) one.removeAttribute("aria-disabled");
		if (answer.ok === false) this.status.textContent = answer.message ?? answer.error;
		else {
			this.set(answer.now);
			if (!answer.moved) this.status.textContent = "Nothing is due.";
		}
	}
}
