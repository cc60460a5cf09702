// What is shown, as files to keep.

import { send } from "./api.js";
import { button, element } from "./dom.js";
import { attempt } from "./problem.js";
import { say } from "./words.js";

export function fileLine(path, formats, name, parameters = {}) {
  const line = element("p", { class: "files" }, element("span", { class: "soft" }, say("mapFiles")));
  const saving = (format) => () => attempt(() => save(path, { ...parameters, format }, `${name}.${format}`), line);
  line.append(...formats.map((format) => button({ class: "plain" }, saving(format), format.toUpperCase())));
  return line;
}

async function save(path, parameters, name) {
  const answer = await send(path, { parameters });
  const there = URL.createObjectURL(await answer.blob());
  element("a", { href: there, download: name }).click();
  URL.revokeObjectURL(there);
}
