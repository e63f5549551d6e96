// Who you are: one person can be everybody.
import { avatar, paintAvatar } from "./avatars.js";
import { timeOf } from "./dates.js";
import { arrange, byId, h, hiddenText } from "./dom.js";

export class People {
	/** `choose(user)` makes them who looks; `address(user)` leads there, in another window as well. */
	constructor({ scene, choose, address }) {
		this.scene = scene;
		this.address = address;
		this.rows = new Map();
		this.unread = {};
		this.select = byId("you");
		this.select.addEventListener("change", () => choose(this.select.value));
	}

	standing(person) {
		return person.title || (person.is_restricted ? "Guest" : "");
	}

	/** Offer everybody, and show who is chosen, with their title and local time. */
	paint() {
		const { viewer, people } = this.scene;
		const some = [...people.values()].filter((person) => !person.is_bot);
		if (this.some !== JSON.stringify(some)) {
			this.some = JSON.stringify(some);
			this.select.replaceChildren(...some.map((person) => h("option", { value: person.id, disabled: person.deleted }, person.real_name)));
		}
		this.select.value = viewer.id;
		this.list(some.filter((person) => !person.deleted));
		paintAvatar(byId("you-avatar"), { id: viewer.id, name: viewer.real_name });
		byId("you-about").textContent = [this.standing(viewer), `${timeOf(this.scene.now(), viewer.tz)} ${viewer.tz.replaceAll("_", " ")}`].filter(Boolean).join(" · ");
	}

	/** Everybody to become at one press. A row stays the same node, so that the focus stays on it. */
	list(some) {
		arrange(byId("people"), some.map((person) => {
			const row = this.rows.get(person.id) ?? h("li", {}, h("a", { class: "place" }));
			this.rows.set(person.id, row);
			const link = row.firstChild;
			link.href = this.address(person.id);
			const unread = this.unread[person.id] ?? 0;
			const is = person.id === this.scene.viewer.id;
			const json = JSON.stringify([person, unread, is]);
			if (row.json === json) return row;
			row.json = json;
			link.classList.toggle("has-unread", unread > 0);
			if (is) link.setAttribute("aria-current", "true");
			else link.removeAttribute("aria-current");
			link.replaceChildren(avatar({ id: person.id, name: person.real_name }),
				h("span", { class: "place-name" }, person.real_name, " ", h("span", { class: "place-about" }, this.standing(person))),
				unread > 0 ? h("span", { class: "unread" }, String(unread), hiddenText(" unread")) : "");
			return row;
		}));
	}
}
