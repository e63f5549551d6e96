// Which element is which control, and the raw value inside Slack's state entries.
//
// A control is {node, target, read, write, initial, accepts, update} and optionally {group, inputs,
// note, name, silent}: `node` goes into the page, `target` takes the focus, values are the raw ones
// of the workspace's API, `accepts(element)` says whether the control can go on as that element.
import { buttonControl, overflowControl } from "./control_button.js";
import { groupControl, selectControl } from "./control_choice.js";
import { searchControl } from "./control_search.js";
import { textControl } from "./control_text.js";
import { timeControl } from "./control_time.js";
import { h } from "./dom.js";

const CONTROLS = {
	button: buttonControl,
	overflow: overflowControl,
	plain_text_input: textControl,
	number_input: textControl,
	email_text_input: textControl,
	url_text_input: textControl,
	static_select: selectControl,
	multi_static_select: groupControl,
	checkboxes: groupControl,
	radio_buttons: groupControl,
	external_select: searchControl,
	users_select: searchControl,
	datepicker: timeControl,
	timepicker: timeControl,
	datetimepicker: timeControl,
};

function unknownControl(element) {
	const node = h("span", { class: "unknown" }, `[${element.type}]`);
	return { node, target: node, read: () => null, write() {}, initial: () => null, accepts: () => false, update() {}, silent: true };
}

export const makeControl = (element, host) => (CONTROLS[element.type] ?? unknownControl)(element, host);

/** The raw value in one entry of `state.values`; external selects keep the whole option. */
export function rawOf(entry) {
	if ("selected_options" in entry) return (entry.selected_options ?? []).map((option) => option.value);
	if ("selected_option" in entry) return entry.type === "external_select" ? entry.selected_option : entry.selected_option?.value ?? null;
	const key = ["selected_user", "selected_date", "selected_time", "selected_date_time", "value"].find((name) => name in entry);
	return key ? entry[key] : null;
}
