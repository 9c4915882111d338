// One key for each button of a card, while the card itself has the focus; arrows go from card
// to card. Nobody who types in a field is disturbed.

export function dress(root) {
  const list = root.matches?.("[data-round]") ? root : root.querySelector("[data-round]");
  list?.addEventListener("keydown", (event) => {
    const card = event.target;
    if (!card.matches("[data-card]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const cards = [...list.querySelectorAll("[data-card]")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      cards[cards.indexOf(card) + step]?.focus();
      return;
    }
    const control = card.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!control) return;
    event.preventDefault();
    control.click();
    if (control.matches("summary")) control.parentElement.querySelector("textarea, select")?.focus();
  });
}
