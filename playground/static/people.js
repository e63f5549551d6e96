// Who you are: one person can be everybody.
import { avatar, paintAvatar } from "./avatars.js";
import { timeOf } from "./dates.js";
import { arrange, byId, h, hiddenText } from "./dom.js";

const zoneOf = (person) => person.tz.replaceAll("_", " ");

export class People {
  /** `choose(user)` makes them who looks; `address(user)` leads there, in another window as well. */
  constructor({ scene, choose, address }) {
    this.scene = scene;
    this.address = address;
    this.rows = new Map();
    this.unread = {};
    this.select = byId("you");
    this.select.addEventListener("change", () => choose(this.select.value));
  }

  standing(person) {
    return [person.title || (person.is_restricted ? "Guest" : ""), person.deleted && "deactivated"].filter(Boolean).join(", ");
  }

  /** List everybody with their title and local time, and show who is chosen. */
  paint() {
    const { viewer, people } = this.scene;
    const now = this.scene.now();
    const some = [...people.values()].filter((person) => !person.is_bot);
    const titled = (person) => [person.real_name, this.standing(person)].filter(Boolean).join(", ");
    // What else there is to say of who is chosen stands above the list, where it is not cut off.
    const texts = some.map((person) => [person.id, person.id === viewer.id ? person.real_name : `${titled(person)} (${timeOf(now, person.tz)} ${zoneOf(person)})`]);
    if (this.select.options.length !== texts.length) {
      this.select.replaceChildren(...some.map((person) => h("option", { value: person.id, disabled: person.deleted })));
    }
    texts.forEach(([id, text], index) => {
      const option = this.select.options[index];
      if (option.value !== id) option.value = id;
      if (option.textContent !== text) option.textContent = text;
    });
    this.select.value = viewer.id;
    this.list(some.filter((person) => !person.deleted));
    paintAvatar(byId("you-avatar"), { id: viewer.id, name: viewer.real_name });
    byId("you-about").textContent = [this.standing(viewer), `${timeOf(now, viewer.tz)} ${zoneOf(viewer)}`].filter(Boolean).join(" · ");
  }
  /** Everybody to become at one press. A row stays the same node, so that the focus stays on it. */
  list(some) {
    arrange(byId("people"), some.map((person) => {
      const row = this.rows.get(person.id) ?? h("li", {}, h("a", { class: "place" }));
      this.rows.set(person.id, row);
      const link = row.firstChild;
      link.href = this.address(person.id);
      const unread = this.unread[person.id] ?? 0;
      const is = person.id === this.scene.viewer.id;
      const json = JSON.stringify([person, unread, is]);
      if (row.json === json) return row;
      row.json = json;
      link.classList.toggle("has-unread", unread > 0);
      if (is) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      link.replaceChildren(avatar({ id: person.id, name: person.real_name }),
        h("span", { class: "place-name" }, person.real_name, " ", h("span", { class: "place-about" }, this.standing(person))),
        unread > 0 ? h("span", { class: "unread" }, String(unread), hiddenText(" unread")) : "");
      return row;
    }));
  }
}
