// Slack's mrkdwn, from text to nodes: https://docs.slack.dev/messaging/formatting-message-text
import { formatDate } from "./dates.js";
import { h, link } from "./dom.js";
import { emoji } from "./emoji.js";

const unescaped = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

const STYLES = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}_]/u;

export function mention(userId, scene) {
	const person = scene.people.get(userId);
	const self = userId === scene.viewer.id ? " mention-self" : "";
	return h("span", { class: `mention${self}` }, `@${person?.real_name ?? userId}`);
}

export const broadcast = (range) => h("span", { class: "mention mention-broadcast" }, `@${range}`);

export function dateNode(epoch, format, url, fallback, scene) {
	let words;
	try {
		words = formatDate(format, Number(epoch), scene.now(), scene.viewer.tz);
	} catch (error) {
		if (!(error instanceof RangeError)) throw error; // a moment or zone that no calendar has
		words = fallback;
	}
	const time = h("time", {}, words);
	return url ? link(url, time) : time;
}

/** What stands between < and >: a link, a mention, a date, or nothing special. */
function special(inside, scene) {
	const bar = inside.indexOf("|");
	const target = bar < 0 ? inside : inside.slice(0, bar);
	const label = bar < 0 ? null : unescaped(inside.slice(bar + 1));
	if (target.startsWith("@")) return mention(target.slice(1), scene);
	if (target.startsWith("#")) return h("span", { class: "mention" }, `#${label || (scene.channels.get(target.slice(1)) ?? target.slice(1))}`);
	if (target.startsWith("!date^")) {
		const [, epoch, format, ...url] = target.split("^");
		return dateNode(epoch, unescaped(format ?? ""), url.join("^"), label ?? "", scene);
	}
	if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, label ?? target.slice(9));
	if (target.startsWith("!")) return broadcast(label ?? target.slice(1));
	return link(unescaped(target), label ?? unescaped(target).replace(/^mailto:/, ""));
}

function bareText(text, verbatim) {
	const nodes = [];
	let rest = 0;
	// Bare addresses and @here become live unless the text object is verbatim.
	const pattern = verbatim ? /:([a-z0-9_+-]+):/g : /:([a-z0-9_+-]+):|(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]}'])|(?<![\p{L}\p{N}])@(here|channel|everyone)\b/gu;
	for (const match of text.matchAll(pattern)) {
		const [whole, code, address, range] = match;
		const symbol = code ? emoji(code) : null;
		if (code && !symbol) continue;
		nodes.push(unescaped(text.slice(rest, match.index)));
		if (symbol) nodes.push(h("span", { role: "img", "aria-label": code.replaceAll("_", " "), class: "emoji" }, symbol));
		else if (address) nodes.push(link(unescaped(address), unescaped(address)));
		else nodes.push(broadcast(range));
		rest = match.index + whole.length;
	}
	nodes.push(unescaped(text.slice(rest)));
	return nodes.filter((node) => node !== "");
}

/** Where the run that opens at `start` closes, or -1: nothing may be styled across a line's end. */
function closing(text, start, mark) {
	const before = text[start - 1];
	if ((before && WORD.test(before)) || /\s/.test(text[start + 1] ?? " ")) return -1;
	for (let at = start + 1; at < text.length && text[at] !== "\n"; at += 1) {
		if (text[at] === "<") {
			const end = text.indexOf(">", at);
			if (end > 0) at = end;
		} else if (text[at] === mark && at > start + 1 && !/\s/.test(text[at - 1]) && !(text[at + 1] && WORD.test(text[at + 1]))) return at;
	}
	return -1;
}

function inline(text, scene, verbatim) {
	const nodes = [];
	let plain = "";
	const flush = () => {
		if (plain) nodes.push(...bareText(plain, verbatim));
		plain = "";
	};
	for (let at = 0; at < text.length; at += 1) {
		const mark = text[at];
		if (mark === "<") {
			const end = text.indexOf(">", at);
			if (end > at + 1) {
				flush();
				nodes.push(special(text.slice(at + 1, end), scene));
				at = end;
				continue;
			}
		} else if (mark === "`") {
			const end = text.indexOf("`", at + 1);
			if (end > at + 1 && !text.slice(at, end).includes("\n")) {
				flush();
				nodes.push(h("code", {}, codeText(text.slice(at + 1, end))));
				at = end;
				continue;
			}
		} else if (mark in STYLES) {
			const end = closing(text, at, mark);
			if (end > 0) {
				flush();
				nodes.push(h(STYLES[mark], {}, ...inline(text.slice(at + 1, end), scene, verbatim)));
				at = end;
				continue;
			}
		}
		plain += mark;
	}
	flush();
	return nodes;
}

/** In code a link is only its words. */
const codeText = (text) => unescaped(text.replace(/<(?:[^<>|]*\|)?([^<>]*)>/g, "$1"));

function lines(text, scene, verbatim) {
	const nodes = [];
	let quote = null;
	const all = text.split("\n");
	all.forEach((line, index) => {
		const quoted = /^(?:&gt;|>) ?/.exec(line);
		if (quoted) {
			if (quote) quote.append("\n");
			else nodes.push((quote = h("blockquote", {})));
			quote.append(...inline(line.slice(quoted[0].length), scene, verbatim));
			return;
		}
		// A block element ends its own line; only plain lines need the break.
		if (index > 0 && !quote) nodes.push("\n");
		quote = null;
		nodes.push(...inline(line, scene, verbatim));
	});
	return nodes;
}

/** Nodes for mrkdwn `text`, seen by `scene.viewer`. */
export function mrkdwn(text, scene, { verbatim = false } = {}) {
	const pieces = text.split(/```([\s\S]+?)```/);
	return pieces.flatMap((piece, index) => {
		if (index % 2) return [h("pre", {}, codeText(piece.replace(/^\n|\n$/g, "")))];
		const next = index < pieces.length - 1;
		const trimmed = (index > 0 ? piece.replace(/^\n/, "") : piece).replace(next ? /\n$/ : /$^/, "");
		return trimmed ? lines(trimmed, scene, verbatim) : [];
	});
}

/** plain_text is shown as it is, but for emoji shortcodes where the object asks for them. */
export function plain(text, withEmoji) {
	return withEmoji ? bareEmoji(text) : text;
}

const bareEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, code) => emoji(code) ?? whole);

/** Nodes for a text object. */
export function textObject(object, scene) {
	if (!object) return [];
	if (object.type === "mrkdwn") return mrkdwn(object.text, scene, { verbatim: object.verbatim === true });
	return [plain(object.text, object.emoji !== false)];
}

/** The words of a text object where only a string can stand (labels, options, titles). */
export const words = (object) => (object ? plain(object.text, object.emoji !== false) : "");
