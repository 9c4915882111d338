"""A map without a library: a few tiles of the town's own server, our pins, links to move.

Drawn on the server, so it works without a script and by keyboard; whoever moves it follows a
link. It is a map on the page of places alone, and only where the town has named a server: a
browser that opens it tells that server which part of the town somebody looks at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asinh, atan, degrees, floor, pi, radians, sinh, tan

TILE = 256
WIDTH, HEIGHT = 768, 512
LEAST, MOST, CLOSEST = 3, 18, 16
FURTHEST = 85.0
"""Degrees of latitude: further north and south this projection has no end."""


@dataclass(frozen=True, slots=True)
class View:
    """What part of the world is shown: its middle, and how close."""

    latitude: float
    longitude: float
    zoom: int

    def moved(self, right: int, down: int) -> View:
        """The same, moved by some pixels."""
        x, y = _pixel(self.latitude, self.longitude, self.zoom)
        return View(*_place(x + right, y + down, self.zoom), self.zoom)

    def closer(self, step: int) -> View:
        return View(self.latitude, self.longitude, min(max(self.zoom + step, LEAST), MOST))

    def squared(self) -> View:
        """The same, moved a little so that whole tiles fill it: the middle is a corner of four."""
        x, y = _pixel(self.latitude, self.longitude, self.zoom)
        column, row = floor(x / TILE) + 0.5, max(round(y / TILE), 1)
        return View(*_place(column * TILE, row * TILE, self.zoom), self.zoom)

    def stepped(self, right: int, down: int) -> View:
        """The same, moved by whole tiles."""
        return self.moved(right * TILE, down * TILE)

    @property
    def move(self) -> str:
        """As a button sends it."""
        return f"{self.latitude:.6f},{self.longitude:.6f};{self.zoom}"

    @property
    def query(self) -> str:
        return f"at={self.latitude:.4f},{self.longitude:.4f}&zoom={self.zoom}"


@dataclass(frozen=True, slots=True)
class Tile:
    url: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Square:
    """A tile that can be pressed; its name tells which one it is."""

    name: str
    url: str
    number: int


COLUMNS, ROWS = 3, 2
PRESSED = re.compile(r"square\.(\d{1,2})\.(\d{1,7})\.(\d{1,7})\.x", re.ASCII)


def squares_of(view: View, host: str) -> list[Square]:
    """The tiles of a squared view, line by line."""
    x, y = _pixel(view.latitude, view.longitude, view.zoom)
    first, top, most = floor(x / TILE) - 1, round(y / TILE) - 1, 2**view.zoom
    places = [
        ((first + column) % most, top + row) for row in range(ROWS) for column in range(COLUMNS)
    ]
    return [
        Square(
            f"square.{view.zoom}.{column}.{row}",
            f"https://{host}/{view.zoom}/{column}/{row}.png",
            number,
        )
        for number, (column, row) in enumerate(places, start=1)
        if 0 <= row < most
    ]


def pressed_in(sent: Mapping[str, str]) -> tuple[float, float] | None:
    """Where a square was pressed; its middle, where it was a key; None where none was."""
    for name in sent:
        if (found := PRESSED.fullmatch(name)) is None:
            continue
        zoom, column, row = map(int, found.groups())
        across, down = (_within(sent.get(name[:-1] + axis, "")) for axis in "xy")
        if (across, down) == (0, 0):  # browsers send this where no pointer was used
            across = down = TILE // 2
        if zoom <= MOST and column < 2**zoom and row < 2**zoom:
            return _place(column * TILE + across, row * TILE + down, zoom)
    return None


def _within(typed: str) -> int:
    return min(int(typed), TILE) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0


def view_of(points: Sequence[tuple[float, float]], at: str = "", zoom: str = "") -> View:
    """The view that is asked for, else the closest one that shows all points."""
    middle = _all_of(points)
    parts = at.split(",")
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError:
        latitude, longitude = middle.latitude, middle.longitude
    if not (-FURTHEST <= latitude <= FURTHEST and -180 <= longitude <= 180):
        latitude, longitude = middle.latitude, middle.longitude
    is_number = zoom.isascii() and zoom.isdigit() and len(zoom) < 3
    close = min(max(int(zoom), LEAST), MOST) if is_number else middle.zoom
    return View(latitude, longitude, close)


def tiles_of(view: View, host: str) -> list[Tile]:
    """The tiles that fill the drawing, each with its place in it."""
    left, top = _corner(view)
    most = 2**view.zoom
    return [
        Tile(
            f"https://{host}/{view.zoom}/{column % most}/{row}.png",
            floor(column * TILE - left),
            floor(row * TILE - top),
        )
        for row in range(floor(top / TILE), floor((top + HEIGHT) / TILE) + 1)
        if 0 <= row < most
        for column in range(floor(left / TILE), floor((left + WIDTH) / TILE) + 1)
    ]


def spot_of(view: View, point: tuple[float, float]) -> tuple[int, int] | None:
    """Where a point lies in the drawing; None where it lies outside."""
    left, top = _corner(view)
    x, y = _pixel(*point, view.zoom)
    spot = round(x - left), round(y - top)
    return spot if 0 <= spot[0] <= WIDTH and 0 <= spot[1] <= HEIGHT else None


def _all_of(points: Sequence[tuple[float, float]]) -> View:
    if not points:
        return View(51.0, 10.0, 6)
    north, south = max(p[0] for p in points), min(p[0] for p in points)
    east, west = max(p[1] for p in points), min(p[1] for p in points)
    middle = (north + south) / 2, (east + west) / 2
    for zoom in range(CLOSEST, LEAST, -1):
        (left, top), (right, below) = _pixel(north, west, zoom), _pixel(south, east, zoom)
        if right - left < WIDTH * 0.8 and below - top < HEIGHT * 0.8:
            return View(*middle, zoom)
    return View(*middle, LEAST)


def _corner(view: View) -> tuple[float, float]:
    x, y = _pixel(view.latitude, view.longitude, view.zoom)
    return x - WIDTH / 2, y - HEIGHT / 2


def _pixel(latitude: float, longitude: float, zoom: int) -> tuple[float, float]:
    """Web Mercator: pixels from the north-west corner of the world."""
    size = TILE * 2**zoom
    latitude = min(max(latitude, -FURTHEST), FURTHEST)
    return (
        (longitude + 180) / 360 * size,
        (1 - asinh(tan(radians(latitude))) / pi) / 2 * size,
    )


def _place(x: float, y: float, zoom: int) -> tuple[float, float]:
    """The way back, kept within the world."""
    size = TILE * 2**zoom
    latitude = degrees(atan(sinh(pi * (1 - 2 * y / size))))
    longitude = (x / size * 360) % 360 - 180
    return min(max(latitude, -FURTHEST), FURTHEST), longitude
