// The way from who asks to somebody, drawn as a line of people.

import { personOf, send } from "./api.js";
import { asker, mayWrite } from "./asker.js";
import { button, element } from "./dom.js";
import { linkById, nameOf, personLink } from "./naming.js";
import { attempt } from "./problem.js";
import { phrase, say, typeset } from "./words.js";

const STRONG = 0.5; // tie strength from which people know each other well

export function reachSection({ reach, person }, question) {
  if (!reach && !asker()) return null;
  return element("section", { class: "reach" },
    element("h3", {}, say("reach")),
    reach ? [line(reach, person), element("p", {}, sentence(reach, person))] : element("p", {}, say("reach_none")),
    reach && reach.path.length > 2 && mayWrite() && introduction(reach.path, question));
}

// The first on the way is asked to introduce who asks to the second, who hears of it once they agree.
function introduction([, intermediary, target], question) {
  const place = element("p", {});
  Promise.all([personOf(intermediary), personOf(target)]).then(([via, who]) => {
    if (!via || !who) return;
    const body = { intermediary, target, message: question };
    const ask = async () => {
      const asked = await (await send("/v1/introductions", { method: "POST", body })).json();
      place.replaceChildren(element("span", { role: "status" }, typeset(asked.next_step)));
    };
    place.append(button({}, () => attempt(ask, place), say("introduceAsk", { via: nameOf(via), who: nameOf(who) })));
  });
  return place;
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
