// A surface shows the blocks of one view or message and holds what a person changes in it.
//
// When new blocks come, a block that is the same stays as it is, and a field with the same block_id
// and action_id goes on as the same field: what is typed, the focus and the caret survive.
import { makeBlock } from "./blocks.js";
import { confirmed } from "./control_button.js";
import { makeControl, rawOf } from "./controls.js";
import { arrange, h } from "./dom.js";

const keyOf = (blockId, actionId) => JSON.stringify([blockId, actionId]);

/** One block's controls: made once, taken over by later versions of the block. */
class Part {
	constructor(surface, blockId, before) {
		this.surface = surface;
		this.blockId = blockId;
		this.scene = surface.scene;
		this.headingLevel = surface.headingLevel;
		this.before = before?.controls ?? new Map();
		this.controls = new Map(); // action_id -> {control, element, host}
	}

	control(element, dispatches) {
		const old = this.before.get(element.action_id);
		if (old?.control.accepts(element)) {
			this.controls.set(element.action_id, old);
			this.adopt(element, dispatches);
			return old.control;
		}
		const held = { element, control: null };
		held.host = {
			scene: this.scene,
			dispatches,
			edited: () => this.surface.edited(this.blockId, held.element.action_id),
			act: (value, node) => this.surface.act(this.blockId, held, value, node),
			suggest: (text) => this.surface.suggest(this.blockId, held.element.action_id, text),
		};
		held.control = makeControl(element, held.host);
		held.control.write(this.surface.startOf(this.blockId, held));
		if (element.focus_on_load) this.surface.focusFirst = held.control;
		this.controls.set(element.action_id, held);
		return held.control;
	}

	adopt(element, dispatches) {
		const held = this.controls.get(element.action_id);
		held.element = element;
		held.host.dispatches = dispatches;
		held.control.update(element);
	}
}

export class Surface {
	/** `send` is {act, suggest}, each taking the body of the call; `trouble(words)` shows what went wrong. */
	constructor({ container, scene, send, trouble, headingLevel = 3 }) {
		this.container = container;
		this.scene = scene;
		this.send = send;
		this.trouble = trouble;
		this.headingLevel = headingLevel;
		this.node = h("div", { class: "blocks" });
		this.parts = new Map(); // block_id -> {json, part, block}
		this.touched = new Map(); // key -> {blockId, actionId}
		this.unheard = new Map(); // key -> number of the edit the server has not heard of
		this.edits = 0;
		this.unsaved = false;
		this.focusFirst = null;
		this.held = {};
	}

	render(blocks, values = {}) {
		this.held = values;
		const focused = this.focusedKey();
		const parts = new Map();
		blocks.forEach((block, index) => {
			const blockId = block.block_id ?? `(${index})`;
			parts.set(blockId, this.keep(this.parts.get(blockId), block) ?? this.build(block, blockId));
		});
		this.parts = parts;
		arrange(this.node, [...parts.values()].map((entry) => entry.block.node));
		for (const [key, { blockId, actionId }] of this.touched) {
			if (this.find(blockId, actionId)) continue;
			this.touched.delete(key);
			this.unheard.delete(key);
		}
		if (!this.touched.size) this.unsaved = false; // what was typed into is gone from the view
		this.writeHeld();
		if (focused && !this.node.contains(document.activeElement)) this.find(...JSON.parse(focused))?.control.target.focus({ preventScroll: true });
	}

	keep(entry, block) {
		if (!entry) return null;
		const json = JSON.stringify(block);
		if (entry.json === json) return entry;
		return entry.block.update?.(block) ? { ...entry, json } : null;
	}

	build(block, blockId) {
		const part = new Part(this, blockId, this.parts.get(blockId)?.part);
		return { json: JSON.stringify(block), part, block: makeBlock(block, part) };
	}

	/** What a new control begins with: what the server holds, else the element's initial value. */
	startOf(blockId, { element, control }) {
		const entry = this.held[blockId]?.[element.action_id];
		return entry ? rawOf(entry) : control.initial(element);
	}

	writeHeld() {
		for (const [blockId, { part }] of this.parts) {
			for (const [actionId, { control }] of part.controls) {
				const entry = this.held[blockId]?.[actionId];
				if (entry && !this.unheard.has(keyOf(blockId, actionId))) control.write(rawOf(entry));
			}
		}
	}

	find(blockId, actionId) {
		return this.parts.get(blockId)?.part.controls.get(actionId);
	}

	focusedKey() {
		const active = document.activeElement;
		if (!active || !this.node.contains(active)) return null;
		for (const [blockId, { part }] of this.parts) {
			for (const [actionId, { control }] of part.controls) if (control.node.contains(active)) return keyOf(blockId, actionId);
		}
		return null;
	}

	edited(blockId, actionId) {
		const key = keyOf(blockId, actionId);
		this.edits += 1;
		this.unsaved = true;
		this.touched.set(key, { blockId, actionId });
		this.unheard.set(key, this.edits);
	}

	/** Raw values of all that the person has changed and that is still there. */
	values() {
		const values = {};
		for (const { blockId, actionId } of this.touched.values()) {
			const found = this.find(blockId, actionId);
			if (found) (values[blockId] ??= {})[actionId] = found.control.read();
		}
		return values;
	}

	/** Send with the changed values; edits made meanwhile stay the person's own. */
	async deliver(sending) {
		const told = new Map(this.unheard);
		const answer = await sending(this.values());
		if (answer.ok !== false) {
			for (const [key, edit] of told) if (this.unheard.get(key) === edit) this.unheard.delete(key);
		}
		return answer;
	}

	/** Tell the app what was done; answers whether the app took it. */
	async act(blockId, held, value, node) {
		const { element, control } = held;
		if (node.getAttribute("aria-busy") === "true") return false;
		if (!(await confirmed(element.confirm, this.scene))) {
			control.write(this.startOf(blockId, held));
			return false;
		}
		node.setAttribute("aria-busy", "true");
		const answer = await this.deliver((values) =>
			this.send.act({ container: this.container, block_id: blockId, action_id: element.action_id, value, values }));
		node.removeAttribute("aria-busy");
		if (answer.ok === false) this.trouble(answer.message ?? answer.error);
		return answer.ok !== false;
	}

	suggest(blockId, actionId, text) {
		return this.send.suggest({ container: this.container, block_id: blockId, action_id: actionId, text, values: this.values() });
	}

	/** Put errors under their fields (none given: take all away) and go to the first of them. */
	setErrors(errors = {}) {
		let first = null;
		for (const [blockId, { block }] of this.parts) {
			block.setError?.(errors[blockId] ?? null);
			if (errors[blockId] && block.focus) first ??= block;
		}
		first?.focus();
		return first !== null;
	}

	/** Go to where writing begins: the field that asks for it, else the first one. */
	focus() {
		const inputs = [...this.parts.values()].filter(({ block }) => block.focus);
		const asked = this.focusFirst;
		this.focusFirst = null;
		if (asked && this.node.contains(asked.target)) asked.target.focus();
		else if (inputs.length) inputs[0].block.focus();
		else return false;
		return true;
	}
}
