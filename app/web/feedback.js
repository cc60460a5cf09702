// After somebody was asked: whether it helped, so that the service learns whom to name and who has much to answer.

import { send } from "./api.js";
import { asker } from "./asker.js";
import { findSomebody } from "./chooser.js";
import { button, element } from "./dom.js";
import { nameOf, personLink } from "./naming.js";
import { attempt } from "./problem.js";
import { recall } from "./session.js";
import { phrase, say } from "./words.js";

// Only somebody can ask somebody: the key has to be a person's, or speak for one, and may record questions.
export function feedbackSection(person, question) {
  const isAllowed = recall("me")?.scopes.includes("questions:write");
  if (!isAllowed || !asker() || asker().id === person.id) return null;
  const section = element("section", { class: "feedback", "aria-live": "polite" });
  const record = async () => {
    const body = { asked: person.id, text: question, id: name(person, question) };
    const answer = await send("/v1/questions", { method: "POST", body });
    turn(section, ...outcomes(section, (await answer.json()).id, person));
  };
  section.append(button({ class: "inline" }, () => attempt(record, section), say("asked", { who: nameOf(person) })));
  return section;
}

// The same question to the same person is one question a day, however often the button is pressed.
function name(person, question) {
  return `${new Date().toISOString().slice(0, 10)} ${person.id} ${question}`.slice(0, 500).replace(/\p{Cc}/gu, " ");
}

function outcomes(section, question, person) {
  const close = (outcome, other) => attempt(async () => {
    const body = { outcome, redirected_to: other?.id };
    await send(`/v1/questions/${question}/outcome`, { method: "PUT", body });
    turn(section, element("p", {}, phrase(`noted_${outcome}`, { other: other && personLink(other) })));
  }, section);
  const redirect = () => findSomebody({
    title: say("redirectedTitle", { who: nameOf(person) }), pick: (other) => close("redirected", other),
  });
  return [
    element("p", {}, say("helpedTitle", { who: nameOf(person) })),
    element("div", { class: "outcomes" },
      button({ class: "inline" }, () => close("helped"), say("helped")),
      button({ class: "inline" }, redirect, say("redirected")),
      button({ class: "inline" }, () => close("no_answer"), say("noAnswer"))),
  ];
}

// What was pressed is gone, so what follows it gets the focus.
function turn(section, ...nodes) {
  section.replaceChildren(...nodes);
  const next = section.querySelector("button") || section;
  if (next === section) section.tabIndex = -1;
  next.focus();
}
