// Questions to begin with, made of what people here write about.

import { get } from "./api.js";
import { address, element } from "./dom.js";
import { label, say } from "./words.js";

const EXAMPLES = 3;
const SAMPLE = 200; // topics to choose from

export async function exampleList(signal) {
  const { items } = await get("/v1/topics", { parameters: { limit: SAMPLE }, signal });
  const links = telling(items).slice(0, EXAMPLES).map((topic) => element("li", {}, exampleLink(topic)));
  const section = element("section", { class: "examples" }, element("h2", {}, say("askTry")), element("ul", {}, links));
  return { nodes: links.length ? [section] : [] };
}

// Of work, in the reader's language, the most written about first; several words say more of what is meant.
function telling(topics) {
  const weight = ({ posts, pref_label: names }) => posts * label(names).text.split(" ").length ** 2;
  const own = topics.filter(({ topic_kind: kind, pref_label: names }) => kind === "professional" && !label(names).lang);
  return own.sort((one, other) => weight(other) - weight(one));
}

function exampleLink({ pref_label: names }) {
  const question = say("askExample", { topic: label(names).text });
  const typed = question.normalize("NFKC"); // nobody types spaces that do not break
  return element("a", { href: address("#/ask", { q: typed }) }, question);
}
