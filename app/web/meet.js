// People whom one should meet, each with the reason.

import { get } from "./api.js";
import { element } from "./dom.js";
import { personLink } from "./naming.js";
import { say, typeset } from "./words.js";

const FEW = 3;

export async function meetSection(id, signal) {
  const { items } = await get(`/v1/people/${id}/recommendations`, { parameters: { limit: FEW }, signal });
  if (!items.length) return null;
  return element("section", { class: "meet" },
    element("h2", {}, say("meet")),
    element("p", { class: "soft" }, say("meetLead")),
    element("ul", {}, items.map(({ person, why }) => element("li", {}, personLink(person), element("p", {}, typeset(why))))));
}
