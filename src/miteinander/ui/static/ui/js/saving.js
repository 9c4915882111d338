// Text that saves itself while one types (data-saves="what to say without a connection").
//
// htmx sends it; here is only what happens when that fails. The draft in this browser (drafts.js)
// is the net: it is dropped when the very text that it holds has been saved.

import { forget } from "./drafts.js";

const AGAIN = 10_000;

function watch(form) {
  if (form.dataset.saving) return;
  form.dataset.saving = "yes";
  const field = form.querySelector("[data-autosave-field]");
  let sent = "";
  let timer;

  function again() {
    clearTimeout(timer);
    if (form.isConnected) field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function failed() {
    const line = form.querySelector("[role=status]#saved");
    for (const node of [...line.childNodes]) if (node.nodeName !== "INPUT") node.remove();
    line.append(form.dataset.saves);
    clearTimeout(timer);
    timer = setTimeout(again, AGAIN);
  }

  form.addEventListener("htmx:beforeRequest", () => {
    sent = field.value;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const answer = event.detail.xhr;
    if (answer.status === 200 && field.value === sent) forget(form.dataset.autosave);
    else if (answer.status === 0 || answer.status >= 500) failed();
  });
  addEventListener("online", () => timer && again());
}

export function dress(root) {
  for (const form of root.querySelectorAll("[data-saves]")) watch(form);
}
