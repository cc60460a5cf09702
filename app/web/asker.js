// Who is asking, where the key may speak for other people.

import { nothingFor, send } from "./api.js";
import { button, element } from "./dom.js";
import { change, keep, recall } from "./session.js";
import { folded, say } from "./words.js";

// Remembers the people that answers named, for the list to choose from.
export function meet(people) {
  const met = recall("met") || {};
  for (const { id, name } of people) if (name) met[id] = name;
  keep({ met });
}

// Whether the key may speak for others, which is found by trying it for one person, once.
export async function mayActAs(id) {
  if (recall("acting") === null) {
    const answer = await send(`/v1/people/${id}`, { onBehalfOf: id }).catch(nothingFor([403, 404]));
    keep({ acting: answer !== null });
  }
  return recall("acting");
}

export function become(person) {
  change({ asker: person && { id: person.id, name: person.name } });
}

export function askerButton() {
  if (!recall("acting")) return null;
  const asker = recall("asker");
  return button({ class: "quiet asker", "aria-haspopup": "dialog" }, choose,
    asker ? say("askerIs", { who: asker.name }) : say("askerChoose"));
}

export function askerNotice() {
  const open = button({ class: "inline", "aria-haspopup": "dialog" }, choose, say("askerChoose"));
  return element("section", { class: "reach" },
    element("h3", {}, say("reach")),
    element("p", {}, say("askerNotice"), " ", open));
}

function choose() {
  const dialog = element("dialog", { "aria-labelledby": "asker-title" });
  const pick = (person) => {
    dialog.close();
    become(person);
  };
  const people = Object.entries(recall("met") || {}).map(([id, name]) => ({ id, name }));
  people.sort((one, other) => one.name.localeCompare(other.name));
  const list = element("ul", { class: "choices" });
  const filter = element("input", { id: "asker-filter", type: "search", autocomplete: "off" });
  const narrow = () => list.replaceChildren(...choices(people, filter.value, pick));
  filter.addEventListener("input", narrow);
  narrow();
  dialog.append(
    element("h2", { id: "asker-title" }, say("askerTitle")),
    element("p", { class: "soft" }, say("askerLead")),
    element("label", { for: "asker-filter" }, say("askerFilter")), filter, list,
    element("div", { class: "actions" },
      recall("asker") && button({}, () => pick(null), say("askerNobody")),
      button({ class: "quiet" }, () => dialog.close(), say("close"))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function choices(people, text, pick) {
  const fitting = people.filter(({ name }) => folded(name).includes(folded(text)));
  if (!fitting.length) return [element("li", { class: "soft" }, say("askerUnmet"))];
  return fitting.map((person) => element("li", {}, button({ class: "choice" }, () => pick(person), person.name)));
}
