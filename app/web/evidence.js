// The posts that speak for somebody, with the question's words marked in them.

import { element } from "./dom.js";
import { day, folded, say } from "./words.js";

const TELLING = 0.1; // part of a person's votes from which a post is shown at once
const SHORTEST = 5; // letters of a word that is worth marking, unless it is in capitals
const ENDING = 2; // letters that inflection may change
const ASKING = /^(comment|pourquoi|quelles?|connait|connaitre|savoir|about|knows|which|where)$/; // common in any post

export function evidenceList(evidence, question) {
  const shown = evidence.filter(({ part }, place) => place === 0 || part >= TELLING);
  const rest = evidence.slice(shown.length);
  return element("section", { class: "evidence" },
    element("h3", {}, say("evidence")),
    shown.map((post) => figure(post, question)),
    rest.length > 0 && element("details", {},
      element("summary", {}, say("evidenceMore", { n: rest.length })), rest.map((post) => figure(post, question))));
}

function figure(post, question) {
  const { relation, kind, accepted, thanks, date, community, url } = post;
  const facts = [
    say(relation === "endorser" ? "endorsed" : `kind_${kind}`),
    accepted && say("accepted"),
    thanks > 0 && say("thanked", { n: thanks }),
    element("time", { datetime: date }, day(date)),
    community?.name,
    isWebAddress(url) && element("a", { href: url, rel: "noreferrer" }, say("read")),
  ].filter(Boolean);
  return element("figure", {},
    element("blockquote", {}, marked(post.excerpt, question)),
    element("figcaption", {}, facts.map((fact) => element("span", {}, fact))));
}

function isWebAddress(url) {
  return /^https?:\/\//.test(url || "");
}

// Marks acronyms of the question, and words that begin as one of its words does, up to the ending.
function marked(text, question) {
  const asked = question.match(/[\p{L}\p{N}]+/gu) || [];
  const acronyms = asked.filter((word) => /^\p{Lu}[\p{Lu}\p{N}]+$/u.test(word));
  const stems = asked.map(folded).filter((word) => word.length >= SHORTEST && !ASKING.test(word)).map(stem);
  const isAsked = (word) => acronyms.includes(word) || stems.some((start) => folded(word).startsWith(start));
  return text.split(/([\p{L}\p{N}]+)/u).map((piece) => (isAsked(piece) ? element("mark", {}, piece) : piece));
}

function stem(word) {
  return word.slice(0, Math.max(SHORTEST, word.length - ENDING));
}
