// A dialog over the page.

import { element } from "./dom.js";

// Opens it, and gives the function that closes it.
export function openDialog(title, ...content) {
  const dialog = element("dialog", { "aria-labelledby": "dialog-title" },
    element("h2", { id: "dialog-title" }, title), ...content);
  dialog.addEventListener("close", () => dialog.remove());
  addEventListener("hashchange", () => dialog.close(), { once: true }); // it belongs to the view that it was opened in
  document.body.append(dialog);
  dialog.showModal();
  return () => dialog.close();
}
