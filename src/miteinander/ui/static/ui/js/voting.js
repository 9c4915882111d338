// Voting with the keyboard: 1, 2, 3, or arrows, while the card has the focus (WCAG 2.1.4).

const digits = ["1", "2", "3"];

function keyOf(event) {
  if (digits.includes(event.key)) return event.key;
  const onwards = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  return { ArrowUp: "1", ArrowDown: "2", [onwards]: "3" }[event.key];
}

export function dress(root) {
  const card = root.matches?.("[data-vote-keys]") ? root : root.querySelector("[data-vote-keys]");
  if (!card || card.dataset.dressed) return;
  card.dataset.dressed = "yes";
  const told = card.querySelector(".vote__keys");
  if (told) told.hidden = false;
  card.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    const button = card.querySelector(`.vote__button[data-key="${keyOf(event)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
