// Who you are: one person can be everybody.
import { paintAvatar } from "./avatars.js";
import { timeOf } from "./dates.js";
import { byId, h } from "./dom.js";

const zoneOf = (person) => person.tz.replaceAll("_", " ");

export class People {
  constructor({ scene, choose }) {
    this.scene = scene;
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
    paintAvatar(byId("you-avatar"), { id: viewer.id, name: viewer.real_name });
    byId("you-about").textContent = [this.standing(viewer), `${timeOf(now, viewer.tz)} ${zoneOf(viewer)}`].filter(Boolean).join(" · ");
  }
}
