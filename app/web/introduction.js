// An introduction as who asked for it, the intermediary, or the target sees it: where it stands, and what they can say.

import { asker, mayWrite } from "./asker.js";
import { card, content, secondThought, withdrawButton } from "./card.js";
import { button, element } from "./dom.js";
import { linked, nameOf, personLink } from "./naming.js";
import { phrase, say } from "./words.js";

export const LONGEST = 2000; // characters of a message

export function introductionCard(introduction) {
  return card(`/v1/introductions/${introduction.id}`, introduction, { face, isWaiting });
}

export function isWaiting({ state }) {
  return state === "requested";
}

function face(introduction, change) {
  const role = ["asker", "intermediary"].find((one) => introduction[one].id === asker().id) || "target";
  const { intermediary, message, answer_message: answer } = introduction;
  return [
    element("h3", {}, phrase(`introduction_${role}`, links(introduction))),
    content(introduction, message),
    answer && [element("p", { class: "soft" }, nameOf(intermediary)), element("blockquote", {}, answer)],
    standing(introduction),
    mayWrite() && doing(introduction, role, change),
  ].flat();
}

function links({ asker: from, intermediary, target }) {
  return { asker: personLink(from), intermediary: personLink(intermediary), target: personLink(target) };
}

// Where it stands and what to do now, in the service's words, which tell no asker of a refusal.
export function standing({ asker: from, intermediary, target, next_step: next }) {
  return element("p", {}, linked(next, [from, intermediary, target]));
}

function doing(introduction, role, change) {
  const { state, expires_at: end } = introduction;
  if (role === "asker") return withdrawButton(change);
  if (role === "target") return null;
  if (state === "requested") return answering(introduction, change);
  const mayStillAccept = state === "declined" && new Date(end) > new Date();
  return mayStillAccept && secondThought(say("changeMind"), answering(introduction, change));
}

function answering({ state }, change) {
  const word = element("textarea", { rows: 2, maxlength: LONGEST });
  const answer = (body) => change({ to: "/answer", method: "PUT", body });
  const accept = () => answer({ answer: "accepted", message: word.value.trim() || null });
  return element("div", { class: "answering" },
    element("label", {}, say("acceptWord"), word),
    element("div", { class: "outcomes" },
      button({ class: "inline" }, accept, say("accept")),
      state === "requested" && button({ class: "inline plain" }, () => answer({ answer: "declined" }), say("decline"))));
}
