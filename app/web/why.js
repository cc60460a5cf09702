// Why somebody is named: the factors of a score in plain sentences, and as the sum that they are.

import { element } from "./dom.js";
import { nameOf } from "./naming.js";
import { join, number, say } from "./words.js";

const BEST = 0.95; // of the largest of anybody: nobody has more
const MUCH = 0.4;
const APART = 0.5; // of the largest profile in the answer: below, they write about other things
const DEEDS = ["answer", "article", "comment", "question"];

export function reasons({ person, match, words, evidence, factors }, most) {
  if (match === "near") return say("votes_near", { words: words.join(", ") });
  const { votes, conversations, profile } = factors;
  return [
    `${nameOf(person)} ${join(deeds(evidence))}.`,
    say(votes >= BEST ? "votes_best" : votes >= MUCH ? "votes_close" : "votes_far"),
    conversations >= BEST ? say("talks_best") : conversations >= MUCH && say("talks_many"),
    profile < APART * most && say("profile_other"),
  ].filter(Boolean).join(" ");
}

function deeds(evidence) {
  const own = evidence.filter(({ relation }) => relation === "author");
  const done = DEEDS.filter((kind) => own.some((post) => post.kind === kind));
  if (done.length > 1 && done.at(-1) === "question") done.pop(); // asking is no reason where there is another
  const found = done.map((kind) => (kind === "answer" && own.some(isAccepted) ? "did_accepted" : `did_${kind}`));
  if (own.some(({ thanks }) => thanks > 0)) found.push("did_thanked");
  if (own.length < evidence.length) found.push("did_endorser");
  return found.map((deed) => say(deed));
}

function isAccepted({ kind, accepted }) {
  return kind === "answer" && accepted;
}

// (1 − share) × votes + share × conversations, times the profile, over the best total.
export function arithmetic({ factors, score }) {
  const { votes, conversations, conversation_share: share, profile, total, best } = factors;
  const rows = [
    ["sumVotes", votes, {}],
    ["sumConversations", conversations, { share: number(share, 2) }],
    ["sumProfile", profile, {}],
    ["sumScore", score, { total: number(total, 2), best: number(best, 2) }],
  ];
  return element("details", { class: "sum" },
    element("summary", {}, say("sumTitle")),
    element("dl", {}, rows.map(sumRow)));
}

function sumRow([name, value, values]) {
  return element("div", {},
    element("dt", {}, say(name)),
    element("dd", {}, number(value, 2)),
    element("dd", { class: "soft" }, say(`${name}Hint`, values)));
}
