// What a person's client says to the workspace. Every call answers with the server's object; where
// the server cannot be reached it answers in the same shape, so that callers know one kind of trouble.

// What was there when it was drawn and is not when it is pressed: another window was quicker.
const GONE = ["element_not_found", "message_not_found", "view_not_found", "view_not_on_top", "option_not_found"];

async function call(path, options) {
	try {
		const response = await fetch(`/_workspace${path}`, options);
		const answer = await response.json();
		if (GONE.includes(answer.error)) answer.message = "That was changed meanwhile.";
		if (!response.ok && !answer.message) answer.message = `The workspace refused that (${answer.error ?? response.status}).`;
		if (!response.ok) answer.ok = false;
		return answer;
	} catch (error) {
		return { ok: false, error: "unreachable", message: "The workspace can't be reached. Is it still running?", cause: error };
	}
}

const get = (path, query = {}) => call(`${path}?${new URLSearchParams(query)}`, {});

const post = (path, body) =>
	call(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

export const api = {
	workspace: () => get(""),
	conversations: (user) => get("/conversations", { user }),
	messages: (user, channel) => get("/messages", { user, channel }),
	views: (user) => get("/views", { user }),
	home: (user) => post("/home", { user }),
	open: (user) => post("/open", { user }),
	say: (user, channel, text, thread) => post("/say", { user, channel, text, thread_ts: thread }),
	act: (user, body) => post("/act", { user, ...body }),
	submit: (user, viewId, values) => post("/submit", { user, view_id: viewId, values }),
	close: (user, viewId, all) => post("/close", { user, view_id: viewId, all }),
	suggest: (user, body) => post("/suggest", { user, ...body }),
	shortcut: (user, body) => post("/shortcut", { user, ...body }),
	lately: () => get("/clock"),
	clock: (body) => post("/clock", body),
	traffic: (user, about, after) => get("/traffic", { user, about, after }),
	exchange: (user, number) => get("/exchange", { user, number }),
	faults: (user, body) => post("/faults", { user, ...body }),
};

/** Listen to what the workspace tells this person. `onReturn` is called when a lost line is back. */
export function listen(user, onEvent, onReturn) {
	const source = new EventSource(`/_workspace/stream?${new URLSearchParams({ user, everybody: 1 })}`);
	let lost = false;
	source.addEventListener("message", (event) => onEvent(JSON.parse(event.data)));
	source.addEventListener("error", () => {
		lost = true;
	});
	source.addEventListener("open", () => {
		if (lost) onReturn();
		lost = false;
	});
	return () => source.close();
}
