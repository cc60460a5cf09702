// How people are called, and linked to their profile.

import { personOf } from "./api.js";
import { element } from "./dom.js";
import { say } from "./words.js";

// Somebody known by their posts only is called by their account.
export function nameOf({ name, accounts }) {
  return name || say("unnamed", accounts[0]);
}

export function personLink({ id, name, accounts }) {
  return element("a", { href: `#/people/${id}` }, nameOf({ name, accounts }));
}

// The same for somebody of whom only the id is known: the name follows.
export function linkById(id) {
  const link = element("a", { href: `#/people/${id}` }, "…");
  personOf(id).then((person) => person && link.replaceChildren(nameOf(person)));
  return link;
}
