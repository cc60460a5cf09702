// What who is asking has asked some people already, from the service: nothing is asked twice unawares.

import { get, Problem } from "./api.js";
import { mayFollow } from "./asker.js";

const MOST = 200;

// Questions to the people of an answer, and introductions asked of the first on the way to each; the last comes first.
export async function askedOf(experts) {
  const people = experts.map(({ person }) => person.id);
  const firsts = experts.flatMap(({ reach }) => (reach?.path.length > 2 ? [reach.path[1]] : []));
  const [questions, introductions] = await Promise.all([own("/v1/questions", people), own("/v1/introductions", firsts)]);
  return { questions, introductions };
}

async function own(path, people) {
  if (!people.length || !mayFollow()) return [];
  const person = [...new Set(people)];
  return (await get(path, { parameters: { role: "asker", person, limit: MOST } }).catch(untold)).items;
}

// An answer is shown without what stands beside it, rather than not at all.
function untold(error) {
  if (error instanceof Problem) return { items: [] };
  throw error;
}
