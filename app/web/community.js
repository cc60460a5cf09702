// A community: what it is for, and, for those who take part, who exchanges with whom in it.

import { get, nothingFor } from "./api.js";
import { asker } from "./asker.js";
import { element } from "./dom.js";
import { networkSection } from "./network.js";
import { say } from "./words.js";

export function communityView({ id }) {
  const path = `/v1/communities/${encodeURIComponent(id)}`;
  return { layout: "profile", frame: [], fill: (signal) => community(path, signal) };
}

async function community(path, signal) {
  const [found, network] = await Promise.all([get(path, { signal }), exchanges(`${path}/network`, signal)]);
  const { name, community_kind: kind, visibility, purpose, archived } = found;
  const facts = [say(`community_${kind}`), say(`seen_${visibility}`), archived && say("archived")].filter(Boolean);
  return { title: name, summary: name, nodes: [
    element("h1", {}, name),
    element("p", { class: "soft" }, facts.join(" · ")),
    purpose && element("p", { class: "lead" }, purpose),
    network,
  ].filter(Boolean) };
}

// Who takes no part is told why there is nothing to see.
function exchanges(path, signal) {
  const outside = () => element("p", { class: "soft" }, say("networkOutside"));
  if (!asker()) return outside();
  const said = { title: say("networkWithin"), lead: say("networkWithinLead"), signal };
  return networkSection(path, said).catch(nothingFor([403])).then((found) => found || outside());
}
