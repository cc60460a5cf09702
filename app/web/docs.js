// Shows every operation of /openapi.json, and lets the reader try it with a key that stays in this page.
import { element } from "./dom.js";
import { keyIn, recall } from "./session.js";

// A description, with `code` and *emphasis* shown as such.
function prose(text = "") {
  const shown = { "`": "code", "*": "em" };
  return text.split(/(`[^`]+`|\*\S[^*]*\*)/).map((part, at) =>
    at % 2 ? element(shown[part[0]], {}, part.slice(1, -1)) : part);
}

function resolve(contract, schema) {
  const name = schema?.$ref?.split("/").pop();
  return name ? { name, ...contract.components.schemas[name] } : schema || {};
}

function typeOf(contract, given) {
  const schema = resolve(contract, given);
  if (given.$ref) return schema.name;
  if (schema.enum) return schema.enum.join(" | ");
  if (schema.const !== undefined) return String(schema.const);
  const choices = schema.anyOf || schema.oneOf;
  if (choices) return choices.map((choice) => typeOf(contract, choice)).join(" | ");
  if (schema.type === "array") return `${typeOf(contract, schema.items || {})}[]`;
  return schema.type || "any";
}

function boundsOf(schema) {
  const inner = schema.anyOf?.find((choice) => choice.type !== "null") || schema;
  const found = [
    ["minLength", "≥", "characters"], ["maxLength", "≤", "characters"], ["minimum", "≥", ""], ["maximum", "≤", ""],
    ["maxItems", "≤", "items"],
  ].filter(([name]) => inner[name] !== undefined).map(([name, sign, unit]) => `${sign} ${inner[name]} ${unit}`.trim());
  if (schema.default !== undefined && schema.default !== null) found.push(`default ${JSON.stringify(schema.default)}`);
  return found.join(", ");
}

function exampleOf(contract, given, depth = 0) {
  const schema = resolve(contract, given);
  if (schema.examples) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (depth > 6) return null;
  const choice = (schema.anyOf || schema.oneOf)?.[0];
  if (choice) return exampleOf(contract, choice, depth + 1);
  if (schema.type === "array") return [exampleOf(contract, schema.items || {}, depth + 1)];
  if (schema.type !== "object") return { string: "", integer: 0, number: 0, boolean: false }[schema.type] ?? null;
  const properties = Object.entries(schema.properties || {}).filter(([name]) => schema.required?.includes(name));
  return Object.fromEntries(properties.map(([name, property]) => [name, exampleOf(contract, property, depth + 1)]));
}

function fieldsTable(contract, schema) {
  const rows = Object.entries(schema.properties || {}).map(([name, property]) => element("tr", {},
    element("td", {}, element("code", {}, name), schema.required?.includes(name) ? " *" : ""),
    element("td", {}, typeOf(contract, property)),
    element("td", {}, prose(property.description), " ", element("span", { class: "soft" }, boundsOf(property)))));
  return element("table", {}, ...rows);
}

function details(title, ...children) {
  return element("details", {}, element("summary", {}, title), ...children);
}

function schemaDetails(contract, title, given) {
  const schema = resolve(contract, given.type === "array" ? given.items : given);
  const example = JSON.stringify(exampleOf(contract, given), null, 2);
  const kinds = (schema.oneOf || []).map((kind) => resolve(contract, kind));
  const tables = kinds.length ? kinds.map((kind) => details(kind.name, fieldsTable(contract, kind))) : [fieldsTable(contract, schema)];
  return details(title, ...tables, element("pre", {}, element("code", {}, example)));
}

function parameterRow(parameter, input) {
  return element("tr", {},
    element("td", {}, element("code", {}, parameter.name), parameter.required ? " *" : ""),
    element("td", {}, parameter.in),
    element("td", {}, prose(parameter.description), " ", element("span", { class: "soft" }, boundsOf(parameter.schema))),
    element("td", {}, input));
}

function inputOf(parameter) {
  const schema = parameter.schema;
  const input = schema.enum
    ? element("select", {}, element("option", { value: "" }), ...schema.enum.map((value) => element("option", {}, value)))
    : element("input", { placeholder: schema.examples?.[0] ?? (schema.default ?? "") });
  input.setAttribute("aria-label", parameter.name);
  return input;
}

function requestOf(path, method, inputs, bodyInput, mediaType) {
  const query = new URLSearchParams();
  const headers = {};
  let address = path;
  for (const { parameter, input } of inputs.filter(({ input }) => input.value !== "")) {
    if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    if (parameter.in === "query") query.set(parameter.name, input.value);
    if (parameter.in === "header") headers[parameter.name] = input.value;
  }
  const key = keyIn(document.getElementById("key").value);
  if (key) headers.Authorization = `Bearer ${key}`;
  if (bodyInput) headers["Content-Type"] = mediaType;
  const search = query.size ? `?${query}` : "";
  return { address: address + search, options: { method: method.toUpperCase(), headers, body: bodyInput?.value } };
}

async function send({ address, options }, output) {
  output.textContent = "…";
  try {
    const response = await fetch(address, options);
    const text = await response.text();
    const isJson = /json$/.test((response.headers.get("content-type") || "").split(";")[0]) && text;
    const shown = isJson && !/ndjson/.test(response.headers.get("content-type")) ? JSON.stringify(JSON.parse(text), null, 2) : text;
    output.textContent = `${response.status} ${response.statusText}\n${shown}`;
  } catch (error) {
    output.textContent = String(error);
  }
}

function tryOut(contract, path, method, operation, inputs) {
  const content = operation.requestBody?.content;
  const mediaType = content && Object.keys(content)[0];
  const example = content && exampleOf(contract, content[mediaType].schema);
  const isLines = content && !mediaType.endsWith("/json");
  const text = content && (isLines ? example.map((line) => JSON.stringify(line)).join("\n") : JSON.stringify(example, null, 2));
  const bodyInput = content ? element("textarea", { "aria-label": "body", spellcheck: "false" }, text) : null;
  const output = element("code");
  const button = element("button", { type: "button" }, "Send");
  button.addEventListener("click", () => send(requestOf(path, method, inputs, bodyInput, mediaType), output));
  return details("Try it", bodyInput, element("p", {}, button), element("pre", {}, output));
}

function responsesTable(contract, operation) {
  const rows = Object.entries(operation.responses).map(([status, response]) => {
    const given = Object.values(response.content || {})[0]?.schema;
    return element("tr", {}, element("td", {}, status), element("td", {}, prose(response.description)),
      element("td", {}, given ? element("code", {}, typeOf(contract, given)) : ""));
  });
  return details("Answers", element("table", {}, ...rows));
}

function operationArticle(contract, path, method, operation) {
  const isSent = !path.startsWith("/"); // a webhook: nobody calls it here
  const scopes = (operation.security || []).flatMap((scheme) => Object.values(scheme).flat());
  const inputs = (operation.parameters || []).map((parameter) => ({ parameter, input: isSent ? null : inputOf(parameter) }));
  const parameters = inputs.map(({ parameter, input }) => parameterRow(parameter, input));
  const body = Object.values(operation.requestBody?.content || {})[0]?.schema;
  const answer = Object.values(operation.responses["200"]?.content || operation.responses["202"]?.content || {})[0]?.schema;
  return element("article", { id: operation.operationId },
    element("h2", {}, element("span", { class: "method" }, method.toUpperCase()), element("span", { class: "path" }, path)),
    element("p", {}, prose(operation.description || operation.summary)),
    element("p", { class: "soft" }, operation.operationId, isSent ? " · sent to receivers" :
      scopes.length ? ` · scope ${scopes.join(", ")}` : " · open"),
    parameters.length ? element("table", {}, ...parameters) : null,
    body ? schemaDetails(contract, "Body", body) : null,
    answer && (answer.$ref || answer.items) ? schemaDetails(contract, "Answer", answer) : null,
    responsesTable(contract, operation),
    isSent ? null : tryOut(contract, path, method, operation, inputs));
}

function show(contract) {
  const operations = Object.entries({ ...contract.paths, ...contract.webhooks }).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
  const contents = document.getElementById("contents");
  const main = document.getElementById("operations");
  main.replaceChildren(element("h1", {}, `${contract.info.title}: the API`), element("p", {}, prose(contract.info.description)));
  for (const tag of contract.tags) {
    const own = operations.filter(({ operation }) => operation.tags?.includes(tag.name));
    contents.append(element("h2", {}, tag.name));
    for (const { path, method, operation } of own) {
      contents.append(element("a", { href: `#${operation.operationId}` }, operation.operationId));
      main.append(operationArticle(contract, path, method, operation));
    }
  }
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

document.getElementById("key").value = recall("key") || "";
fetch("/openapi.json").then((response) => response.json()).then(show);
