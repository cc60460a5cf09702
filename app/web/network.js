// A network: the picture of it, the same in words, and as files.

import { get, send } from "./api.js";
import { element } from "./dom.js";
import { fileLine } from "./files.js";
import { personLink } from "./naming.js";
import { number, say, typeset } from "./words.js";

const FORMATS = ["graphml", "gexf"];
const STRONG = 0.5; // tie strength from which people know each other well
const NARROW = "(max-width: 46rem)"; // as in page.css
const MOST = 40; // ties in words

export async function networkSection(path, { title, lead, signal }) {
  const shape = matchMedia(NARROW).matches ? "tall" : "wide";
  const network = await get(path, { signal });
  const picture = await (await send(`${path}.svg`, { parameters: { shape }, signal })).blob();
  return element("section", { class: "network" },
    element("h2", {}, title),
    element("p", { class: "soft" }, lead),
    network.ties.length > 0 && drawn(picture, typeset(network.description)),
    network.ties.length > 0 ? inWords(network) : element("p", {}, typeset(network.description)),
    network.ties.length > 0 && fileLine(path, FORMATS, "quisait-network"));
}

function drawn(picture, description) {
  const source = URL.createObjectURL(picture);
  const image = element("img", { src: source, alt: description });
  image.addEventListener("load", () => URL.revokeObjectURL(source));
  return image;
}

function inWords({ people, ties, centre }) {
  const told = ties.filter(({ strength }) => strength !== null).sort((one, other) => other.strength - one.strength);
  const items = told.slice(0, MOST).map((tie) => element("li", {}, ends(tie, people, centre), ...meaning(tie)));
  return element("details", { class: "ties" },
    element("summary", {}, say("networkWords")),
    element("ol", {}, items));
}

// Around somebody only the other end is named.
function ends({ one, other }, people, centre) {
  const [first, second] = [one, other].filter((place) => place !== centre).map((place) => personLink(people[place].person));
  return second ? element("span", {}, first, " – ", second) : first;
}

function meaning({ strength, local_bridge: isBridge }) {
  const kind = say(strength >= STRONG ? "tieStrong" : "tieWeak");
  const said = [kind, number(strength, 2), isBridge && say("tieBridge")].filter(Boolean).join(", ");
  return [" ", element("span", { class: "soft" }, said)];
}
