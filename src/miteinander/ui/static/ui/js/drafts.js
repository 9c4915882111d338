// Drafts of long texts, kept in this browser until they have been sent.
//
// A form names its drafts with data-autosave="…". Only fields with data-autosave-field are kept.
// A draft is offered, never put back by itself: the stored text may be newer. When the form is
// sent, its draft is marked; the next page that is no error page forgets it. So a lost
// connection, which shows no page of ours, loses nothing.

const PREFIX = "draft:";
const DAYS = 14;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null; // storage switched off, or a foreign value: then there is no draft
  }
}

function names() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return []; // as above
  }
}

function write(key, draft) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft));
  } catch {
    // Storage is full or switched off. Typing goes on; only the safety net is missing.
  }
}

function fieldsOf(form) {
  return [...form.querySelectorAll("[data-autosave-field]")];
}

function textsOf(form) {
  return Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
}

export function forget(key) {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // storage switched off: then there is nothing to forget
  }
}

export function forgetSent(root) {
  if (root.querySelector("[data-keep-drafts]")) return;
  const open = new Set([...root.querySelectorAll("[data-autosave]")].map((f) => f.dataset.autosave));
  const old = Date.now() - DAYS * 24 * 3600 * 1000;
  for (const name of names()) {
    const key = name.slice(PREFIX.length);
    const draft = read(key);
    if (!draft || draft.at < old || (draft.sent && !open.has(key))) localStorage.removeItem(name);
  }
}

function offer(form, draft) {
  const words = form.dataset;
  const box = document.createElement("p");
  box.className = "draft-found";
  box.setAttribute("role", "status");
  const text = document.createElement("span");
  const when = new Date(draft.at).toLocaleString(document.documentElement.lang);
  text.textContent = (words.draftFound ?? "{when}").replace("{when}", when);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "kern-btn kern-btn--secondary";
  button.innerHTML = '<span class="kern-label"></span>';
  button.firstChild.textContent = words.draftRestore ?? "↺";
  button.addEventListener("click", () => {
    for (const field of fieldsOf(form)) {
      if (field.name in draft.texts) field.value = draft.texts[field.name];
    }
    box.remove();
    fieldsOf(form)[0]?.focus();
  });
  box.append(text, button);
  form.prepend(box);
}

function watch(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "yes";
  const key = form.dataset.autosave;
  const draft = read(key);
  if (draft) {
    const here = textsOf(form);
    const differs = Object.entries(draft.texts).some(([name, text]) => (here[name] ?? "") !== text);
    if (differs) offer(form, draft);
  }
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => write(key, { at: Date.now(), texts: textsOf(form) }), 600);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    write(key, { at: Date.now(), texts: textsOf(form), sent: true });
  });
}

export function dress(root) {
  for (const form of root.querySelectorAll("[data-autosave]")) watch(form);
}
