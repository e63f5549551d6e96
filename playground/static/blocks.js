// Block Kit blocks, each as {node, update?, setError?}. `part` makes and names the controls of one
// block (see surface.js). `update(block)` answers whether the block could be changed in place.
import { chart } from "./chart.js";
import { freshId, h, safeUrl } from "./dom.js";
import { textObject, words } from "./mrkdwn.js";
import { richText } from "./rich_text.js";

function picture(source, className) {
	const address = safeUrl(source.image_url ?? source.slack_file?.url, ["http:", "https:"]);
	return address
		? h("img", { src: address, alt: source.alt_text ?? "", class: className, loading: "lazy" })
		: h("span", { class: "unknown" }, source.alt_text ?? "picture");
}

function nameControl(control, { by, label }) {
	const attribute = by ? ["aria-labelledby", by] : ["aria-label", label];
	if (control.silent) return;
	if (control.group) control.node.setAttribute("role", control.group);
	(control.group ? control.node : control.target).setAttribute(...attribute);
}

function section(block, part) {
	const textId = freshId("section");
	const text = block.text && h("div", { class: "text", id: textId }, ...textObject(block.text, part.scene));
	const fields = block.fields && h("div", { class: "fields" }, ...block.fields.map((field) => h("div", { class: "text" }, ...textObject(field, part.scene))));
	let accessory = null;
	if (block.accessory?.type === "image") accessory = h("div", { class: "accessory" }, picture(block.accessory, "thumb"));
	else if (block.accessory) {
		const control = part.control(block.accessory, true);
		nameControl(control, text ? { by: textId } : { label: words(block.accessory.placeholder) || control.name });
		accessory = h("div", { class: control.group ? "accessory accessory-below" : "accessory" }, control.node);
	}
	return { node: h("div", { class: "block section" }, h("div", { class: "section-text" }, text, fields), accessory) };
}

function actions(block, part) {
	const nodes = block.elements.map((element) => {
		const control = part.control(element, true);
		nameControl(control, { label: words(element.placeholder) || control.name });
		return control.node;
	});
	return { node: h("div", { class: "block actions" }, ...nodes) };
}

function context(block, part) {
	const nodes = block.elements.map((element) =>
		element.type === "image" ? picture(element, "context-picture") : h("span", { class: "text" }, ...textObject(element, part.scene)));
	return { node: h("div", { class: "block context" }, ...nodes) };
}

function header(block, part) {
	return { node: h(`h${part.headingLevel}`, { class: "block header" }, ...textObject(block.text, part.scene)) };
}

function image(block, part) {
	const title = block.title && h("figcaption", {}, ...textObject(block.title, part.scene));
	return { node: h("figure", { class: "block image" }, title, picture(block, "picture")) };
}

function alert(block, part) {
	const level = block.level ?? "default";
	return { node: h("div", { class: `block alert alert-${level}`, role: "note" }, h("div", { class: "text" }, ...textObject(block.text, part.scene))) };
}

function input(first, part) {
	const control = part.control(first.element, first.dispatch_action === true);
	const hint = h("p", { class: "hint", id: freshId("hint") });
	const error = h("p", { class: "error", id: freshId("error"), role: "alert" });
	const label = h(control.group ? "legend" : "label", { class: "label", for: control.group ? null : control.target.id });
	// The fieldset is the group: a role of its own on the list inside would be announced twice.
	const node = control.group
		? h("fieldset", { class: "block input", role: control.group }, label, control.node, hint, error)
		: h("div", { class: "block input" }, label, control.node, hint, error);

	const targets = () => (control.inputs ? control.inputs() : [control.target]);
	const described = control.group ? node : control.target;
	function describe() {
		const ids = [hint.textContent && hint.id, error.textContent && error.id, control.note].filter(Boolean);
		if (ids.length) described.setAttribute("aria-describedby", ids.join(" "));
		else described.removeAttribute("aria-describedby");
	}
	function fill(block) {
		label.replaceChildren(words(block.label), block.optional ? h("span", { class: "optional" }, " (optional)") : "");
		hint.replaceChildren(words(block.hint));
		hint.hidden = !block.hint;
		if (control.group !== "group") for (const target of targets()) target.required = block.optional !== true;
		describe();
	}
	function setError(text) {
		error.textContent = text ?? "";
		error.hidden = !text;
		const invalid = control.group === "radiogroup" ? [node] : targets();
		for (const one of invalid) {
			if (text) one.setAttribute("aria-invalid", "true");
			else one.removeAttribute("aria-invalid");
		}
		describe();
	}
	setError(null);
	fill(first);
	return {
		node,
		setError,
		focus: () => control.target.focus(),
		update(block) {
			if (block.type !== "input" || block.element.action_id !== first.element.action_id || !control.accepts(block.element)) return false;
			part.adopt(block.element, block.dispatch_action === true);
			fill(block);
			return true;
		},
	};
}

const BLOCKS = {
	section, actions, context, header, image, alert, input,
	divider: () => ({ node: h("hr", { class: "block divider" }) }),
	data_visualization: (block) => ({ node: chart(block) }),
	rich_text: (block, part) => ({ node: h("div", { class: "block" }, richText(block, part.scene)) }),
};

export function makeBlock(block, part) {
	const make = BLOCKS[block.type];
	return make ? make(block, part) : { node: h("p", { class: "block unknown" }, `This workspace can't show a block of type "${block.type}".`) };
}
