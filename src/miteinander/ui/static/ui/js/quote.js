// Words that somebody marks in the passage above a form come into its field; typing works, too.

export function dress(root) {
  const passage = root.querySelector("[data-quote-from]");
  const field = document.querySelector("[name=quote]");
  if (!passage || !field) return;
  document.addEventListener("selectionchange", () => {
    const marked = document.getSelection();
    if (marked.isCollapsed || !passage.contains(marked.anchorNode)) return;
    const words = marked.getRangeAt(0).cloneRange();
    // Three clicks mark a paragraph and the beginning of what follows it.
    if (!passage.contains(words.startContainer)) words.setStart(passage, 0);
    if (!passage.contains(words.endContainer)) words.setEnd(passage, passage.childNodes.length);
    field.value = words.toString().trim();
  });
}
