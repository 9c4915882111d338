// Words that somebody marks in the passage above a form come into its field; typing works, too.

export function dress(root) {
  const passage = root.querySelector("[data-quote-from]");
  const field = document.querySelector("[name=quote]");
  if (!passage || !field) return;
  document.addEventListener("selectionchange", () => {
    const marked = document.getSelection();
    if (marked.isCollapsed || !passage.contains(marked.anchorNode) || !passage.contains(marked.focusNode)) return;
    field.value = marked.toString().trim();
  });
}
