// Shows what went wrong, and what to do about it.

import { Problem } from "./api.js";
import { button, element } from "./dom.js";
import { isSaid, say, typeset } from "./words.js";

// The heading is the page's own where there is no other.
export function problemNote({ title, detail, status, errors, trace }, retry, heading) {
  const next = isSaid(`problem_${status}`) ? `problem_${status}` : "problem_500";
  return element("section", { class: "problem", role: "alert" },
    element(heading, {}, typeset(title)),
    detail && element("p", {}, typeset(detail)),
    element("ul", {}, errors.map((error) => element("li", {}, typeset(error.detail)))),
    element("p", {}, element("strong", {}, say("problemNext")), " – ", say(next)),
    element("p", {}, button({}, retry, say("problemRetry"))),
    trace && element("p", { class: "soft" }, say("problemTrace", { trace })));
}

// Does what a button asks for; what goes wrong is told beside it.
export async function attempt(action, place) {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const again = (event) => {
      event.target.closest(".problem").remove();
      attempt(action, place);
    };
    place.after(problemNote(error, again, "h2"));
  }
}
