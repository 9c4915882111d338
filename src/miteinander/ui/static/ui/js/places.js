// An order by buttons: a line moves up or down, and the places are written into the lists beside
// them. Whoever uses the lists needs no button, and whoever has no script has the lists.

export function dress(root) {
  for (const list of root.querySelectorAll("[data-places]")) {
    const lines = [...list.children];
    const place = (line) => Number(line.querySelector("select").value) || lines.length + 1;
    list.append(...lines.sort((one, other) => place(one) - place(other)));
    for (const line of lines) line.append(buttons(list, line));
  }
}

function buttons(list, line) {
  const box = document.createElement("span");
  box.className = "places__move";
  for (const way of ["up", "down"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kern-btn kern-btn--tertiary";
    const word = document.createElement("span");
    word.className = "kern-label";
    word.textContent = list.dataset[way];
    button.append(word);
    const name = line.querySelector("label").textContent.trim();
    button.setAttribute("aria-label", `${name}: ${list.dataset[way]}`);
    button.addEventListener("click", () => {
      move(list, line, way);
      button.focus();
    });
    box.append(button);
  }
  return box;
}

function move(list, line, way) {
  if (way === "up") line.previousElementSibling?.before(line);
  else line.nextElementSibling?.after(line);
  [...list.children].forEach((each, at) => {
    each.querySelector("select").value = String(at + 1);
  });
}
