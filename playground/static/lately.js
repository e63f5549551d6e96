// What the app told people since the clock was last moved: who, when and what, each a way there.
import { clockFace } from "./dates.js";
import { h } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

export class Lately {
	/** `address(user, channel)` leads to a conversation, as that person where they are told of alone. */
	constructor({ scene, address }) {
		Object.assign(this, { scene, address });
		this.count = h("summary", { class: "button small" });
		this.list = h("div", { class: "lately-list", tabindex: "0", role: "region", "aria-label": "What happened since the last move" });
		this.node = h("details", { class: "lately", hidden: true }, this.count, this.list);
		this.node.addEventListener("keydown", (event) => {
			if (event.key === "Escape" && this.node.open) {
				event.preventDefault();
				this.close();
				this.count.focus();
			}
		});
		document.addEventListener("click", (event) => {
			if (!this.node.contains(event.target) || event.target.closest(".lately-list a")) this.close();
		});
	}

	close() {
		this.node.open = false;
	}

	/** Show what happened; answers it in a few words, empty where nothing did. */
	show({ since, happened }) {
		const words = happened.length ? `${happened.length} ${happened.length === 1 ? "message" : "messages"} since` : "";
		this.node.hidden = !words;
		this.count.textContent = words;
		this.list.replaceChildren(h("p", {}, `Since ${clockFace(since, this.scene.viewer.tz)}`), h("ul", { role: "list" }, ...happened.map((one) => this.row(one))));
		return words;
	}

	row({ at, user, channel, name, text, changed }) {
		const person = this.scene.people.get(user);
		const said = h("span", {}, ...mrkdwn(text, this.scene)).textContent;
		return h("li", {}, h("a", { href: this.address(person && !person.deleted ? user : this.scene.viewer.id, channel) },
			h("span", {}, `${clockFace(at, this.scene.viewer.tz)} · ${changed ? "changed · " : ""}`), h("strong", {}, person?.real_name ?? `#${name}`), `: ${said}`));
	}
}
