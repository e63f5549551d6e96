// A question that must be answered before something happens.
import { freshId, h } from "./dom.js";

/** Ask; resolves true when the person says yes. `text` is nodes or strings. */
export function ask({ title, text, yes, no, danger = false }) {
	const titleId = freshId("ask-title");
	const textId = freshId("ask-text");
	return new Promise((resolve) => {
		const close = (answer) => {
			dialog.close();
			dialog.remove();
			resolve(answer);
		};
		const refuse = h("button", { type: "button", class: "button", on: { click: () => close(false) } }, no);
		const agree = h("button", { type: "button", class: danger ? "button danger" : "button primary", on: { click: () => close(true) } }, yes);
		const dialog = h("dialog", {
			class: "ask", role: "alertdialog", "aria-modal": "true", "aria-labelledby": titleId, "aria-describedby": textId,
			on: {
				keydown: (event) => {
					if (event.key !== "Escape") return;
					event.preventDefault();
					event.stopPropagation();
					close(false);
				},
				cancel: (event) => {
					event.preventDefault();
					close(false);
				},
			},
		}, h("h2", { id: titleId }, title), h("div", { id: textId, class: "text" }, text), h("div", { class: "ask-buttons" }, refuse, agree));
		document.body.append(dialog);
		dialog.showModal();
		refuse.focus();
	});
}
