// Asks for a key, once for as long as the tab is open.

import { element } from "./dom.js";
import { change, keyIn } from "./session.js";
import { say } from "./words.js";

export function keyView(refusal) {
  const input = element("input", {
    id: "key", type: "password", required: true, autofocus: true, autocomplete: "off", placeholder: "qst_…",
    "aria-describedby": refusal ? "refusal key-hint" : "key-hint", "aria-invalid": refusal && "true",
  });
  const form = element("form", { class: "key" },
    element("label", { for: "key" }, say("keyLabel")),
    element("div", { class: "field" }, input, element("button", {}, say("keyEnter"))),
    refusal && element("p", { id: "refusal", class: "refusal", role: "alert" }, say("keyRefused")),
    element("p", { id: "key-hint", class: "soft" }, say("keyHint")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change({ key: keyIn(input.value) });
  });
  return { layout: "welcome", frame: [
    element("h1", {}, say("keyTitle")), element("p", { class: "lead" }, say("keyLead")), form,
  ] };
}
