// rich_text blocks: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
import { h, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, dateNode, mention } from "./mrkdwn.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

function styled(node, style = {}) {
	return Object.entries(STYLES).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

function leaf(element, scene) {
	switch (element.type) {
		case "text": return styled(element.text, element.style);
		case "link": return styled(link(element.url, element.text ?? element.url), element.style);
		case "user": return styled(mention(element.user_id, scene), element.style);
		case "channel": return h("span", { class: "mention" }, `#${scene.channels.get(element.channel_id) ?? element.channel_id}`);
		case "broadcast": return broadcast(element.range);
		case "emoji": return h("span", { class: "emoji" }, emoji(element.name) ?? `:${element.name}:`);
		case "date": return styled(dateNode(element.timestamp, element.format, element.url, element.fallback ?? "", scene), element.style);
		default: return h("span", { class: "unknown" }, `[${element.type}]`);
	}
}

const leaves = (elements, scene) => elements.map((element) => leaf(element, scene));

function part(element, scene) {
	switch (element.type) {
		case "rich_text_section": return h("div", { class: "text" }, ...leaves(element.elements, scene));
		case "rich_text_quote": return h("blockquote", {}, ...leaves(element.elements, scene));
		case "rich_text_preformatted": return h("pre", {}, ...leaves(element.elements, scene));
		case "rich_text_list": {
			const tag = element.style === "ordered" ? "ol" : "ul";
			const start = tag === "ol" && element.offset ? element.offset + 1 : null;
			const items = element.elements.map((item) => h("li", {}, ...leaves(item.elements, scene)));
			const list = h(tag, { start }, ...items);
			list.style.marginLeft = `${22 * (element.indent ?? 0)}px`;
			return list;
		}
		default: return h("div", { class: "unknown" }, `[${element.type}]`);
	}
}

export const richText = (block, scene) => h("div", { class: "rich-text" }, ...block.elements.map((element) => part(element, scene)));
