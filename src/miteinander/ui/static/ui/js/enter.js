// Ctrl+Enter sends the form; Enter alone does while the way named here is chosen (cards of a wall).
// Shift+Enter begins a new line. Without this file the button sends it.

export function dress(root) {
  for (const field of root.querySelectorAll("[data-enter]")) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      const alone = field.form.elements.channel?.value === field.dataset.enter;
      if (!alone && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      field.form.requestSubmit();
    });
  }
}
