// The question and its answer: who knows, or why nobody does.

import { get } from "./api.js";
import { asker, askerNotice, mayActAs } from "./asker.js";
import { address, button, element } from "./dom.js";
import { askedOf } from "./earlier.js";
import { exampleList } from "./examples.js";
import { expertArticle } from "./expert.js";
import { hintLine } from "./hint.js";
import { linked, namedLine } from "./naming.js";
import { attempt } from "./problem.js";
import { label, number, phrase, say, typeset } from "./words.js";

const PAGE = 5; // people at first, and each time more are wanted
const LONGEST = 2000; // characters of a question

export function askView({ parameters }) {
  const question = (parameters.q || "").trim();
  const heading = element("h1", {}, element("label", { for: "q" }, say("askTitle")));
  if (question) {
    const fill = (signal) => answer("/v1/experts", { q: question }, question, signal);
    return { title: question, layout: "answer", frame: [heading, form(question)], fill };
  }
  const lead = element("p", { class: "lead" }, say("askLead"));
  return { layout: "welcome", frame: [heading, lead, form("")], fill: exampleList };
}

export function topicView({ id }) {
  const path = `/v1/topics/${encodeURIComponent(id)}`;
  return { layout: "answer", frame: [], fill: (signal) => topicAnswer(path, signal) };
}

async function topicAnswer(path, signal) {
  const topic = label((await get(path, { signal })).pref_label);
  const { nodes, summary } = await answer(`${path}/experts`, {}, topic.text, signal);
  const title = phrase("topicTitle", { topic: element("em", { lang: topic.lang }, topic.text) });
  return { nodes: [element("h1", {}, title), ...nodes], summary, title: topic.text };
}

function form(question) {
  const input = element("textarea", {
    id: "q", name: "q", rows: 1, autocomplete: "off", enterkeyhint: "search",
    placeholder: say("askPlaceholder"), required: true, autofocus: !question,
  }, question);
  const send = element("button", {}, say("askSend"));
  const made = element("form", { class: "question field", role: "search" }, input, send);
  input.addEventListener("input", () => input.setCustomValidity(complaint(input.value.trim())));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    made.requestSubmit();
  });
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    go(input.value.trim());
  });
  return made;
}

// What keeps a question from being sent whole: none is cut in silence.
function complaint(question) {
  const length = [...question].length;
  return length > LONGEST ? say("askTooLong", { length: number(length), most: number(LONGEST) }) : "";
}

function go(question) {
  const there = address("#/ask", { q: question });
  if (location.hash === there) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = there;
}

async function answer(path, parameters, question, signal) {
  const page = await get(path, { parameters: { ...parameters, limit: PAGE }, signal });
  const people = [...page.away, ...page.items].map(({ person }) => person);
  const told = page.notes.map(({ detail }) => element("p", { class: "lead" }, linked(detail, people)));
  const notes = [...page.hints.map((hint) => hintLine(hint, question, page.hints)), ...told];
  const named = namedLine(page.named_people);
  const nodes = (...shown) => [named, ...shown].filter(Boolean);
  if (!page.items.length) return { nodes: nodes(nobody(page.reason, notes)), summary: typeset(page.reason.detail) };
  const notice = !asker() && mayActAs() && askerNotice();
  const most = Math.max(...page.items.map(({ factors }) => factors.profile));
  const list = element("div", { class: "experts" });
  const add = async (items) => {
    const asked = await askedOf(items);
    list.append(...items.map((expert) =>
      expertArticle(expert, { question, most, notice, asked, isFirst: expert === page.items[0] })));
  };
  await add(page.items);
  const next = (cursor) => get(path, { parameters: { ...parameters, limit: PAGE, cursor } });
  const more = page.next_cursor && moreButton(list, page.next_cursor, next, add);
  const caution = page.reason && element("p", { class: "lead" }, typeset(page.reason.detail));
  return { nodes: nodes(caution, ...notes, list, more), summary: say("found", { n: page.items.length }) };
}

function nobody({ detail }, notes) {
  return element("section", { class: "nobody" },
    element("h2", {}, say("nobodyTitle")),
    element("p", { class: "lead" }, typeset(detail)),
    notes,
    element("p", {}, say("nobodyHint")),
    element("p", {}, element("a", { href: "#/map" }, say("nobodyMap"))));
}

function moreButton(list, cursor, next, add) {
  let following = cursor;
  const show = async () => {
    const page = await next(following);
    const shown = list.children.length;
    await add(page.items);
    following = page.next_cursor;
    if (!following) more.remove();
    const heading = list.children[shown].querySelector("h2");
    heading.tabIndex = -1;
    heading.focus();
  };
  const more = button({ class: "more" }, () => attempt(show, more), say("more"));
  return more;
}
