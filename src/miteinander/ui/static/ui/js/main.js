// Everything works without this file. It only loads what the page has a use for.

const uses = [
  ["[data-autosave], [data-keep-drafts]", "./drafts.js"],
  ["[data-saves]", "./saving.js"],
  ["[data-copy]", "./copy.js"],
  ["[data-vote-keys]", "./voting.js"],
  ["[data-quote-from]", "./quote.js"],
  ["[data-refresh]", "./refresh.js"],
  ["[data-round]", "./round.js"],
  ["[data-places]", "./places.js"],
  ["[data-narrow]", "./narrow.js"],
  ["[data-sorting]", "./sorting.js"],
  ["[data-with]", "./depends.js"],
  ["[data-enter]", "./enter.js"],
  ["[data-blocks]", "./blocks.js"],
  ["input[data-proof]", "./proof.js"],
  ["[data-keys]", "./keys.js"],
  ["[data-swap]", "./swap.js"],
  ["[data-point]", "./point.js"],
];

async function dress(root) {
  for (const [selector, module] of uses) {
    if (root.querySelector(selector) || root.matches?.(selector)) {
      (await import(module)).dress(root);
    }
  }
}

const summary = document.querySelector("[role=alert][tabindex='-1']");
if (summary) summary.focus();

// A page without a form to draft in still forgets drafts that have been sent.
function hasDrafts() {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith("draft:"));
  } catch {
    return false; // storage switched off: then nothing was kept either
  }
}
if (hasDrafts()) import("./drafts.js").then(({ forgetSent }) => forgetSent(document));
dress(document);
document.addEventListener("htmx:afterSwap", (event) => dress(event.target));
document.addEventListener("refreshed", (event) => [...event.target.children].forEach(dress));
