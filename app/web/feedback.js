// Under somebody who knows: whether they were asked already, and whether it helped, so that the service learns.

import { alter, send } from "./api.js";
import { asker, mayWrite } from "./asker.js";
import { button, element } from "./dom.js";
import { linked, nameOf, personLink } from "./naming.js";
import { attempt } from "./problem.js";
import { outcomeButtons } from "./question.js";
import { day, phrase, say } from "./words.js";

// Only somebody can ask somebody: the key has to be a person's, or speak for one, and may record questions.
export function feedbackSection(person, question, questions) {
  if (!mayWrite() || asker().id === person.id) return null;
  const section = element("section", { class: "feedback", "aria-live": "polite" });
  const before = questions.filter(({ asked }) => asked.id === person.id);
  const same = before.filter(({ text }) => text === question);
  if (same[0] && !same[0].outcome) section.append(...outcomes(section, same[0]));
  else section.append(
    ...reminder(same[0] || before.find(({ outcome }) => !outcome), question),
    askButton(section, person, question, same.length > 0));
  return section;
}

function askButton(section, person, question, isAgain) {
  const id = `${person.id} ${Date.now()}`; // tried again after a failure it is the same question
  const record = async () => {
    const body = { asked: person.id, text: question, id };
    const answer = await send("/v1/questions", { method: "POST", body });
    turn(section, ...outcomes(section, await answer.json()));
  };
  return button({ class: "inline" }, () => attempt(record, section),
    say(isAgain ? "askedAgain" : "asked", { who: nameOf(person) }));
}

// What was asked before: the same and what became of it, or something else that waits for an answer.
function reminder(before, question) {
  if (!before) return [];
  const { asked, at, text, outcome, redirected_to: other } = before;
  const values = { who: nameOf(asked), day: day(at), other: other && personLink(other) };
  const said = text === question ? `before_${outcome}` : "before_else";
  return [element("p", {}, phrase(said, values), " ", inboxLink())];
}

function inboxLink() {
  return element("a", { href: "#/inbox" }, say("inboxLink"));
}

function outcomes(section, question) {
  const path = `/v1/questions/${question.id}`;
  const close = (outcome, other) => attempt(async () => {
    await alter(path, question, { to: "/outcome", method: "PUT", body: { outcome, redirected_to: other?.id } });
    turn(section, element("p", {}, phrase(`noted_${outcome}`, { other: other && personLink(other) })));
  }, section);
  const { asker: from, asked, next_step: next } = question;
  const said = [say("before_open", { day: day(question.at) }), " ", ...linked(next, [from, asked]), " ", inboxLink()];
  return [element("p", {}, said), outcomeButtons(question, "asker", close)];
}

// What was pressed is gone, so what follows it gets the focus.
function turn(section, ...nodes) {
  section.replaceChildren(...nodes);
  const next = section.querySelector("button") || section;
  if (next === section) section.tabIndex = -1;
  next.focus();
}
