// How people are called, and linked to their profile.

import { personOf } from "./api.js";
import { element } from "./dom.js";
import { say, typeset } from "./words.js";

// Somebody known by their posts only is called by their account, if that may be seen.
export function nameOf({ name, accounts }) {
  return name || (accounts.length ? say("unnamed", accounts[0]) : say("somebody"));
}

export function personLink({ id, name, accounts }) {
  return element("a", { href: `#/people/${id}` }, nameOf({ name, accounts }));
}

// A sentence of the service's, in which the names of these people, or the ids of the nameless, are links.
export function linked(sentence, [person, ...others]) {
  if (!person) return [typeset(sentence)];
  const called = person.name || person.id;
  const at = sentence.indexOf(called);
  if (at < 0) return linked(sentence, others);
  const rest = sentence.slice(at + called.length);
  return [...linked(sentence.slice(0, at), others), personLink(person), ...linked(rest, others)];
}

// The same for somebody of whom only the id is known: the name follows.
export function linkById(id) {
  const link = element("a", { href: `#/people/${id}` }, "…");
  personOf(id).then((person) => person && link.replaceChildren(nameOf(person)));
  return link;
}
