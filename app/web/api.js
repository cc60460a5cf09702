// Asks the service with the key of this tab, on behalf of the person who was chosen.

import { address } from "./dom.js";
import { recall } from "./session.js";
import { language, say } from "./words.js";

const people = new Map();

// What went wrong, as the service tells it; status 0: it did not answer.
export class Problem extends Error {
  constructor({ type = "", title, detail = "", status = 0, errors = [], trace_id: trace }) {
    super(title);
    Object.assign(this, { kind: type.split("/").at(-1), title, detail, status, errors, trace });
  }
}

export async function send(path, { parameters, signal, method, body, match } = {}) {
  const headers = { "Accept-Language": language(), Authorization: `Bearer ${recall("key")}` };
  const asker = recall("asker");
  if (asker) headers["Quisait-On-Behalf-Of"] = asker.id;
  if (body) headers["Content-Type"] = "application/json";
  if (match) headers["If-Match"] = match;
  const sent = { headers, signal, method, body: body && JSON.stringify(body) };
  const answer = await fetch(address(path, parameters), sent).catch(unreachable);
  if (answer.ok) return answer;
  const isProblem = answer.headers.get("Content-Type")?.startsWith("application/problem+json");
  throw new Problem(isProblem ? await answer.json() : { title: answer.statusText, status: answer.status });
}

function unreachable(error) {
  throw error instanceof TypeError ? new Problem({ title: say("problem_unreachable") }) : error;
}

export async function get(path, options) {
  return (await send(path, options)).json();
}

// Changes something as long as it is what is shown; the service refuses to change what has become another meanwhile.
export async function alter(path, shown, { to = "", method, body }) {
  const answer = await send(path);
  const isShown = version(await answer.json()) === version(shown);
  await send(path + to, { method, body, match: isShown ? answer.headers.get("ETag") : '"another"' });
}

// What people said; what they and their topics are called is nobody's change.
function version({ text, message, outcome, closed_at: closed, answered_at: answered, answer_message: answer }) {
  return JSON.stringify([text, message, outcome, closed, answered, answer]);
}

// A person is shown in many places of an answer: each is asked for once, and who cannot be shown is null.
export function personOf(id) {
  const key = [id, recall("asker")?.id, recall("key")].join(" ");
  if (!people.has(key)) people.set(key, get(`/v1/people/${id}`).catch(() => null));
  return people.get(key);
}

export function nothingFor(statuses) {
  return (error) => {
    if (statuses.includes(error.status)) return null;
    throw error;
  };
}
