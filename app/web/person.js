// A person's profile: who they are, and what they write about.

import { get, nothingFor } from "./api.js";
import { asker, mayActAs } from "./asker.js";
import { button, element } from "./dom.js";
import { meetSection } from "./meet.js";
import { nameOf } from "./naming.js";
import { networkSection } from "./network.js";
import { become } from "./session.js";
import { day, join, label, languageName, month, say } from "./words.js";

const TOPICS = 60;
const OFTEN = 2; // posts from which a topic is more than a mention
const FEW = 20; // mentions that are shown at once

export function personView({ id }) {
  return { layout: "profile", frame: [], fill: (signal) => profile(encodeURIComponent(id), signal) };
}

async function profile(id, signal) {
  const [person, { items }, communities, network, meet] = await Promise.all([
    get(`/v1/people/${id}`, { signal }),
    get(`/v1/people/${id}/expertise`, { parameters: { limit: TOPICS }, signal }),
    get("/v1/communities", { parameters: { limit: 200 }, signal }).catch(nothingFor([403])),
    ownNetwork(id, signal),
    ownMeetings(id, signal),
  ]);
  const name = nameOf(person);
  const often = items.filter(({ posts }) => posts >= OFTEN);
  const also = items.filter(({ posts }) => posts < OFTEN).sort((one, other) => names(other) - names(one));
  return { title: name, summary: name, nodes: [
    element("h1", {}, name),
    element("div", { class: "card" }, facts(person, items, communities?.items || []), becomeButton(person)),
    meet,
    network,
    topicSection("often", "topics", often.map(topicItem)),
    topicSection(often.length ? "also" : "mentioned", "mentions", also.slice(0, FEW).map(mentionItem)),
    moreMentions(also.slice(FEW)),
    items.length === 0 && element("p", {}, say("writesNothing")),
  ].filter(Boolean) };
}

// People's ties are shown to nobody but themselves.
function ownNetwork(id, signal) {
  if (asker()?.id !== id) return null;
  const said = { title: say("network"), lead: say("networkLead"), signal };
  return networkSection(`/v1/people/${id}/network`, said).catch(nothingFor([403, 404]));
}

function ownMeetings(id, signal) {
  return asker()?.id === id ? meetSection(id, signal).catch(nothingFor([403, 404])) : null;
}

function facts(person, topics, communities) {
  const places = new Set(topics.flatMap((topic) => topic.communities));
  const rows = [
    ["department", person.department],
    ["site", person.site],
    ["absent", person.away_until && say("until", { day: day(person.away_until) })],
    ["languages", join(person.languages.map(languageName))],
    ["communities", communityLinks(communities.filter(({ id }) => places.has(id)))],
    ["accounts", person.accounts.map((account) => say("unnamed", account)).join(" · ")],
  ].filter(([, value]) => value);
  return element("dl", { class: "facts" },
    rows.map(([name, value]) => element("div", {}, element("dt", {}, say(name)), element("dd", {}, value))));
}

function communityLinks(communities) {
  const links = communities.map(({ id, name }) => element("a", { href: `#/communities/${id}` }, name));
  return links.length > 0 && links.flatMap((link, place) => (place ? [" · ", link] : [link]));
}

function becomeButton(person) {
  if (!mayActAs() || asker()?.id === person.id) return null;
  return button({ class: "plain" }, () => become(person), say("askerBecome"));
}

function topicSection(title, kind, items) {
  if (!items.length) return null;
  return element("section", {}, element("h2", {}, say(title)), element("ul", { class: kind }, items));
}

function moreMentions(topics) {
  if (!topics.length) return null;
  return element("details", {}, element("summary", {}, say("mentionsMore", { n: topics.length })),
    element("ul", { class: "mentions" }, topics.map(mentionItem)));
}

// What has a name in both languages was named by somebody, not only found in a text.
function names({ pref_label: { fr, en } }) {
  return Boolean(fr) + Boolean(en);
}

function topicLink({ topic, pref_label: names }) {
  const { text, lang } = label(names);
  return element("a", { href: `#/topics/${topic}`, lang }, text);
}

function topicItem(known) {
  const meta = `${say("posts", { n: known.posts })}, ${say("lastIn", { month: month(known.last) })}`;
  return element("li", {}, topicLink(known), element("span", { class: "soft" }, meta));
}

function mentionItem(known) {
  return element("li", {}, topicLink(known));
}
