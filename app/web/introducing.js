// Asking the first on a way to introduce who asks to the second, who hears of it once they agree; and where that stands.

import { get, personOf, send } from "./api.js";
import { button, element } from "./dom.js";
import { LONGEST, standing } from "./introduction.js";
import { nameOf } from "./naming.js";
import { attempt } from "./problem.js";
import { folded, label, say } from "./words.js";

const TOPICS = 30; // of the target's, to choose from
const SHORT = 2; // characters of a name that stands in many questions by chance

export function introducing([, intermediary, target], question, introductions) {
  const place = element("div", { class: "introducing" });
  const before = introductions.find((one) => one.intermediary.id === intermediary && one.target.id === target);
  if (before) place.append(...whereItStands(before));
  if (!before || before.state === "expired") offer(place, { intermediary, target, question });
  return place;
}

function whereItStands(introduction) {
  return [standing(introduction), element("p", {}, element("a", { href: "#/inbox" }, say("inboxLink")))];
}

// Once both have names.
async function offer(place, { intermediary, target, question }) {
  const [via, who] = await Promise.all([personOf(intermediary), personOf(target)]);
  if (!via || !who) return;
  const open = async () => {
    const { items } = await get(`/v1/people/${target}/expertise`, { parameters: { limit: TOPICS } });
    const close = () => {
      letter.replaceWith(ask);
      ask.focus();
    };
    const letter = form({ via, who, question, known: items.map(named), close });
    ask.replaceWith(letter);
    letter.querySelector("textarea").focus();
  };
  const said = say("introduceAsk", { via: nameOf(via), who: nameOf(who) });
  const ask = button({ class: "inline" }, () => attempt(open, place), said);
  place.append(ask);
}

function named({ topic, pref_label: names }) {
  return { id: topic, ...label(names) };
}

function form({ via, who, question, known, close }) {
  const message = element("textarea", { rows: 4, maxlength: LONGEST, required: true }, question);
  const topic = topicChoice(known, question);
  const made = element("form", { class: "letter" },
    element("label", {}, say("introduceMessage", { via: nameOf(via) }), message),
    element("p", { class: "soft" }, say("introduceHint", { via: nameOf(via), who: nameOf(who) })),
    known.length > 0 && element("label", {}, say("introduceTopic"), topic),
    element("div", { class: "outcomes" },
      element("button", { class: "inline" }, say("introduceSend")),
      button({ class: "inline plain" }, close, say("close"))));
  const ask = async () => {
    const topics = [topic.value].filter(Boolean);
    const body = { intermediary: via.id, target: who.id, message: message.value.trim(), topics };
    const asked = await (await send("/v1/introductions", { method: "POST", body })).json();
    const told = element("div", { role: "status", tabindex: -1 }, whereItStands(asked));
    made.parentElement.replaceChildren(told);
    told.focus();
  };
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(ask, made);
  });
  return made;
}

// The topic that the question names is chosen at first: the longest, if there are several.
function topicChoice(topics, question) {
  const [likely] = topics.filter(({ text }) => text.length > SHORT && words(question).includes(words(text)))
    .sort((one, other) => other.text.length - one.text.length);
  return element("select", {}, element("option", { value: "" }, say("introduceNoTopic")),
    topics.map(({ id, text, lang }) => element("option", { value: id, lang, selected: id === likely?.id }, text)));
}

function words(text) {
  return ` ${folded(text).replace(/[^\p{L}\p{N}+#.]+|\.(?=\s|$)/gu, " ").trim()} `;
}
