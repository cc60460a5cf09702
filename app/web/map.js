// The expertise map: how many people know each topic, by department, site or community.

import { get } from "./api.js";
import { address, element } from "./dom.js";
import { fileLine } from "./files.js";
import { join, label, number, quarter, say, typeset } from "./words.js";

const ROWS = ["department", "site", "community"];
const COLUMNS = ["topic", "broader"];
const FORMATS = ["csv", "svg"];
const LEVELS = 5; // shades of the fullest cell

export function mapView({ parameters }) {
  const asked = { rows: parameters.rows || ROWS[0], columns: parameters.columns || COLUMNS[0] };
  const title = say("map");
  const frame = [
    element("h1", {}, title),
    element("p", { class: "lead" }, say("mapLead")),
    element("div", { class: "choosing" }, choice("rows", ROWS, asked), choice("columns", COLUMNS, asked)),
  ];
  return { title, frame, fill: (signal) => filled(asked, signal) };
}

function choice(name, values, asked) {
  const links = values.map((value) => {
    const href = address("#/map", { ...asked, [name]: value });
    return element("a", { href, "aria-current": value === asked[name] && "true" }, say(`map_${value}`));
  });
  return element("p", {}, element("span", { class: "soft" }, say(`map_${name}`)), links);
}

async function filled(asked, signal) {
  const map = await get("/v1/expertise-map", { parameters: asked, signal });
  const meaning = element("p", { class: "soft meaning" }, typeset(map.meaning));
  if (!map.columns.length) return { nodes: [element("p", { class: "lead" }, say("mapEmpty")), meaning] };
  const isTold = (_, at) => map.cells[at].some(Boolean);
  const told = { ...map, rows: map.rows.filter(isTold), cells: map.cells.filter(isTold) };
  const silent = map.rows.filter((row, at) => !isTold(row, at)).map(nameOfRow);
  const rest = silent.length > 0 && element("p", { class: "soft meaning" }, say("mapSilent", { names: join(silent) }));
  return { nodes: [scroller(table(told)), hatched(map.fewest), meaning, rest, fileLine("/v1/expertise-map", FORMATS, `quisait-${asked.rows}`, asked)].filter(Boolean) };
}

// The table in a sheet that scrolls; a shadow lies on the edge beyond which there is more.
function scroller(shown) {
  const sheet = element("div", { class: "sheet", role: "region", tabindex: 0, "aria-label": say("map") }, shown);
  const made = element("div", { class: "scroller" }, sheet);
  const look = () => made.classList.toggle("goes-on", sheet.scrollLeft + sheet.clientWidth < sheet.scrollWidth - 1);
  sheet.addEventListener("scroll", look);
  new ResizeObserver(look).observe(sheet);
  return made;
}

function hatched(fewest) {
  const swatch = element("span", { class: "swatch withheld", "aria-hidden": "true" });
  return element("p", { class: "soft legend" }, swatch, say("mapHatched", { fewest }));
}

// A line for each topic, because their names are many and long.
function table({ rows, columns, cells }) {
  const most = Math.max(1, ...cells.flat().map((cell) => cell?.people || 0));
  const heads = rows.map((row) => element("th", { scope: "col" }, element("span", {}, nameOfRow(row))));
  const lines = columns.map((column, at) =>
    element("tr", {}, topicHead(column), cells.map((row) => shownCell(row[at], most))));
  return element("table", { class: "map" },
    element("thead", {}, element("tr", {}, element("td"), heads)),
    element("tbody", {}, lines));
}

function nameOfRow({ label: name }) {
  return name || say("mapUnknown");
}

function topicHead({ id, pref_label: names }) {
  const { text, lang } = label(names);
  return element("th", { scope: "row" }, element("a", { href: `#/topics/${id}`, lang }, text));
}

function shownCell(cell, most) {
  if (!cell) return element("td", { class: "withheld" }, element("span", { class: "unseen" }, say("mapWithheld")));
  const level = Math.ceil((LEVELS * cell.people) / most);
  return element("td", { class: `level-${level}` },
    element("b", {}, number(cell.people)), element("small", {}, quarter(cell.half_since)));
}
