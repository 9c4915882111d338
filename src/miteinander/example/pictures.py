"""Pictures for the example's news, drawn by us: no photograph of anybody, no foreign right.

Each is a few shapes in the colours of the pages, with the red thread running through. They are
drawn large; the picture store makes them smaller, and their edges smooth, like any other.
"""

from __future__ import annotations

import io
from math import cos, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import ImageDraw

    Draw = ImageDraw.ImageDraw

SIZE = WIDTH, HEIGHT = 2400, 1500
PETROL, DEEP, PAPER, SAND, THREAD = "#0f4c55", "#0b343b", "#fbf8f2", "#f3ecdf", "#ff8a66"
PLUM, MOSS, SKY, OCHRE = "#7a2e63", "#5c7f5a", "#8bc3bf", "#d9a441"
CLOTHES = (SKY, OCHRE, PLUM, MOSS, "#b0c2c2", "#d2482c", "#e5a3d0")
SKIN = ("#e8c39e", "#8d5a3b", "#c98f66", "#f0d3b5", "#6b4226", "#d8a67c", "#a8714b")


def draw_picture(name: str) -> bytes:
    """PNG bytes of one of `PICTURES`; raises KeyError for any other name."""
    from PIL import Image, ImageDraw  # deferred: only where the example is loaded

    ground, paint = PICTURES[name]
    image = Image.new("RGB", SIZE, ground)
    paint(ImageDraw.Draw(image))
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _table(draw: Draw) -> None:
    """Seven people around a table, the thread across it."""
    draw.ellipse((-500, 900, 2900, 2400), fill=PETROL)
    middle = (WIDTH / 2, 830)
    for number in range(7):
        angle = pi + pi * (number + 0.5) / 7
        _person(draw, middle[0] + 880 * cos(angle), middle[1] + 470 * sin(angle), number)
    draw.ellipse((420, 640, 1980, 1220), fill=SAND)
    draw.ellipse((420, 610, 1980, 1180), fill=PAPER)
    for left, top in ((700, 800), (1010, 720), (1330, 730), (1620, 820), (1180, 980)):
        draw.rounded_rectangle((left, top, left + 150, top + 96), 10, fill=SKY)
    _thread(draw, lambda x: 905 + 70 * sin(x / 230), 0, WIDTH)


def _person(draw: Draw, x: float, y: float, number: int) -> None:
    draw.pieslice((x - 150, y - 10, x + 150, y + 440), 180, 360, fill=CLOTHES[number])
    draw.ellipse((x - 86, y - 170, x + 86, y + 2), fill=SKIN[number])


def _cards(draw: Draw) -> None:
    """Cards in four columns on a pinwall, some of them on the thread."""
    draw.rounded_rectangle((200, 140, 2200, 1360), 40, fill=PAPER, outline="#d8cdb8", width=18)
    colours = (SKY, OCHRE, "#b0c2c2", "#e5a3d0")
    heads = []
    for column in range(4):
        left = 320 + 460 * column
        draw.rounded_rectangle((left, 230, left + 360, 300), 16, fill=PETROL)
        for row in range(4 - column % 2):
            shift = 14 * ((column + row) % 3 - 1)
            top = 370 + 235 * row
            draw.rounded_rectangle(
                (left + shift, top, left + shift + 360, top + 180), 18, fill=colours[column]
            )
            for line in range(3):
                end = left + shift + (310, 280, 200)[(line + row) % 3]
                height = top + 48 + 42 * line
                draw.line((left + shift + 40, height, end, height), fill=DEEP, width=12)
            heads.append((left + shift + 180, top + 6))
    chosen = [heads[1], heads[6], heads[7], heads[12]]
    points = [(0, 420), *chosen, (WIDTH, 900)]
    draw.line(points, fill=THREAD, width=22, joint="curve")
    for x, y in chosen:
        draw.ellipse((x - 30, y - 30, x + 30, y + 30), fill=THREAD, outline=PAPER, width=8)


def _book(draw: Draw) -> None:
    """An open book; the thread runs in, and goes on as stitches where nothing is decided yet."""
    draw.polygon([(420, 380), (1200, 480), (1200, 1260), (420, 1130)], fill=PAPER)
    draw.polygon([(1980, 380), (1200, 480), (1200, 1260), (1980, 1130)], fill=SAND)
    draw.line((1200, 480, 1200, 1260), fill=PETROL, width=14)
    for line in range(6):
        y = 560 + 92 * line
        draw.line((540, y - 20, 1090, y + 52), fill="#b0c2c2", width=16)
        if line < 3:
            draw.line((1310, y + 52, 1860, y - 20), fill="#d8cdb8", width=16)
    _thread(draw, lambda x: 930 + 60 * sin(x / 210), 0, 1200)
    _thread(draw, lambda x: 930 + 60 * sin(x / 210), 1240, WIDTH, stitched=True)
    draw.ellipse((1160, 876, 1240, 956), fill=THREAD, outline=PAPER, width=12)


def _thread(
    draw: Draw, height: Callable[[float], float], start: int, end: int, *, stitched: bool = False
) -> None:
    """A line of yarn from `start` to `end`; as stitches where the way is still open."""
    step, dash = 8, 88
    for x in range(start, end, step):
        if stitched and (x - start) % (2 * dash) >= dash:
            continue
        draw.line((x, height(x), x + step, height(x + step)), fill=THREAD, width=24)
        draw.ellipse((x - 12, height(x) - 12, x + 12, height(x) + 12), fill=THREAD)


PICTURES: dict[str, tuple[str, Callable[[Draw], None]]] = {
    "table": (DEEP, _table),
    "cards": (SAND, _cards),
    "book": (PETROL, _book),
}
