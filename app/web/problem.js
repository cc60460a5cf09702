// Shows what went wrong, and what to do about it.

import { Problem } from "./api.js";
import { button, element } from "./dom.js";
import { change } from "./session.js";
import { isSaid, say, typeset } from "./words.js";

const PAST = [401, 404, 409, 412]; // what is shown is no longer so

// The heading is the page's own where there is no other.
export function problemNote({ kind, title, detail, status, errors, trace }, retry, heading) {
  const next = isSaid(`problem_${status}`) ? `problem_${status}` : "problem_500";
  const why = isSaid(`why_${kind}`) ? say(`why_${kind}`) : typeset(detail);
  return element("section", { class: "problem", role: "alert" },
    element(heading, {}, typeset(title)),
    why && element("p", {}, why),
    element("ul", {}, errors.map((error) => element("li", {}, typeset(error.detail)))),
    element("p", {}, element("strong", {}, say("problemNext")), " – ", say(next)),
    element("p", {}, button({}, retry, say("problemRetry"))),
    trace && element("p", { class: "soft" }, say("problemTrace", { trace })));
}

// Does what a button asks for, once; what goes wrong is told beside it, and what was overtaken is read again.
export async function attempt(action, place) {
  if (place.hasAttribute("aria-busy")) return;
  const told = place.nextElementSibling;
  if (told?.matches(".problem")) told.remove();
  place.setAttribute("aria-busy", "true");
  try {
    await action();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const again = PAST.includes(error.status) ? () => change({}) : () => attempt(action, place);
    place.after(problemNote(error, again, "h2"));
  } finally {
    place.removeAttribute("aria-busy");
  }
}
