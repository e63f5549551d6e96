// Buttons and overflow menus: they hold nothing, they only tell the app.
import { ask } from "./confirm.js";
import { h, hiddenText, icon, safeUrl } from "./dom.js";
import { menuButton } from "./menus.js";
import { textObject, words } from "./mrkdwn.js";

/** Resolves true where the element asks for no confirmation or the person confirms. */
export async function confirmed(confirm, scene) {
	if (!confirm) return true;
	return ask({
		title: words(confirm.title), text: textObject(confirm.text, scene),
		yes: words(confirm.confirm), no: words(confirm.deny), danger: confirm.style === "danger",
	});
}

const nothing = { read: () => null, write() {}, initial: () => null, accepts: () => false, update() {}, silent: true };

export function buttonControl(element, host) {
	const style = element.style === "primary" ? " primary" : element.style === "danger" ? " danger" : "";
	const label = element.accessibility_label ?? null;
	const href = element.url ? safeUrl(element.url) : null;
	const press = () => host.act(null, node);
	const node = href
		? h("a", {
			class: `button${style}`, href, target: "_blank", rel: "noopener noreferrer", "aria-label": label && `${label} (opens in a new tab)`,
			on: {
				async click(event) {
					if (element.confirm) event.preventDefault();
					const told = await press();
					if (element.confirm && told) window.open(href, "_blank", "noopener");
				},
			},
		}, words(element.text), hiddenText(" (opens in a new tab)"))
		: h("button", { type: "button", class: `button${style}`, "aria-label": label, on: { click: press } }, words(element.text));
	return { ...nothing, node, target: node };
}

export function overflowControl(element, host) {
	const button = h("button", { type: "button", class: "button icon-button", "aria-label": "More options" }, icon("more"));
	const run = (option) => async () => {
		const told = await host.act(option.value, button);
		const href = option.url ? safeUrl(option.url) : null;
		if (told && href) window.open(href, "_blank", "noopener");
	};
	const items = () => element.options.map((option) => ({ text: words(option.text), about: words(option.description), run: run(option) }));
	return { ...nothing, node: menuButton(button, items, { label: "More options" }), target: button };
}
