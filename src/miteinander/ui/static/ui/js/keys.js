// A list that is worked through by keyboard: j and k move from row to row, other letters press
// what carries them (data-key) in the row where one is. Nothing happens while somebody types.

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

function watch(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "yes";
  const rows = [...form.querySelectorAll("[data-keys-row]")];
  const hint = form.querySelector("[data-keys-hint]");
  if (hint) hint.hidden = false;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPING)) return;
    const key = event.key.toLowerCase();
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    if (key === "j" || key === "k") {
      const next = key === "j" ? at + 1 : Math.max(at - 1, 0);
      rows[Math.min(next, rows.length - 1)]?.focus();
    } else if (at >= 0) {
      const pressed = rows[at].querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (!pressed) return;
      pressed.click();
      if (pressed.type === "checkbox") rows[at].focus();
    } else return;
    event.preventDefault();
  });
}

export function dress(root) {
  for (const form of root.querySelectorAll("[data-keys]")) watch(form);
}
