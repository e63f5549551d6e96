// The clock of the workspace, which can be put forward.
import { clockFace } from "./dates.js";
import { h, icon } from "./dom.js";

const HOUR = 3600;
const STEPS = [["+1 hour", { advance: HOUR }], ["+1 day", { advance: 24 * HOUR }], ["+1 week", { advance: 7 * 24 * HOUR }], ["To the next thing due", { to: "next" }]];

export class Clock {
  constructor({ node, move, tz, onMinute }) {
    Object.assign(this, { node, move, tz, onMinute });
    this.ahead = 0; // seconds before this machine's clock
    this.face = h("time", { class: "clock-face" });
    this.status = h("span", { class: "clock-status", role: "status" });
    const buttons = STEPS.map(([text, body]) => h("button", { type: "button", class: "button small", on: { click: (event) => this.press(event.currentTarget, body) } }, text));
    node.replaceChildren(icon("clock"), this.face, h("div", { class: "clock-steps" }, ...buttons), this.status);
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

  async press(button, body) {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    const answer = await this.move(body);
    button.removeAttribute("aria-busy");
    if (answer.ok === false) this.status.textContent = answer.message ?? answer.error;
    else {
      this.set(answer.now);
      this.status.textContent = answer.moved ? "" : "Nothing is due.";
    }
  }
}
