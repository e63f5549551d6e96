// A square with initials stands for a person or an app; its colour follows from the id.
import { h } from "./dom.js";

const HUES = 8;

export function paintAvatar(node, { id, name, isApp = false }) {
	const initials = name.split(/\s+/).map((word) => word[0] ?? "").join("").slice(0, 2).toUpperCase();
	const hue = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % HUES;
	node.textContent = initials;
	node.className = `avatar ${isApp ? "avatar-app" : `hue-${hue}`}`;
}

export function avatar(who) {
	const node = h("span", { "aria-hidden": "true" });
	paintAvatar(node, who);
	return node;
}
