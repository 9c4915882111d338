"""The marks of the picture: groups differ in shape as well as in colour. Knows no NumPy."""

from __future__ import annotations

WIDTH, HEIGHT = 720, 460
SHAPES = ("circle", "square", "diamond", "triangle", "cross")
CORNERS = {
    "square": [(-.85, -.85), (.85, -.85), (.85, .85), (-.85, .85)],
    "diamond": [(0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)],
    "triangle": [(0, -1.25), (1.2, 0.95), (-1.2, 0.95)],
    "cross": [(-.4, -1.2), (.4, -1.2), (.4, -.4), (1.2, -.4), (1.2, .4), (.4, .4),
              (.4, 1.2), (-.4, 1.2), (-.4, .4), (-1.2, .4), (-1.2, -.4), (-.4, -.4)],
}  # fmt: skip
"""The outline of each shape around its middle, in sizes of the mark."""


def outline(group: int, x: float, y: float, size: float) -> str:
    """The mark of a group as the data of an SVG path; people without a group are small rings."""
    kind = SHAPES[group % len(SHAPES)] if group >= 0 else "ring"
    if kind in CORNERS:
        points = (f"{x + size * dx:.1f} {y + size * dy:.1f}" for dx, dy in CORNERS[kind])
        return f"M{'L'.join(points)}Z"
    r = size * (0.6 if kind == "ring" else 1)
    half = f"a{r:.1f} {r:.1f} 0 1 0"
    return f"M{x - r:.1f} {y:.1f}{half} {2 * r:.1f} 0{half} {-2 * r:.1f} 0Z"
