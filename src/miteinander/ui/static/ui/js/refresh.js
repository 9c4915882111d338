// A list that others add to: looked at again every few seconds, while somebody looks at it.
// data-refresh-from names a smaller page than this one that holds it too.
// Nothing moves under a finger or a cursor; what this browser has pressed stays pressed.

export function dress(root) {
  const list = root.matches?.("[data-refresh]") ? root : root.querySelector("[data-refresh]");
  if (!list) return;
  setInterval(async () => {
    if (document.hidden || list.contains(document.activeElement)) return;
    const answer = await fetch(list.dataset.refreshFrom ?? location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return; // tried again soon
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(list.id);
    if (!fresh || list.contains(document.activeElement)) return;
    for (const mine of list.querySelectorAll(".support:has([value=take_back])")) {
      const item = mine.closest("[id^=q-]");
      fresh.querySelector(`#${CSS.escape(item.id)} .support`)?.replaceWith(mine);
    }
    list.replaceChildren(...fresh.childNodes);
    list.dispatchEvent(new CustomEvent("refreshed", { bubbles: true }));
  }, 1000 * Number(list.dataset.refresh));
}
