// Drafts of long texts, kept in this browser until they have been sent.
//
// A form names its drafts with data-autosave="…". Only fields with data-autosave-field are kept.
// A draft is offered, never put back by itself: the stored text may be newer. When the form is
// sent, its draft is marked; the next page that is no error page forgets it. So a lost
// connection, which shows no page of ours, loses nothing. A page that refuses what was sent, or
// shows that somebody else saved meanwhile (data-keep-drafts), keeps it.
//
// What has been kept, and when, is told in one line of the form; so is a device that keeps nothing.

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
    return true;
  } catch {
    return false; // Storage is full or switched off: the line says that nothing is kept.
  }
}

// The line in which the form tells what became of the draft; spoken only when it changes.
function tell(form, words, at) {
  if (!words) return;
  let line = form.querySelector("[data-draft-line]");
  if (!line) {
    line = document.createElement("p");
    line.className = "small quiet";
    line.dataset.draftLine = "";
    line.setAttribute("role", "status");
    const end = form.querySelector(".form__end");
    if (end) end.before(line);
    else form.append(line);
  }
  const time = { hour: "2-digit", minute: "2-digit" };
  const when = new Date(at).toLocaleTimeString(document.documentElement.lang, time);
  const text = words.replace("{when}", when);
  if (line.textContent !== text) line.textContent = text;
}

function keep(form, key, draft) {
  const kept = write(key, draft);
  tell(form, kept ? form.dataset.draftKept : form.dataset.draftRefused, draft.at);
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
    const same = ([name, text]) => (here[name] ?? "").trim() === text.trim();
    const differs = !Object.entries(draft.texts).every(same);
    const refused = document.querySelector("[role=alert][tabindex='-1']");
    if (differs) offer(form, draft);
    else if (draft.sent && !refused) {
      forget(key); // what was sent is what stands here now
      tell(form, form.dataset.draftSent, draft.at);
    } else tell(form, form.dataset.draftKept, draft.at);
  }
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(form, key, { at: Date.now(), texts: textsOf(form) }), 600);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    write(key, { at: Date.now(), texts: textsOf(form), sent: true });
  });
}

export function dress(root) {
  for (const form of root.querySelectorAll("[data-autosave]")) watch(form);
}
