// The README's calls and some more, by the generated client: prints what came of them as JSON.

import { readFileSync } from "node:fs";
import createClient from "openapi-fetch";
import type { components, paths } from "./quisait.d.ts";

type Problem = components["schemas"]["Problem"];
type LineResult = components["schemas"]["LineResult"];
type Record = components["schemas"]["Record"];
type Given = { questions: string[]; records: string[] };

const { QUISAIT: baseUrl = "", KEY: key = "" } = process.env;
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` } });
const stranger = createClient<paths>({ baseUrl });

/** Name, score and evidence of the first who knows, or the reason why there is nobody. */
async function answer(question: string): Promise<unknown[]> {
  const { data } = await client.GET("/v1/experts", { params: { query: { q: question, limit: 1 } } });
  const expert = data?.items[0];
  if (!expert) return [data?.reason?.code];
  return [expert.person.name, expert.score, expert.evidence.map((evidence) => evidence.excerpt)];
}

/** The names of all communities, two a page. */
async function* communities(): AsyncGenerator<string> {
  let cursor: string | null | undefined;
  do {
    const { data } = await client.GET("/v1/communities", { params: { query: { limit: 2, ...(cursor && { cursor }) } } });
    for (const community of data?.items ?? []) yield community.name;
    cursor = data?.next_cursor;
  } while (cursor);
}

/** What became of records that are sent, a line each. */
async function outcomes(records: Record[]): Promise<string[]> {
  const { data } = await client.POST("/v1/records", {
    body: records,
    bodySerializer: (lines) => lines.map((line) => JSON.stringify(line)).join("\n"),
    headers: { "Content-Type": "application/x-ndjson" },
    parseAs: "text",
  });
  const lines = (data ?? "").trim().split("\n");
  return lines.map((line) => (JSON.parse(line) as LineResult).outcome);
}

/** Status, type and fields at fault of a problem. */
function refusal({ error, response }: { error?: Problem; response: Response }): unknown[] {
  return [response.status, error?.type, error?.errors.map((field) => field.pointer)];
}

const given = JSON.parse(readFileSync(0, "utf8")) as Given;
const unknown = { params: { path: { person_id: "per_unknown" } } };
const results = {
  answers: await Promise.all(given.questions.map(answer)),
  communities: await Array.fromAsync(communities()),
  records: await outcomes(given.records.map((line) => JSON.parse(line) as Record)),
  unknown: refusal(await client.GET("/v1/people/{person_id}", unknown)),
  "no key": refusal(await stranger.GET("/v1/people/{person_id}", unknown)),
  "too many": refusal(await client.GET("/v1/experts", { params: { query: { q: "?", limit: 1000 } } })),
};
console.log(JSON.stringify(results));
