// “Use where I am now”: shown only where the device can say it, asked only when pressed.

export function dress(root) {
  if (!navigator.geolocation) return;
  for (const field of root.querySelectorAll("[data-point]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kern-btn kern-btn--tertiary";
    const label = button.appendChild(document.createElement("span"));
    label.className = "kern-label";
    label.textContent = field.dataset.point;
    button.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          field.value = `${coords.latitude.toFixed(3)}, ${coords.longitude.toFixed(3)}`;
          field.focus();
        },
        () => { label.textContent = field.dataset.pointFailed; },
      );
    });
    field.after(button);
  }
}
