// A word that nobody wrote, and what may be meant by it: a link asks again.

import { address, element } from "./dom.js";
import { phrase, say } from "./words.js";

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g; // what pasted text holds inside of words

export function hintLine({ word, suggestions }, question) {
  const [first, second] = suggestions.map((other) =>
    element("a", { href: address("#/ask", { q: corrected(question, word, other) }) }, other));
  const meant = phrase("meant", { n: suggestions.length, first, second });
  return element("p", { class: "lead" }, say("unheard", { word }), " ", meant);
}

function corrected(question, word, other) {
  const alone = new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "giu"); // it is all letters
  return question.normalize("NFC").replace(INVISIBLE, "").replace(alone, other);
}
