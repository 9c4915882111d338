// What only makes sense with another choice is shown with it. Without this file all of it is shown.
//   data-with="audience=body"            only while the field has one of these values
//   data-without="is_protected"          only while the box is not ticked

function value(form, name) {
  const field = form.elements[name];
  return field instanceof RadioNodeList || field?.type !== "checkbox" ? field?.value : "";
}

function show(form) {
  for (const field of form.querySelectorAll("[data-with], [data-without]")) {
    const [name, values] = (field.dataset.with ?? "").split("=");
    const fits = !name || !form.elements[name] || values.split(" ").includes(value(form, name));
    const stops = field.dataset.without && form.elements[field.dataset.without]?.checked;
    field.closest(".kern-form-check, .kern-form-input").hidden = !fits || stops;
  }
  for (const group of form.querySelectorAll("fieldset")) {
    const choices = [...group.querySelectorAll(".kern-form-check")];
    if (group.querySelector("[data-with]")) group.hidden = choices.every((each) => each.hidden);
  }
}

export function dress(root) {
  const forms = new Set();
  for (const field of root.querySelectorAll("[data-with]")) forms.add(field.form);
  for (const form of forms) {
    form.addEventListener("change", () => show(form));
    show(form);
  }
}
