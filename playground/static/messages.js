// The list of messages in one conversation.
import { avatar } from "./avatars.js";
import { dayOf, dayTitle, timeOf } from "./dates.js";
import { arrange, freshId, h, icon } from "./dom.js";
import { menuButton } from "./menus.js";
import { mrkdwn } from "./mrkdwn.js";
import { Surface } from "./surface.js";
import { Thread } from "./thread.js";

const NEAR_THE_END = 80; // pixels: whoever reads further up is not pulled down

export class MessageList {
	/** `shortcuts` gives the message shortcuts, `run(shortcut, ts)` starts one; `reply(ts, text)` replies to a message, `explain(ts)` tells what made it. */
	constructor({ node, scene, send, trouble, shortcuts, run, reply, explain }) {
		Object.assign(this, { node, scene, send, trouble, shortcuts, run, reply, explain });
		this.following = true;
		node.addEventListener("scroll", () => {
			this.following = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_THE_END;
		});
		node.addEventListener("keydown", (event) => this.walk(event));
		// A banner or a taller composer makes the list shorter: its end stays in sight.
		new ResizeObserver(() => this.follow()).observe(node);
		this.forget();
	}

	/** The arrows go from message to message, as long as no control in one has the focus. */
	walk(event) {
		const all = [...this.node.querySelectorAll("article")];
		const at = all.indexOf(event.target);
		if ((at < 0 && event.target !== this.node) || all.length === 0) return;
		const to = { ArrowUp: at < 0 ? all.length - 1 : at - 1, ArrowDown: at < 0 ? all.length - 1 : at + 1, Home: 0, End: all.length - 1 }[event.key];
		if (to === undefined) return;
		event.preventDefault();
		all[Math.min(Math.max(to, 0), all.length - 1)].focus();
	}

	follow() {
		if (this.following) this.node.scrollTop = this.node.scrollHeight;
	}

	forget() {
		this.channel = null;
		this.entries = new Map(); // ts -> {json, node, surface}
		this.days = new Map(); // day -> node
		this.node.replaceChildren();
	}

	show(channel, messages, emptyText) {
		if (channel !== this.channel) this.forget();
		const following = this.channel === null || this.following;
		this.channel = channel;
		const focused = [...this.entries.values()].find((entry) => entry.node.contains(document.activeElement));
		const entries = new Map();
		const wanted = [];
		const replies = new Map(messages.map((message) => [message.ts, []]));
		let day = null;
		for (const message of messages) {
			const under = message.thread_ts !== message.ts && replies.get(message.thread_ts);
			if (under) {
				const entry = this.entry(message);
				entries.set(message.ts, entry);
				under.push(entry.node);
				continue;
			}
			const date = dayOf(Number(message.ts), this.scene.viewer.tz);
			if (date !== day) wanted.push(this.divider(date, Number(message.ts)));
			day = date;
			const entry = this.entry(message);
			entries.set(message.ts, entry);
			wanted.push(entry.node);
		}
		this.entries = entries;
		for (const [ts, nodes] of replies) {
			const entry = entries.get(ts);
			if (nodes.length) this.threadOf(entry, ts);
			entry.thread?.show(nodes);
		}
		arrange(this.node, wanted.length ? wanted : [h("p", { class: "empty" }, emptyText)]);
		if (focused && !this.node.contains(document.activeElement) && this.node.contains(focused.node)) focused.node.focus({ preventScroll: true });
		this.following = following;
		this.follow();
	}

	/** Have messages drawn anew when they are next shown, but for those in which something was typed. */
	age() {
		for (const [ts, entry] of this.entries) if (!entry.surface?.touched.size && !entry.thread?.node.open && !entry.node.contains(document.activeElement)) this.entries.delete(ts);
	}

	divider(date, epoch) {
		if (!this.days.has(date)) this.days.set(date, h("h2", { class: "day" }));
		const node = this.days.get(date);
		const title = dayTitle(epoch, this.scene.now(), this.scene.viewer.tz);
		if (node.textContent !== title) node.textContent = title;
		return node;
	}

	entry(message) {
		const json = JSON.stringify(message);
		let entry = this.entries.get(message.ts);
		if (entry?.json === json) return entry;
		if (!entry) entry = this.frame(message);
		this.fill(entry, message);
		entry.json = json;
		return entry;
	}

	author(message) {
		const id = message.user ?? message.bot_id ?? "";
		const person = this.scene.people.get(id);
		if (message.bot_id || person?.is_bot) {
			const name = message.username ?? this.scene.app.name;
			return { id: this.scene.app.id, name, isApp: true };
		}
		return { id, name: person?.real_name ?? id };
	}

	frame(message) {
		const author = this.author(message);
		const titleId = freshId("message");
		const time = h("time", { class: "when" }, timeOf(Number(message.ts), this.scene.viewer.tz));
		const head = h("div", { class: "message-head", id: titleId },
			h("span", { class: "author" }, author.name), author.isApp && h("span", { class: "badge" }, "App"), time);
		const body = h("div", { class: "message-body" });
		const note = message.ephemeral && h("p", { class: "only-you" }, icon("eye"), "Only visible to you");
		const node = h("article", { class: message.ephemeral ? "message ephemeral" : "message", "aria-labelledby": titleId, tabindex: "-1" },
			avatar(author), h("div", { class: "message-main" }, note, head, body), this.menu(message));
		return { node, body, surface: null, thread: null };
	}

	threadOf(entry, ts) {
		entry.thread ??= new Thread({ reply: (text) => this.reply(ts, text) });
		entry.body.after(entry.thread.node);
		return entry.thread;
	}

	menu(message) {
		const button = h("button", { type: "button", class: "button icon-button", "aria-label": "More actions" }, icon("more"));
		const items = () => [
			...(message.ephemeral ? [] : this.shortcuts()).map((shortcut) => ({
				text: shortcut.name, about: this.scene.app.name, run: () => this.run(shortcut, message.ts),
			})),
			...(message.ephemeral || message.thread_ts ? [] : [{ text: "Reply in thread", run: () => this.threadOf(this.entries.get(message.ts), message.ts).open() }]),
			{ text: "What made this?", about: "Workspace", run: () => this.explain(message.ts) },
		];
		return h("div", { class: "message-tools" }, menuButton(button, items, { label: "More actions" }));
	}

	fill(entry, message) {
		const edited = message.edited && h("span", { class: "edited" }, "(edited)");
		if (message.blocks?.length) {
			entry.surface ??= new Surface({
				container: { channel: this.channel, ts: message.ts }, scene: this.scene, send: this.send, trouble: this.trouble,
			});
			entry.surface.render(message.blocks);
			arrange(entry.body, edited ? [entry.surface.node, edited] : [entry.surface.node]);
		} else {
			entry.surface = null;
			entry.body.replaceChildren(h("div", { class: "text" }, ...mrkdwn(message.text ?? "", this.scene), edited ? " " : "", edited || ""));
		}
	}
}
