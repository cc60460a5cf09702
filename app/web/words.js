// What the page says, in French and in English, and how dates and numbers are written in each.

import { change, recall } from "./session.js";
import { WORDS } from "./vocabulary.js";

const LANGUAGES = ["fr", "en"];
const LOCALES = { fr: "fr-FR", en: "en-GB" }; // how each writes its dates and lists
const SERVED = document.documentElement.lang;
const NARROW = "\u202f";
const WIDE = "\u00a0";

export function language() {
  return recall("language") || SERVED;
}

export function otherLanguage() {
  return LANGUAGES.find((other) => other !== language());
}

export function speak(chosen) {
  change({ language: chosen });
}

// A sentence as a list of texts and nodes: {name} stands for the value of that name, "a|b" is singular|plural of {n}.
export function phrase(name, values = {}) {
  const forms = WORDS[name][LANGUAGES.indexOf(language())].split("|");
  const isOne = new Intl.PluralRules(language()).select(values.n ?? 2) === "one";
  return forms[isOne ? 0 : forms.length - 1].split(/(\{\w+\})/).map((part) =>
    part.startsWith("{") ? values[part.slice(1, -1)] : typeset(part));
}

export function say(name, values) {
  return phrase(name, values).join("");
}

export function isSaid(name) {
  return name in WORDS;
}

// Apostrophes are curved; French sets a space that never breaks before ? ! ; : and inside guillemets.
export function typeset(plain) {
  const text = plain.replaceAll("'", "’");
  if (language() !== "fr") return text;
  return text
    .replace(/ ([?!;])/g, `${NARROW}$1`)
    .replace(/ ([:»])/g, `${WIDE}$1`)
    .replace(/« /g, `«${WIDE}`);
}

export function day(date) {
  return written(date, { dateStyle: "long" });
}

export function month(date) {
  return written(date, { month: "long", year: "numeric" });
}

export function quarter(date) {
  const [year, month] = date.split("-").map(Number);
  return say("quarter", { quarter: Math.ceil(month / 3), year });
}

// A date without a time is the same everywhere.
function written(date, form) {
  const timeZone = date.includes("T") ? undefined : "UTC";
  return new Intl.DateTimeFormat(LOCALES[language()], { ...form, timeZone }).format(new Date(date));
}

export function number(value, decimals = 0) {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(language(), digits).format(value);
}

export function join(parts) {
  return new Intl.ListFormat(LOCALES[language()]).format(parts);
}

export function languageName(code) {
  return new Intl.DisplayNames(language(), { type: "language" }).of(code);
}

// A topic has a name in one language or in both: the reader's first, and the other marked as what it is.
export function label(names) {
  const spoken = names[language()] ? language() : otherLanguage();
  return { text: names[spoken] || "", lang: spoken === language() ? null : spoken };
}

// Without case and accents, for comparing.
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
