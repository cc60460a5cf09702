// The bar on top of every view: where one can go, who is asking, and the language.

import { askerNote, opens } from "./asker.js";
import { button, element } from "./dom.js";
import { change, forgetKey, recall } from "./session.js";
import { waitingNote } from "./waiting.js";
import { otherLanguage, say, speak } from "./words.js";

export function header(current) {
  const wordmark = element("a", { class: "wordmark", href: "#/" }, "Quisait");
  return [wordmark, recall("key") && pages(current), askerNote(), tools()].filter(Boolean);
}

function pages(current) {
  const link = (name, href, note) => {
    const isHere = name === current || (name === "ask" && current === "");
    return element("a", { href, "aria-current": isHere && "page" }, say(name), note);
  };
  return element("nav", { "aria-label": say("navigation") },
    link("ask", "#/"), link("map", "#/map"), opens("questions:read") && link("inbox", "#/inbox", waitingNote()));
}

function tools() {
  const other = otherLanguage();
  return element("div", { class: "tools" },
    button({ class: "quiet", lang: other }, () => speak(other), say("otherLanguage")),
    recall("key") && button({ class: "quiet" }, leave, say("forgetKey")));
}

function leave() {
  forgetKey();
  change({});
}
