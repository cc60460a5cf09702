// What this tab remembers until it is closed: the key, who holds it, who is asking, and the language.

const changes = new EventTarget();

export function recall(name) {
  return JSON.parse(sessionStorage.getItem(`quisait-${name}`));
}

export function keep(values) {
  for (const [name, value] of Object.entries(values)) sessionStorage.setItem(`quisait-${name}`, JSON.stringify(value));
}

// The key in what somebody typed or pasted, which may be the whole header.
export function keyIn(given) {
  return given.trim().replace(/^(authorization\s*:\s*)?(bearer\s+)?/i, "");
}

export function forgetKey() {
  keep({ key: null, me: null, asker: null });
}

// Keeps the values, and lets what is shown follow.
export function change(values) {
  keep(values);
  changes.dispatchEvent(new Event("change"));
}

// Lets somebody ask; null: nobody but the person of the key.
export function become(person) {
  change({ asker: person && { id: person.id, name: person.name } });
}

export function onChange(action) {
  changes.addEventListener("change", action);
}
