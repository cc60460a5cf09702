// What people ask of who is asking, and what they asked: questions and introductions, what waits before what is settled.

import { get } from "./api.js";
import { asker, chooseButton, mayActAs } from "./asker.js";
import { button, element } from "./dom.js";
import * as introduction from "./introduction.js";
import { attempt } from "./problem.js";
import * as question from "./question.js";
import { WAITING } from "./waiting.js";
import { say } from "./words.js";

const PAGE = 100; // of each, read at once
const MOST = 200; // of each that wait for who is asking, however old they are
const FEW = 3; // settled ones that are shown beside what waits
const KINDS = [
  { path: "/v1/questions", isWaiting: question.isWaiting, draw: question.questionCard },
  { path: "/v1/introductions", isWaiting: introduction.isWaiting, draw: introduction.introductionCard },
];

export function inboxView() {
  const title = say("inbox");
  return { title, layout: "inbox", frame: [element("h1", {}, title)], fill };
}

async function fill(signal) {
  if (!asker()) return { nodes: [nobodyYet()] };
  const place = element("div", { class: "lists" });
  await draw(place, 1, signal);
  return { nodes: [place], summary: say("inboxSummary", { n: place.querySelectorAll(".request.waiting").length }) };
}

function nobodyYet() {
  return element("p", { class: "lead" }, say(mayActAs() ? "inboxWhose" : "inboxNobody"), " ",
    mayActAs() && chooseButton("inline", say("askerChoose")));
}

// What waits for who is asking and so many pages of each kind, and whether there are more.
async function read(kind, pages, signal) {
  const waiting = await get(kind.path, { parameters: { ...WAITING[kind.path], limit: MOST }, signal });
  const found = new Map(waiting.items.map((request) => [request.id, request]));
  let cursor = null;
  for (let page = 0; page < pages && (page === 0 || cursor); page += 1) {
    const { items, next_cursor: next } = await get(kind.path, { parameters: { limit: PAGE, cursor }, signal });
    for (const request of items) found.set(request.id, request);
    cursor = next;
  }
  return { requests: [...found.values()].map((request) => ({ kind, request })), hasMore: Boolean(cursor) };
}

async function draw(place, pages, signal) {
  const lists = await Promise.all(KINDS.map((kind) => read(kind, pages, signal)));
  const all = lists.flatMap(({ requests }) => requests);
  all.sort((one, other) => other.request.at.localeCompare(one.request.at));
  const isOwn = ({ request }) => request.asker.id === asker().id;
  const [own, others] = [all.filter(isOwn), all.filter((one) => !isOwn(one))];
  place.replaceChildren(
    section("ofMe", others, element("p", { class: "soft" }, say("ofMeNone"))),
    section("byMe", own,
      element("p", { class: "soft" }, say("byMeNone"), " ", element("a", { href: "#/" }, say("byMeAsk")))),
    ...(lists.some(({ hasMore }) => hasMore) ? [olderButton(place, pages + 1)] : []));
}

function section(title, requests, none) {
  const waits = ({ kind, request }) => kind.isWaiting(request);
  const [waiting, settled] = [requests.filter(waits), requests.filter((one) => !waits(one))];
  const folded = settled.slice(FEW);
  return element("section", {},
    element("h2", {}, say(title)),
    requests.length ? list([...waiting, ...settled.slice(0, FEW)]) : none,
    folded.length > 0 && element("details", {},
      element("summary", {}, say("settledMore", { n: folded.length })), list(folded)));
}

function list(requests) {
  return element("ul", { class: "requests" }, requests.map(({ kind, request }) => kind.draw(request)));
}

function olderButton(place, pages) {
  const older = async () => {
    await draw(place, pages);
    place.querySelectorAll("section > details").forEach((folded) => folded.setAttribute("open", ""));
    const heading = place.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus();
  };
  const made = button({ class: "more" }, () => attempt(older, made), say("older"));
  return made;
}
