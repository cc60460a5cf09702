// The page: one view at a time, chosen by what stands after # in the address.

import { Problem } from "./api.js";
import { acquaint } from "./asker.js";
import { askView, topicView } from "./ask.js";
import { communityView } from "./community.js";
import { element } from "./dom.js";
import { header } from "./header.js";
import { inboxView } from "./inbox.js";
import { keyView } from "./key.js";
import { mapView } from "./map.js";
import { personView } from "./person.js";
import { problemNote } from "./problem.js";
import { forgetKey, onChange, recall } from "./session.js";
import { language, say } from "./words.js";

const main = document.getElementById("content");
const status = document.getElementById("status");
const VIEWS = new Map(Object.entries({
  "": askView, "ask": askView, "map": mapView, "topics/…": topicView, "people/…": personView,
  "communities/…": communityView, "inbox": inboxView,
}));
let leaving = new AbortController();

function route() {
  const [path, query] = location.hash.slice(1).split("?");
  const [name = "", id] = path.split("/").filter(Boolean);
  return { name, id, parameters: Object.fromEntries(new URLSearchParams(query)) };
}

function viewOf(place, refusal) {
  if (!recall("key")) return keyView(refusal);
  const { name, id } = place;
  return (VIEWS.get(id ? `${name}/…` : name) || lostView)(place);
}

function lostView() {
  const title = say("notFoundTitle");
  return { title, frame: [element("h1", {}, title), element("p", {}, element("a", { href: "#/" }, say("notFound")))] };
}

// Shows the frame of a view at once, and what it has to fetch when that has come; moves the focus when somebody moved.
async function show({ hasMoved = false, refusal = null } = {}) {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const place = route();
  const view = viewOf(place, refusal);
  const region = element("div", { class: "region" });
  frameWith(view, region, place);
  if (hasMoved) scrollTo(0, 0);
  if (hasMoved) main.querySelector("[autofocus]")?.focus();
  if (view.fill) await fill(view, region, place, signal);
  const isLost = document.activeElement === document.body; // what had the focus is no longer there
  if (hasMoved && isLost && !signal.aborted) (region.querySelector("h1, h2") || main.querySelector("h1"))?.focus();
}

function frameWith(view, region, place) {
  document.documentElement.lang = language();
  nameDocument(view.title);
  nameReader(place);
  document.getElementById("skip").textContent = say("skip");
  document.getElementById("contract").textContent = say("contract");
  main.className = view.layout || "";
  main.replaceChildren(...view.frame, region);
  for (const heading of main.querySelectorAll("h1")) heading.tabIndex = -1;
}

function nameDocument(title) {
  document.title = title ? `${title} – Quisait` : `Quisait – ${say("tagline")}`;
}

// Who is reading is shown in the header.
function nameReader(place) {
  document.getElementById("header").replaceChildren(...header(place.name));
}

async function fill(view, region, place, signal) {
  region.replaceChildren(element("p", { class: "loading" }, say("loading")));
  status.textContent = say("loading");
  try {
    if (await acquaint(signal)) nameReader(place);
    const { nodes, summary = "", title = view.title } = await view.fill(signal);
    if (signal.aborted) return;
    nameDocument(title);
    region.replaceChildren(...nodes);
    status.textContent = summary;
  } catch (error) {
    if (signal.aborted) return;
    refuse(error, region);
  }
  for (const heading of region.querySelectorAll("h1, h2")) heading.tabIndex = -1;
}

function refuse(error, region) {
  if (error instanceof Problem && error.status === 401) {
    forgetKey();
    show({ hasMoved: true, refusal: error });
    return;
  }
  if (!(error instanceof Problem)) throw error;
  status.textContent = "";
  const heading = main.querySelector("h1") ? "h2" : "h1";
  region.replaceChildren(problemNote(error, () => show({ hasMoved: true }), heading));
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", () => show({ hasMoved: true }));
onChange(() => show({ hasMoved: true }));
show();
