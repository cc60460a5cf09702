// The way from who asks to somebody, drawn as a line of people.

import { asker, mayWrite } from "./asker.js";
import { element } from "./dom.js";
import { introducing } from "./introducing.js";
import { linkById, nameOf, personLink } from "./naming.js";
import { phrase, say } from "./words.js";

const STRONG = 0.5; // tie strength from which people know each other well

export function reachSection({ reach, person }, question, introductions) {
  if (!reach && !asker()) return null;
  return element("section", { class: "reach" },
    element("h3", {}, say("reach")),
    reach ? [line(reach, person), element("p", {}, sentence(reach, person))] : element("p", {}, say("reach_none")),
    reach && reach.path.length > 2 && mayWrite() && introducing(reach.path, question, introductions));
}

function line({ path }, person) {
  const last = path.length - 1;
  return element("ol", { class: "path" }, path.map((id, place) => {
    if (place === 0) return element("li", {}, say("you"));
    return element("li", {}, place === last ? personLink(person) : linkById(id));
  }));
}

function sentence({ kind, path, score }, person) {
  const said = phrase(`reach_${kind}`, { via: linkById(path[1]), who: nameOf(person) });
  const weakest = score * (path.length - 1);
  return kind === "direct" || weakest >= STRONG ? said : [...said, " ", say("reach_weak")];
}
