// A button in a long page: only the form it stands in is drawn again, where it stands.
// Without this file the form leads to a page of its own.

export function dress(root) {
  for (const form of [...(root.matches?.("[data-swap]") ? [root] : []), ...root.querySelectorAll("[data-swap]")]) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (form.ariaBusy === "true") return; // a double click is one
      form.ariaBusy = "true";
      const body = new FormData(form);
      let answer;
      try {
        answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
      } catch {
        answer = undefined; // no network: the browser says so itself
      }
      if (!answer?.headers.has("X-Part")) {
        form.ariaBusy = "false";
        form.submit(); // the page of its own says what is wrong, or asks for a moment
        return;
      }
      const part = document.createRange().createContextualFragment(await answer.text());
      const focused = form.contains(document.activeElement);
      const fresh = [...part.children];
      form.replaceWith(part);
      fresh.forEach((element) => dress(element));
      if (focused) fresh[0]?.querySelector("button")?.focus();
    });
  }
}
