// A word that nobody wrote, and what may be meant by it: a link asks again.

import { address, element } from "./dom.js";
import { phrase, say } from "./words.js";

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g; // what pasted text holds inside of words

// The other words of these hints that can be meant in one way only are put right along.
export function hintLine({ word, suggestions }, question, hints) {
  const clear = hints.filter((hint) => hint.word !== word && hint.suggestions.length === 1);
  const rest = clear.reduce((text, hint) => corrected(text, hint.word, hint.suggestions[0]), question);
  const [first, second] = suggestions.map((other) =>
    element("a", { href: address("#/ask", { q: corrected(rest, word, other) }) }, other));
  const meant = phrase("meant", { n: suggestions.length, first, second });
  return element("p", { class: "lead" }, say("unheard", { word }), " ", meant);
}

function corrected(question, word, other) {
  const alone = new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "giu"); // it is all letters
  return question.normalize("NFC").replace(INVISIBLE, "").replace(alone, other);
}
