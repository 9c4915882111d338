"""The picture that other sites show beside a link to a page of ours: drawn here, 1200 × 630.

A coloured ground, the thread across it, what the page is called. Titles are wrapped, made smaller
and in the end cut, so that none runs over the edge. Scripts that must be shaped (Arabic) are drawn
where Pillow has its shaping library; where it has not, and for scripts of which we have no font,
the picture has no title rather than a wrong one. The same content gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import unicodedata
from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from miteinander.ui.accent import contrast

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 84
DRAWING = 1
"""Counts up when the drawing changes: then all addresses change with it."""
SIZES = (76, 64, 54, 46)
MOST_LINES = 4
THREAD = "#ff8a66"
RTL = ("R", "AL")


@dataclass(frozen=True, slots=True)
class SharePicture:
    """All that is drawn, and nothing else: the address is a digest of this."""

    title: str
    label: str
    """What kind of page it is, with its number: “Maßnahme 2.4”."""
    town: str
    accent: str
    crest: str = ""
    """Which crest: files never change, so its number says all; empty without one."""

    @property
    def digest(self) -> str:
        what = json.dumps([DRAWING, *astuple(self)])
        return hashlib.sha256(what.encode()).hexdigest()[:16]


def drawn(picture: SharePicture, *, crest: bytes = b"") -> bytes:
    """The picture as PNG, with the crest (a PNG) where there is one."""
    from PIL import Image, ImageDraw  # deferred: 10 MB that most requests never need

    ground = picture.accent
    ink = "#ffffff" if contrast("#ffffff", ground) >= contrast("#12292e", ground) else "#12292e"
    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    draw = ImageDraw.Draw(image)
    _thread(draw, ink, THREAD if contrast(THREAD, ground) >= 2 else ink)
    left = MARGIN
    if crest:
        left += _crest(image, crest)
    _line(draw, picture.town, (left, 60), ink=ink, room=WIDTH - MARGIN - left)
    _line(draw, picture.label, (MARGIN, 168), ink=ink, room=WIDTH - 2 * MARGIN)
    _title(draw, picture.title, ink)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=9)
    return out.getvalue()


def _thread(draw: ImageDraw, ink: str, colour: str) -> None:
    """One wave across the picture with four knots; the last one is still open."""
    points = [(x, 560 + 16 * math.sin(x / 62)) for x in range(-20, WIDTH + 21, 4)]
    draw.line(points, fill=colour, width=9, joint="curve")
    for number, x in enumerate((MARGIN + 10, 420, 760, 1090)):
        y = 560 + 16 * math.sin(x / 62)
        box = (x - 17, y - 17, x + 17, y + 17)
        draw.ellipse(box, fill=colour if number < 3 else ink, outline=ink, width=5)


def _crest(image: Any, crest: bytes) -> int:
    from PIL import Image  # deferred: as above

    try:
        with Image.open(io.BytesIO(crest)) as opened:
            shown = opened.convert("RGBA")
    except OSError:
        return 0  # a file that is no picture any more: the rest can still be drawn
    shown.thumbnail((90, 90), Image.Resampling.LANCZOS)
    image.paste(shown, (MARGIN, 34), shown)
    return int(shown.width) + 26


def _title(draw: ImageDraw, title: str, ink: str) -> None:
    if not (text := shown_text(title)):
        return
    room = WIDTH - 2 * MARGIN
    lines: list[str] = []
    for size in SIZES:
        font = _font(_is_arabic(text), size, bold=True)
        lines = wrapped(text, font, room)
        if len(lines) <= MOST_LINES and len(lines) * size * 1.22 <= 300:
            break
    else:
        lines = _ended(lines[:MOST_LINES], font, room)
    right = _is_rtl(text)
    for number, line in enumerate(lines):
        place = (WIDTH - MARGIN if right else MARGIN, 226 + number * size * 1.22)
        draw.text(place, line, font=font, fill=ink, anchor="ra" if right else "la")


def _line(draw: ImageDraw, text: str, place: tuple[int, int], *, ink: str, room: int) -> None:
    if text := shown_text(text):
        font = _font(_is_arabic(text), 34, bold=False)
        lines = wrapped(text, font, room)
        line = lines[0] if len(lines) == 1 else _ended(lines[:1], font, room)[0]
        draw.text(place, line, font=font, fill=ink, anchor="la")


def wrapped(text: str, font: FreeTypeFont, room: int) -> list[str]:
    """Lines that fit; a word that is longer than a line is broken where the line ends."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= room:
            lines[-1] = f"{lines[-1]} {word}"
            continue
        rest = word
        while font.getlength(rest) > room:
            fits = _fitting(rest, font, room)
            lines.append(rest[:fits])
            rest = rest[fits:]
        lines.append(rest)
    return lines


def _fitting(word: str, font: FreeTypeFont, room: int) -> int:
    """How many letters of a word fit into a line; at least one."""
    few, many = 1, len(word)
    while few < many:
        middle = (few + many + 1) // 2
        few, many = (middle, many) if font.getlength(word[:middle]) <= room else (few, middle - 1)
    return few


def _ended(lines: list[str], font: FreeTypeFont, room: int) -> list[str]:
    """The last line says that there was more."""
    last = lines[-1]
    while last and font.getlength(last + " …") > room:
        last = last[:-1]
    return [*lines[:-1], last + " …"]


def shown_text(text: str) -> str:
    """What of a text can be drawn rightly.

    Symbols without a glyph are left out; a text with letters that cannot be drawn is left out
    as a whole.
    """
    text = " ".join(unicodedata.normalize("NFC", text[:400]).split())
    if _needs_shaping(text) and not _can_shape():
        return ""
    arabic = _is_arabic(text)
    kept = []
    for c in text:
        if c == " " or _has_glyph(c, arabic=arabic):
            kept.append(c)
        elif unicodedata.category(c)[0] in "LMN":
            return ""
    return " ".join("".join(kept).split())


def _is_arabic(text: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" or "\u0750" <= c <= "\u077f" for c in text)


def _is_rtl(text: str) -> bool:
    first = next((d for c in text if (d := unicodedata.bidirectional(c)) in ("L", *RTL)), "L")
    return first in RTL


def _needs_shaping(text: str) -> bool:
    return any(unicodedata.bidirectional(c) in RTL for c in text)


@lru_cache(maxsize=1)
def _can_shape() -> bool:
    from PIL import features  # deferred: as above

    return bool(features.check("raqm"))


@lru_cache(maxsize=4_096)
def _has_glyph(c: str, *, arabic: bool) -> bool:
    """A missing glyph is drawn as the font's box: whatever looks like the box has none."""
    if unicodedata.category(c) in ("Mn", "Cf"):
        return True  # drawn on its letter, or not at all
    font = _font(arabic, 46, bold=True)
    mask, box = font.getmask(c), font.getmask("\U0010fffd")
    return (mask.size, bytes(mask)) != (box.size, bytes(box))


@lru_cache(maxsize=32)
def _font(arabic: bool, size: int, *, bold: bool) -> FreeTypeFont:
    from importlib.resources import files  # deferred: as above

    from PIL import ImageFont

    package = "fontpkg_ibm_plex_sans_arabic" if arabic else "fontpkg_fira_sans"
    family = "IBMPlexSansArabic" if arabic else "FiraSans"
    name = f"{family}-{'SemiBold' if bold else 'Regular'}.ttf"
    layout = ImageFont.Layout.RAQM if _can_shape() else ImageFont.Layout.BASIC
    return ImageFont.truetype(
        io.BytesIO((files(package) / "files" / name).read_bytes()), size, layout_engine=layout
    )
