// One person of an answer: how sure it is, why, what shows it, and the way to them.

import { personOf } from "./api.js";
import { element } from "./dom.js";
import { evidenceList } from "./evidence.js";
import { feedbackSection } from "./feedback.js";
import { personLink } from "./naming.js";
import { reachSection } from "./reach.js";
import { arithmetic, reasons } from "./why.js";
import { day, join, month, phrase, say } from "./words.js";

export function expertArticle(expert, { question, most, isFirst, notice, asked }) {
  const { person, evidence } = expert;
  const link = personLink(person);
  const title = isFirst ? phrase(`lead_${sureness(expert)}`, { who: link }) : [link];
  return element("article", { class: isFirst ? "expert first" : "expert" },
    element("h2", {}, title),
    margin(expert),
    element("div", { class: "body" },
      element("p", { class: "why" }, reasons(expert, most)),
      evidenceList(evidence, question),
      isFirst && notice ? notice : reachSection(expert, question, asked.introductions),
      feedbackSection(person, question, asked.questions),
      arithmetic(expert)));
}

function margin(expert) {
  const { person, words, last_active_on_topic: last } = expert;
  const place = element("p", { class: "place" });
  personOf(person.id).then((found) => found && place.replaceChildren(...placeOf(found)));
  return element("div", { class: "margin" },
    element("p", { class: `confidence ${expert.confidence}` },
      say(`confidence_${sureness(expert)}`, { words: words.join(", ") })),
    place,
    element("p", { class: "handles" }, say("handles", { n: person.accounts.length, accounts: handles(person) })),
    element("p", {}, say("lastActive", { month: month(last) })));
}

function handles({ accounts }) {
  return join(accounts.map((account) => say("unnamed", account)));
}

function sureness({ match, confidence }) {
  return match === "near" ? "near" : confidence;
}

function placeOf({ department, site, away_until: back }) {
  const lines = [department, site].filter(Boolean).map((line) => element("span", {}, line));
  return back ? [...lines, element("span", { class: "away" }, say("away", { day: day(back) }))] : lines;
}
