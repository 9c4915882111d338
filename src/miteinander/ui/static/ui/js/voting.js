// Voting with the keyboard: 1, 2, 3, or arrows, while the card has the focus (WCAG 2.1.4).

const digits = ["1", "2", "3"];

function keyOf(event) {
  if (digits.includes(event.key)) return event.key;
  const onwards = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  return { ArrowUp: "1", ArrowDown: "2", [onwards]: "3" }[event.key];
}

// One listener for all cards that come: a key finds the next one as soon as it stands there.
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
  const card = event.target.closest?.("[data-vote-keys]");
  const button = card?.querySelector(`.vote__button[data-key="${keyOf(event)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

export function dress(root) {
  for (const told of root.querySelectorAll(".vote__keys")) told.hidden = false;
}
