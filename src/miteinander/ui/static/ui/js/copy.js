// “Copy the code”: shown only where the browser can do it.

export function dress(root) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard || !button.hidden) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent);
      button.querySelector(".kern-label").textContent = button.dataset.copied;
    });
  }
}
