// A question as its asker, who was asked, or who was named instead sees it: what became of it, and what they can say.

import { asker, mayWrite } from "./asker.js";
import { card, content, secondThought, withdrawButton } from "./card.js";
import { findSomebody } from "./chooser.js";
import { address, button, element } from "./dom.js";
import { linked, nameOf, personLink } from "./naming.js";
import { phrase, say } from "./words.js";

const OUTCOMES = ["helped", "redirected", "no_answer"];

export function questionCard(question) {
  return card(`/v1/questions/${question.id}`, question, { face, isWaiting });
}

export function isWaiting({ outcome }) {
  return outcome === null;
}

function face(question, change) {
  const role = roleIn(question);
  const { asker: from, asked: to, redirected_to: other, next_step: next } = question;
  return [
    element("h3", {}, phrase(`question_${role}`, { asker: personLink(from), asked: personLink(to) })),
    content(question, question.text),
    !question.text && question.post && element("p", {}, say("inPost")),
    element("p", {}, linked(next, [from, to, other]), elsewhere(question, role)),
    mayWrite() && role !== "redirected" && doing(question, role, change),
  ];
}

function roleIn(question) {
  return ["asker", "asked"].find((role) => question[role].id === asker().id) || "redirected";
}

function elsewhere({ outcome, text }, role) {
  if (role !== "asker" || outcome !== "no_answer" || !text) return [];
  return [" ", element("a", { href: address("#/ask", { q: text }) }, say("askElse"))];
}

function doing(question, role, change) {
  const tell = (outcome, other) =>
    change({ to: "/outcome", method: "PUT", body: { outcome, redirected_to: other?.id } });
  const said = [outcomeButtons(question, role, tell), role === "asker" && withdrawButton(change)];
  return isWaiting(question) ? said : secondThought(say(question.closed_by === role ? "correct" : "tellToo"), ...said);
}

// `tell` is given the outcome, and who was named instead.
export function outcomeButtons({ asked }, role, tell) {
  const title = role === "asker" ? say("redirectedTitle", { who: nameOf(asked) }) : say("redirectTitle");
  const actions = {
    helped: () => tell("helped"),
    redirected: () => findSomebody({ title, pick: (other) => tell("redirected", other) }),
    no_answer: () => tell("no_answer"),
  };
  return element("div", { class: "outcomes" },
    OUTCOMES.map((outcome, at) =>
      button({ class: at ? "inline plain" : "inline" }, actions[outcome], say(`${role}_tell_${outcome}`))));
}
