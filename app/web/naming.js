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
export function linked(sentence, people) {
  const called = new Map(people.filter(Boolean).map((person) => [calledBy(person), person]));
  const longestFirst = [...called.keys()].sort((one, other) => other.length - one.length);
  const names = longestFirst.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  if (!names) return [typeset(sentence)];
  return sentence.split(new RegExp(`(?<![\\p{L}\\p{N}])(${names})(?![\\p{L}\\p{N}])`, "u")).map((part) =>
    called.has(part) ? personLink(called.get(part)) : typeset(part));
}

// As the service calls them in its sentences.
function calledBy(person) {
  return person.name || person.accounts.length ? nameOf(person) : person.id;
}

// A line that leads to the people whom a question calls by name, if it calls any: several may share one.
export function namedLine(people) {
  const links = people.flatMap((person, at) => [at > 0 && ", ", personLink(person), workplace(person)]);
  return people.length > 0 && element("p", { class: "lead" }, say("lookingFor"), " ", links);
}

function workplace({ id }) {
  const place = element("span", {});
  personOf(id).then((found) => {
    const told = [found?.department, found?.site].filter(Boolean).join(", ");
    if (told) place.append(` (${told})`);
  });
  return place;
}

// A link to somebody of whom only the id is known: the name follows.
export function linkById(id) {
  const link = element("a", { href: `#/people/${id}` }, "…");
  personOf(id).then((person) => person && link.replaceChildren(nameOf(person)));
  return link;
}
