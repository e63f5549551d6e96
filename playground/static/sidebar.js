// The conversations of a person.
import { avatar } from "./avatars.js";
import { byId, h, hiddenText, icon } from "./dom.js";

export const addressOf = (user, channel, tab) => `#${new URLSearchParams({ user, channel, ...(tab === "home" ? { tab } : {}) })}`;

/** What a conversation is called: the app, a person, or a channel. */
export function nameOf(conversation, scene) {
	if (!conversation.is_im) return `#${conversation.name}`;
	if (conversation.user === scene.app.bot_user_id) return scene.app.name;
	return scene.people.get(conversation.user)?.real_name ?? conversation.name;
}

export class Sidebar {
	constructor({ scene }) {
		this.scene = scene;
		this.node = byId("conversations");
	}

	paint(conversations, current) {
		const apps = conversations.filter((one) => one.is_im && one.user === this.scene.app.bot_user_id);
		const channels = conversations.filter((one) => !one.is_im);
		const people = conversations.filter((one) => one.is_im && one.user !== this.scene.app.bot_user_id);
		const focused = this.node.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
		this.node.replaceChildren(...[["Apps", apps], ["Channels", channels], ["Direct messages", people]]
			.filter(([, some]) => some.length)
			.map(([title, some]) => h("section", {}, h("h2", {}, title), h("ul", {}, ...some.map((one) => this.row(one, current))))));
		if (focused) [...this.node.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
	}

	row(conversation, current) {
		const isApp = conversation.user === this.scene.app.bot_user_id && conversation.is_im;
		const name = nameOf(conversation, this.scene);
		const sign = conversation.is_im
			? avatar({ id: isApp ? this.scene.app.id : conversation.user, name, isApp })
			: icon("hash");
		const unread = Number(conversation.unread);
		const mark = unread > 0 && h("span", { class: "unread" }, String(unread), hiddenText(" unread"));
		return h("li", {}, h("a", {
			href: addressOf(this.scene.viewer.id, conversation.id), class: unread > 0 ? "place has-unread" : "place",
			"aria-current": conversation.id === current ? "page" : null,
		}, sign, h("span", { class: "place-name" }, name.replace(/^#/, "")), mark));
	}
}
