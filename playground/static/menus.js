// A button that opens a menu: https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
import { freshId, h } from "./dom.js";

const EDGE = 8; // pixels that a menu keeps from the window's sides
let openMenu = null; // {node, close}: there is at most one

document.addEventListener("pointerdown", (event) => {
	if (openMenu && !openMenu.node.contains(event.target)) openMenu.close(false);
});

/**
 * Turn `button` into a menu button. `items()` gives [{text, run, danger?}] when it is opened; the
 * menu stands beside the button, so that it also works within a dialog.
 */
export function menuButton(button, items, { label }) {
	const menuId = freshId("menu");
	const menu = h("ul", { class: "menu", role: "menu", id: menuId, hidden: true });
	const node = h("span", { class: "menu-anchor" }, button, menu);
	button.setAttribute("aria-haspopup", "menu");
	button.setAttribute("aria-expanded", "false");

	const entries = () => [...menu.querySelectorAll("[role=menuitem]")];
	const focusAt = (index) => {
		const all = entries();
		all[(index + all.length) % all.length]?.focus();
	};
	function close(refocus) {
		if (menu.hidden) return;
		menu.hidden = true;
		menu.removeAttribute("aria-label"); // two things of one name are told apart only while both are there
		button.setAttribute("aria-expanded", "false");
		if (openMenu?.node === node) openMenu = null;
		if (refocus) button.focus();
	}
	function open() {
		openMenu?.close(false);
		openMenu = { node, close };
		const rows = items().map((item) => h("li", { role: "none" }, h("button", {
			type: "button", role: "menuitem", tabindex: "-1", class: item.danger ? "menu-item danger" : "menu-item",
			on: { click: () => { close(true); item.run(); } },
		}, item.text, item.about && h("span", { class: "menu-about" }, item.about))));
		menu.replaceChildren(...(rows.length ? rows : [h("li", { role: "none" }, h("button", { type: "button", role: "menuitem", class: "menu-item", "aria-disabled": "true", on: { click: () => close(true) } }, "Nothing here"))]));
		menu.hidden = false;
		menu.setAttribute("aria-label", label);
		button.setAttribute("aria-expanded", "true");
		menu.classList.remove("menu-up");
		menu.style.translate = "none";
		const box = menu.getBoundingClientRect();
		const frame = (button.closest(".modal-body, .scroller") ?? document.documentElement).getBoundingClientRect();
		menu.classList.toggle("menu-up", box.bottom > Math.min(frame.bottom, window.innerHeight) && box.height < button.getBoundingClientRect().top - frame.top);
		const aside = box.left < EDGE ? EDGE - box.left : Math.min(0, document.documentElement.clientWidth - EDGE - box.right);
		menu.style.translate = `${aside}px 0`;
		focusAt(0);
	}

	button.addEventListener("click", () => (menu.hidden ? open() : close(true)));
	node.addEventListener("keydown", (event) => {
		if (menu.hidden) {
			if (event.key === "ArrowDown") {
				event.preventDefault();
				open();
			}
			return;
		}
		const at = entries().indexOf(document.activeElement);
		const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
		if (event.key in steps) {
			event.preventDefault();
			focusAt(steps[event.key]);
		} else if (event.key === "Escape") {
			event.preventDefault();
			event.stopPropagation();
			close(true);
		} else if (event.key === "Tab") close(false);
	});
	node.addEventListener("focusout", (event) => {
		if (event.relatedTarget && !node.contains(event.relatedTarget)) close(false);
	});
	return node;
}
