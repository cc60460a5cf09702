// Asks for somebody, found by the beginning of their name: who is asking, or whom else it is about.

import { get, Problem } from "./api.js";
import { openDialog } from "./dialog.js";
import { button, element } from "./dom.js";
import { become, recall } from "./session.js";
import { say, typeset } from "./words.js";

const CHOICES = 8;

export function choose() {
  findSomebody({ title: say("askerTitle"), lead: say("askerLead"), pick: become, nobody: recall("asker") });
}

// Gives whom was picked to `pick`; null where `nobody` is a choice, too.
export function findSomebody({ title, lead, pick, nobody }) {
  const take = (person) => {
    close();
    pick(person);
  };
  const close = openDialog(title,
    lead && element("p", { class: "soft" }, lead),
    search(take),
    element("div", { class: "actions" },
      nobody && button({}, () => take(null), say("askerNobody")),
      button({ class: "quiet" }, () => close(), say("close"))));
}

function search(pick) {
  const input = element("input", { id: "somebody-name", type: "search", autocomplete: "off", maxlength: 200 });
  const list = element("ul", { class: "choices", "aria-live": "polite" });
  let leaving = new AbortController();
  let found = Promise.resolve();
  const look = async () => {
    leaving.abort();
    leaving = new AbortController();
    const { signal } = leaving;
    const shown = await choices(input.value.trim(), signal, pick);
    if (!signal.aborted) list.replaceChildren(...shown);
  };
  input.addEventListener("input", () => { found = look(); });
  input.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    await found;
    list.querySelector(".choice")?.click();
  });
  return [element("label", { for: "somebody-name" }, say("askerName")), input, list];
}

async function choices(name, signal, pick) {
  if (!name) return [];
  try {
    const { items } = await get("/v1/people", { parameters: { q: name, limit: CHOICES }, signal });
    return items.length ? items.map((person) => choice(person, pick)) : [note(say("askerUnknown"))];
  } catch (error) {
    if (error instanceof Problem) return [note(typeset(error.title))];
    if (signal.aborted) return [];
    throw error;
  }
}

function choice(person, pick) {
  const place = [person.department, person.site].filter(Boolean).join(" · ");
  return element("li", {}, button({ class: "choice" }, () => pick(person),
    person.name, place && element("span", { class: "soft" }, ` ${place}`)));
}

function note(text) {
  return element("li", { class: "soft" }, text);
}
