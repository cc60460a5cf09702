// How much waits for who is asking, beside the link to it.

import { get, Problem } from "./api.js";
import { asker, mayFollow } from "./asker.js";
import { element } from "./dom.js";
import { say } from "./words.js";

export const WAITING = {
  "/v1/questions": { role: "asked", state: "open" },
  "/v1/introductions": { role: "intermediary", state: "requested" },
};
const MOST = 9; // that are counted: of more it is said that there are more
const counts = new Map();

// What was counted last is shown until it is counted anew.
export function waitingNote() {
  const note = element("span", { class: "waiting-note" });
  if (mayFollow()) tell(note, asker().id);
  return note;
}

export function recount() {
  document.querySelector(".waiting-note")?.replaceWith(waitingNote());
}

async function tell(note, person) {
  show(note, counts.get(person));
  const found = await count();
  if (found === null) return;
  counts.set(person, found);
  show(note, found);
}

function show(note, n) {
  if (n) note.replaceChildren(" ", element("b", {}, n), element("span", { class: "unseen" }, say("waiting")));
  else note.replaceChildren();
}

// null: it cannot be counted now, of which the view itself tells.
async function count() {
  try {
    const pages = await Promise.all(Object.entries(WAITING).map(([path, wanted]) =>
      get(path, { parameters: { ...wanted, limit: MOST } })));
    const n = pages.flatMap(({ items }) => items).length;
    return n > MOST || pages.some(({ next_cursor: next }) => next) ? `${MOST}+` : n;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
