// “Insert”: a text block at the place where one writes. Without this file the server puts it last.

function insert(box, event) {
  const option = box.querySelector("select").selectedOptions[0];
  const field = document.getElementById(box.dataset.blocks);
  if (!option?.dataset.text || !field) return;
  event.preventDefault();
  const before = field.value.slice(0, field.selectionStart);
  const gap = before && !/\s$/u.test(before) ? " " : "";
  field.setRangeText(gap + option.dataset.text, field.selectionStart, field.selectionEnd, "end");
  const outcomes = [...field.form.querySelectorAll("[name=outcome]")];
  if (!outcomes.some((radio) => radio.checked)) {
    for (const radio of outcomes) radio.checked = radio.value === option.dataset.outcome;
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

export function dress(root) {
  for (const box of root.querySelectorAll("[data-blocks]")) {
    box.querySelector("button").addEventListener("click", (event) => insert(box, event));
  }
}
