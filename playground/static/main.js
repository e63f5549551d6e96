// The page: who is looking, where they are, and what the workspace tells them.
import { api, listen } from "./api.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { arrange, byId, coalesced, h, hiddenText, icon } from "./dom.js";
import { Lately } from "./lately.js";
import { menuButton } from "./menus.js";
import { MessageList } from "./messages.js";
import { Modals } from "./modal.js";
import { People } from "./people.js";
import { addressOf, nameOf, Sidebar } from "./sidebar.js";
import { Surface } from "./surface.js";
import { Traffic } from "./traffic.js";

/** What everything that is drawn needs to know; `viewer` changes when another person is chosen. */
const scene = { viewer: null, people: new Map(), channels: new Map(), app: null, now: () => clock.now() };
const place = { channel: null, tab: "messages" };
let info = null;
let conversations = [];
let stopListening = () => {};
let becoming = null; // done when all is known of the person who looks
let turn = 0; // counts addresses: only the last one is gone to
// What came by the stream is never older than what an answer to an earlier call brings.
let viewsHeard = 0;
let homesHeard = 0;

const me = () => scene.viewer.id;
const current = () => conversations.find((one) => one.id === place.channel);

function trouble(text) {
	const node = byId("trouble");
	if (modals.isOpen && text) {
		modals.trouble(text);
		return;
	}
	const dismiss = h("button", { type: "button", class: "button icon-button", "aria-label": "Dismiss", on: { click: () => trouble(null) } }, icon("close"));
	node.replaceChildren(...(text ? [h("span", {}, text), dismiss] : []));
	node.hidden = !text;
}

/** Do something as the person who looks; trouble is shown unless they have become another. */
async function doing(call) {
	const [user, heard] = [me(), viewsHeard];
	if (!modals.isOpen) trouble(null);
	const answer = await call(user);
	if (me() !== user) return answer;
	if (answer.views && viewsHeard === heard) modals.show(answer.views);
	return answer;
}

async function told(call) {
	const user = me();
	const answer = await doing(call);
	if (me() !== user) return true; // what became of it is the other's affair
	if (answer.ok === false) trouble(answer.message ?? answer.error);
	return answer.ok !== false;
}

const send = {
	act: (body) => doing((user) => api.act(user, body)),
	suggest: (body) => api.suggest(me(), body),
};
const calls = {
	submit: (viewId, values) => doing((user) => api.submit(user, viewId, values)),
	close: (viewId, all) => doing((user) => api.close(user, viewId, all)),
};

const lately = new Lately({ scene, address: (user, channel) => addressOf(user, channel, "messages") });
const clock = new Clock({ aside: lately.node, node: byId("clock"), move: (body) => api.clock(body), tz: () => scene.viewer?.tz ?? "UTC", onMinute: () => scene.viewer && people.paint() });
const traffic = new Traffic({ scene });
const modals = new Modals({ scene, send, calls, explain: (id) => traffic.open(id) });
const becomes = (user) => addressOf(user, place.channel ?? "", place.tab);
const people = new People({ scene, choose: (user) => { location.hash = becomes(user); }, address: becomes });
const sidebar = new Sidebar({ scene });
const messages = new MessageList({
	node: byId("log"), scene, send, trouble,
	shortcuts: () => info.shortcuts.filter((one) => one.type === "message"),
	explain: (ts) => traffic.open(ts),
	reply: (ts, text) => told((user) => api.say(user, place.channel, composer.resolved(text), ts)),
	run: (shortcut, ts) => told((user) => api.shortcut(user, { callback_id: shortcut.callback_id, channel: place.channel, ts })),
});
const composer = new Composer({
	node: byId("composer"), scene, commands: () => info.commands,
	say: (text) => told((user) => api.say(user, place.channel, text)),
});
let home = null;

const refreshMessages = coalesced(async () => {
	const [user, channel] = [me(), place.channel];
	if (!channel) return;
	const answer = await api.messages(user, channel);
	if (user !== me() || channel !== place.channel || place.tab !== "messages" || !current()) return;
	if (answer.ok === false) trouble(answer.message ?? answer.error);
	else {
		const name = nameOf(current(), scene);
		messages.show(channel, answer.messages, `This is the beginning of your conversation ${current().is_im ? "with" : "in"} ${name}.`);
	}
});

const refreshConversations = coalesced(async () => {
	const user = me();
	const answer = await api.conversations(user);
	if (user !== me()) return;
	if (answer.ok === false) {
		trouble(answer.message ?? answer.error);
		return;
	}
	const before = new Map(conversations.map((one) => [one.id, Number(one.unread)]));
	const more = answer.conversations.filter((one) => Number(one.unread) > (before.get(one.id) ?? Infinity));
	conversations = answer.conversations;
	if (more.length) (modals.isOpen ? modals.news : byId("news")).textContent = more.map((one) => `${nameOf(one, scene)}: ${one.unread} unread`).join(". ");
	for (const one of conversations) if (!one.is_im) scene.channels.set(one.id, one.name);
	people.unread = answer.unread;
	people.paint();
	sidebar.paint(conversations, place.channel);
	paintUnread();
});

const refreshLately = coalesced(async () => {
	const answer = await api.lately();
	if (answer.happened && scene.viewer) clock.tell(lately.show(answer));
});

/** On the Home tab the Messages tab says that something came. */
function paintUnread() {
	const unread = place.tab === "home" ? Number(current()?.unread ?? 0) : 0;
	byId("tab-messages").replaceChildren("Messages", ...(unread > 0 ? [h("span", { class: "unread" }, String(unread), hiddenText(" unread"))] : []));
}

function showHome(view) {
	home ??= new Surface({ container: { home: true }, scene, send, trouble, headingLevel: 2 });
	if (view) home.render(view.blocks, view.values ?? {});
	arrange(byId("panel-home"), [view ? home.node : h("p", { class: "empty" }, `${scene.app.name} shows nothing here yet.`)]);
}

async function openHome() {
	const [user, before] = [me(), homesHeard];
	const answer = await doing(() => api.home(user));
	if (user !== me()) return;
	if (answer.ok === false) trouble(answer.message ?? answer.error);
	if (homesHeard === before) showHome(answer.view ?? null);
}

function heard(event) {
	if (event.type === "views") {
		viewsHeard += 1;
		modals.show(event.views);
	} else if (event.type === "home") {
		homesHeard += 1;
		if (place.tab === "home") showHome(event.view);
	} else if (event.type === "clock") {
		clock.set(event.now);
		messages.age(); // "today" may have become "yesterday"
		if (place.tab === "messages") refreshMessages();
		refreshLately();
	} else if (event.type === "lately") {
		refreshLately();
		refreshConversations();
	} else if (event.type === "traffic") traffic.refresh();
	else if (event.type === "people") know();
	else if (event.type === "trouble") trouble(event.message);
	else if (event.channel === place.channel && place.tab === "messages") refreshMessages();
	else refreshConversations();
}

async function refreshAll() {
	const user = me();
	await refreshConversations();
	const before = viewsHeard;
	const answer = await api.views(user);
	if (user === me() && answer.views && viewsHeard === before) modals.show(answer.views);
}

function startListening() {
	stopListening();
	stopListening = listen(me(), heard, catchUp);
}

/** See all that happened while the line was down or nobody looked. */
async function catchUp() {
	await know();
	await refreshAll();
	await refreshMessages();
	refreshLately();
	traffic.refresh();
	if (place.tab === "home") openHome();
}

/** Who there is and what time it is. */
async function know() {
	const answer = await api.workspace();
	if (answer.ok === false) return answer;
	info = answer;
	scene.app = info.app;
	for (const person of info.users) scene.people.set(person.id, person);
	clock.set(info.clock.now);
	if (scene.viewer) {
		scene.viewer = scene.people.get(me());
		people.paint();
	}
	return answer;
}

async function become(user) {
	scene.viewer = scene.people.get(user);
	conversations = [];
	place.channel = null;
	home = null;
	modals.forget();
	messages.forget();
	trouble(null);
	byId("panel-home").replaceChildren();
	people.paint();
	clock.paint();
	startListening();
	await refreshAll();
}

function paintPlace() {
	const isApp = current().is_im && current().user === scene.app.bot_user_id;
	const atHome = isApp && place.tab === "home";
	const name = nameOf(current(), scene);
	byId("place").textContent = name;
	document.title = `${name} · ${info.team.name}`;
	byId("tabs").hidden = !isApp || !scene.app.has_home;
	for (const tab of ["home", "messages"]) {
		const selected = (tab === "home") === atHome;
		byId(`tab-${tab}`).setAttribute("aria-selected", String(selected));
		byId(`tab-${tab}`).tabIndex = selected ? 0 : -1;
		byId(`panel-${tab}`).hidden = !selected;
	}
	const panel = byId("panel-messages");
	if (isApp) panel.setAttribute("role", "tabpanel");
	else panel.removeAttribute("role");
	composer.open(name, me());
	people.paint();
	sidebar.paint(conversations, place.channel);
	paintUnread();
}

async function route() {
	const address = location.hash;
	const wanted = new URLSearchParams(address.slice(1));
	const able = [...scene.people.values()].filter((one) => !one.is_bot && !one.deleted).map((one) => one.id);
	const user = able.includes(wanted.get("user")) ? wanted.get("user") : scene.viewer?.id ?? able[0];
	turn += 1;
	const mine = turn;
	if (scene.viewer?.id !== user) becoming = become(user);
	await becoming;
	// Another address came meanwhile, or is there already and its event is on the way.
	if (turn !== mine || location.hash !== address || conversations.length === 0) return;
	const known = conversations.find((one) => one.id === wanted.get("channel"));
	place.channel = (known ?? conversations[0]).id;
	place.tab = wanted.get("tab") === "home" && scene.app.has_home && current().user === scene.app.bot_user_id ? "home" : "messages";
	history.replaceState(null, "", addressOf(user, place.channel, place.tab));
	paintPlace();
	if (place.tab === "home") await openHome();
	else {
		if (current().user === scene.app.bot_user_id) told((one) => api.open(one)); // the app hears that its messages are looked at
		await refreshMessages();
		await refreshConversations();
	}
}

/** On a narrow window the sidebar is a drawer over the conversation, which rests meanwhile. */
function showDrawer(open) {
	const button = byId("drawer-button");
	if (open === (button.getAttribute("aria-expanded") === "true")) return;
	const inside = byId("sidebar").contains(document.activeElement);
	document.body.classList.toggle("drawer-open", open);
	button.setAttribute("aria-expanded", String(open));
	byId("main").inert = open;
	if (open) byId("you").focus();
	else if (inside) button.focus();
}

function buildFrame() {
	byId("team").textContent = info.team.name;
	const drawer = byId("drawer-button");
	drawer.setAttribute("aria-label", "People and conversations");
	drawer.replaceChildren(icon("menu"));
	byId("traffic-button").replaceChildren(icon("traffic"), hiddenText("Traffic"));
	drawer.addEventListener("click", () => showDrawer(drawer.getAttribute("aria-expanded") !== "true"));
	byId("sidebar").addEventListener("keydown", (event) => {
		if (event.key === "Escape" && !event.defaultPrevented) showDrawer(false);
	});
	byId("sidebar").addEventListener("click", (event) => {
		if (event.target.closest("a")) showDrawer(false); // where it leads one may be already
	});
	document.addEventListener("click", (event) => {
		if (!event.target.closest(".sidebar, .topbar, dialog")) showDrawer(false);
	});
	matchMedia("(max-width: 760px)").addEventListener("change", () => showDrawer(false));

	byId("skip").addEventListener("click", () => byId(place.tab === "home" ? "panel-home" : "log").focus());

	const global = () => info.shortcuts.filter((one) => one.type === "global").map((one) => ({
		text: one.name, about: scene.app.name, run: () => told((user) => api.shortcut(user, { callback_id: one.callback_id })),
	}));
	const shortcuts = h("button", { type: "button", class: "button wide" }, icon("bolt"), "Shortcuts");
	byId("shortcuts").replaceChildren(menuButton(shortcuts, global, { label: "Shortcuts" }));

	const tabs = ["home", "messages"].map((tab) => byId(`tab-${tab}`));
	const go = (tab) => { location.hash = addressOf(me(), place.channel, tab); };
	tabs[0].addEventListener("click", () => (place.tab === "home" ? openHome() : go("home")));
	tabs[1].addEventListener("click", () => go("messages"));
	byId("tabs").addEventListener("keydown", (event) => {
		if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
		const next = tabs[document.activeElement === tabs[0] ? 1 : 0];
		next.focus();
		next.click();
	});
}

async function begin() {
	const answer = await know();
	if (answer.ok === false) {
		trouble(answer.message);
		return;
	}
	buildFrame();
	window.addEventListener("hashchange", () => {
		showDrawer(false);
		route();
	});
	// A browser grants a server six connections in all: a page that nobody sees leaves its own free.
	document.addEventListener("visibilitychange", () => {
		if (document.hidden) stopListening();
		else {
			startListening();
			catchUp();
		}
	});
	await route();
	refreshLately();
}

await begin();
