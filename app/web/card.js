// A card of the inbox: what somebody asked somebody, drawn anew after each change to it.

import { alter, get } from "./api.js";
import { openDialog } from "./dialog.js";
import { button, element } from "./dom.js";
import { attempt } from "./problem.js";
import { recount } from "./waiting.js";
import { day, label, say } from "./words.js";

// `face` draws what is shown, and is given the function that changes it.
export function card(path, shown, { face, isWaiting }) {
  const place = element("article", { class: "request", "aria-labelledby": shown.id });
  const draw = (now) => {
    place.classList.toggle("waiting", isWaiting(now));
    place.replaceChildren(...face(now, (change) => attempt(changing(now, change), place)).flat().filter(Boolean));
    place.querySelector("h3").id = shown.id;
  };
  // Tried again it changes nothing twice: what failed may have been to read what became of it.
  const changing = (now, change) => {
    let isMade = false;
    return async () => {
      if (!isMade) await alter(path, now, change);
      isMade = true;
      if (change.method === "DELETE") withdrawn();
      else draw(await get(path));
      recount();
      focusOn(place);
    };
  };
  const withdrawn = () => {
    place.classList.remove("waiting");
    place.replaceChildren(element("h3", { id: shown.id }, say("withdrawn")));
  };
  draw(shown);
  return element("li", {}, place);
}

// What was pressed is gone.
function focusOn(place) {
  const heading = place.querySelector("h3");
  heading.tabIndex = -1;
  heading.focus();
}

// When it was asked, what it is about, and in which words.
export function content({ at, topics }, text) {
  const links = topics.map(({ id, pref_label: names }) => {
    const { text: name, lang } = label(names);
    return [" · ", element("a", { href: `#/topics/${id}`, lang }, name)];
  });
  return [
    element("p", { class: "soft" }, element("time", { datetime: at }, day(at)), links.flat()),
    text && element("blockquote", {}, text),
  ];
}

// Takes back what was asked, once that was confirmed.
export function withdrawButton(change) {
  const confirm = () => {
    const withdraw = () => {
      close();
      change({ method: "DELETE" });
    };
    const close = openDialog(say("withdrawTitle"),
      element("p", {}, say("withdrawLead")),
      element("div", { class: "actions" },
        button({}, withdraw, say("withdraw")),
        button({ class: "quiet" }, () => close(), say("close"))));
  };
  return button({ class: "quiet", "aria-haspopup": "dialog" }, confirm, say("withdraw"));
}

// What may still be said after it was said otherwise.
export function secondThought(title, ...nodes) {
  return element("details", {}, element("summary", {}, title), ...nodes);
}
