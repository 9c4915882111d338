// A list that becomes shorter while one types. Without this file the same form asks the server.

function plain(text) {
  return text.normalize("NFKC").toLowerCase().split(/\s+/u).filter(Boolean).join(" ");
}

export function dress(root) {
  for (const field of root.querySelectorAll("[data-narrow]")) {
    const list = document.querySelector(field.dataset.narrow);
    if (!list) continue;
    field.addEventListener("input", () => {
      const words = plain(field.value);
      for (const line of list.children) line.hidden = !line.dataset.words.includes(words);
    });
  }
}
