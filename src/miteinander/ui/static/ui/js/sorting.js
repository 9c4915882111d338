// The board: cards are dragged to themes by mouse and finger, or picked up and put down by keys
// and taps. It only sends the form of the board, as ticking and choosing do; what comes back is
// the truth and replaces the page. Without this file the form stays.

const NEAR_THE_EDGE = 70;
const A_DRAG = 5; // pixels; less is a press

export function dress(root) {
  const board = root.matches?.("[data-sorting]") ? root : root.querySelector("[data-sorting]");
  if (!board || board.dataset.dressed || !board.querySelector("[data-theme]")) return;
  board.dataset.dressed = "yes";
  const themes = [...board.querySelectorAll("[data-theme]")];
  for (const card of board.querySelectorAll("[data-card]")) grip(board, card, themes);
}

const titleOf = (card) => card.querySelector("label").textContent.trim();
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function say(words) {
  const line = document.getElementById("sorted");
  if (line) line.textContent = words;
}

function grip(board, card, themes) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "board__grip";
  button.setAttribute("aria-label", `${board.dataset.grab}: ${titleOf(card)}`);
  button.setAttribute("aria-pressed", "false");
  button.textContent = board.dataset.grab;
  card.prepend(button);

  let start = null; // where the pointer went down
  let isDragged = false;
  let target = null; // the theme under the pointer, or chosen by the arrows
  let stop = null; // ends what is picked up by key or tap

  const aim = (theme) => {
    if (theme === target) return;
    target?.classList.remove("is-target");
    target = theme;
    target?.classList.add("is-target");
  };
  const clear = () => {
    aim(null);
    card.classList.remove("is-moving");
    card.style.transform = "";
    board.classList.remove("is-sorting");
    button.setAttribute("aria-pressed", "false");
    start = null;
    isDragged = false;
  };

  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || stop) return;
    start = { x: event.clientX, y: event.clientY + window.scrollY };
    button.setPointerCapture(event.pointerId);
  });
  button.addEventListener("pointermove", (event) => {
    if (!start) return;
    const across = event.clientX - start.x;
    const down = event.clientY + window.scrollY - start.y;
    if (!isDragged && Math.hypot(across, down) < A_DRAG) return;
    if (!isDragged) {
      isDragged = true;
      card.classList.add("is-moving");
      board.classList.add("is-sorting");
    }
    card.style.transform = `translate(${across}px, ${down}px)`;
    if (event.clientY < NEAR_THE_EDGE) window.scrollBy(0, -12);
    else if (event.clientY > window.innerHeight - NEAR_THE_EDGE) window.scrollBy(0, 12);
    const under = document.elementsFromPoint(event.clientX, event.clientY);
    aim(under.map((each) => each.closest("[data-theme]")).find((each) => each) ?? null);
  });
  button.addEventListener("pointerup", (event) => {
    if (!isDragged) return void (start = null); // a press: the click says the rest
    event.preventDefault();
    const theme = target;
    clear();
    button.dataset.dropped = "yes";
    if (theme) send(board, card, theme);
    else say(filled(board.dataset.left, { card: titleOf(card) }));
  });
  button.addEventListener("pointercancel", clear);
  button.addEventListener("click", () => {
    if (button.dataset.dropped) return void delete button.dataset.dropped; // the end of a drag
    if (stop) stop();
    else stop = pick();
  });

  function pick() {
    const end = new AbortController();
    const on = { signal: end.signal };
    const leave = () => {
      end.abort();
      stop = null;
      clear();
    };
    const left = () => {
      leave();
      button.focus();
      say(filled(board.dataset.left, { card: titleOf(card) }));
    };
    board.classList.add("is-sorting");
    button.setAttribute("aria-pressed", "true");
    say(filled(board.dataset.taken, { card: titleOf(card) }));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return left();
      if (event.key === "Enter" || event.key === " ") {
        if (!target || document.activeElement !== button) return;
        event.preventDefault();
        const theme = target;
        leave();
        return void send(board, card, theme);
      }
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const at = target ? themes.indexOf(target) + step : step > 0 ? 0 : themes.length - 1;
      const next = themes[(at + themes.length) % themes.length];
      aim(next);
      next.scrollIntoView({ block: "nearest" });
      const words = { theme: next.dataset.title, number: themes.indexOf(next) + 1, count: themes.length };
      say(filled(board.dataset.over, words));
    }, on);
    for (const theme of themes) {
      theme.addEventListener("click", (event) => {
        event.preventDefault();
        leave();
        send(board, card, theme);
      }, on);
    }
    return left;
  }
}

async function send(board, card, theme) {
  const form = card.closest("form");
  const body = new FormData(form);
  body.append("c", card.dataset.card); // whatever is ticked goes along
  body.set("theme", theme.dataset.theme);
  body.set("title", "");
  body.set("do", "gather");
  const place = [...board.querySelectorAll("[data-card]")].indexOf(card);
  const words = { theme: theme.dataset.title, card: titleOf(card) };
  card.hidden = true; // as if it had worked
  let page;
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    if (answer.ok || answer.status === 422) {
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    }
  } catch {
    page = undefined; // no network
  }
  const fresh = page?.getElementById("inhalt");
  if (!fresh || !page.getElementById("brett")) {
    card.hidden = false;
    card.querySelector(".board__grip").focus();
    say(board.dataset.failed);
    return;
  }
  const said = page.querySelector("[role=alert]") ? board.dataset.failed : board.dataset.moved;
  document.getElementById("inhalt").replaceWith(fresh);
  window.htmx?.process(fresh);
  fresh.dispatchEvent(new CustomEvent("htmx:afterSwap", { bubbles: true }));
  dress(fresh);
  const grips = fresh.querySelectorAll(".board__grip");
  (grips[Math.min(place, grips.length - 1)] ?? fresh).focus({ preventScroll: true });
  say(filled(said, words));
}
