// Who is asking: the person of the key, or somebody it may speak for.

import { get } from "./api.js";
import { choose } from "./chooser.js";
import { button, element } from "./dom.js";
import { keep, recall } from "./session.js";
import { say } from "./words.js";

// Learns whose key it is and what it opens, once; whether that is news.
export async function acquaint(signal) {
  if (recall("me")) return false;
  keep({ me: await get("/v1/me", { signal }) });
  return true;
}

export function asker() {
  return recall("asker") || recall("me")?.person || null;
}

export function mayActAs() {
  return Boolean(recall("me")?.may_act_as);
}

// Whether who is asking may also write to people by this service.
export function mayWrite() {
  return Boolean(asker() && opens("questions:write"));
}

// Whether who is asking may read what they asked people, and what people ask of them.
export function mayFollow() {
  return Boolean(asker() && opens("questions:read"));
}

export function opens(scope) {
  return Boolean(recall("me")?.scopes.includes(scope));
}

export function askerNote() {
  const name = asker()?.name;
  const text = name ? say("askerIs", { who: name }) : say("askerChoose");
  if (mayActAs()) return chooseButton("quiet asker", text);
  return name ? element("span", { class: "asker" }, text) : null;
}

export function askerNotice() {
  return element("section", { class: "reach" },
    element("h3", {}, say("reach")),
    element("p", {}, say("askerNotice"), " ", chooseButton("inline", say("askerChoose"))));
}

export function chooseButton(kind, text) {
  return button({ class: kind, "aria-haspopup": "dialog" }, choose, text);
}
