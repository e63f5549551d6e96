// Light, dark, or as the machine has it. Not a module: it runs before anything is painted.
(() => {
	const key = "theme";
	const root = document.documentElement;
	const kept = () => {
		try {
			return localStorage.getItem(key) ?? "auto";
		} catch {
			return "auto"; // a browser that keeps nothing: each page begins anew
		}
	};
	function wear(theme) {
		root.dataset.theme = theme;
		for (const radio of document.querySelectorAll("#themes input")) radio.checked = radio.value === theme;
	}
	wear(kept());
	addEventListener("storage", () => wear(kept())); // another window chose
	document.addEventListener("DOMContentLoaded", () => {
		wear(root.dataset.theme);
		document.getElementById("themes").addEventListener("change", (event) => {
			wear(event.target.value);
			try {
				localStorage.setItem(key, event.target.value);
			} catch {
				// It holds for this page alone.
			}
		});
	});
})();
