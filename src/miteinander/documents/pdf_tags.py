"""What Typst leaves unsaid in the tags of a PDF, written into the finished file (decision 0048).

Only pieces of equal length are exchanged, so that every offset in the file stays true and no
library has to read and write it again. Where a pattern does not fit, nothing is changed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from miteinander.ui.shapes import direction

ARABIC = b"IBMPlexSansArabic"

_ROW = re.compile(rb"/S/TR/P (\d+) 0 R/K\[(\d+) 0 R([ 0-9R]*)\]")
_CELL = re.compile(
    rb"\n(\d+) 0 obj\n<<[^\n]{0,40}?/S/TD/P \d+ 0 R/A\[<</O/Table(/Headers\[[^\]]*\])"
)


def with_row_heads(content: bytes) -> bytes:
    """Say that the first cell of a row heads it.

    A cell that named its column heads one by one is now found by the scope of its heads, and
    the first of a row is a head itself.
    """
    made = bytearray(content)
    firsts = {row[2] for row in _ROW.finditer(content)}
    for cell in _CELL.finditer(content):
        heads = cell.start(2), cell.end(2)
        scope = b"/Scope/Row" if cell[1] in firsts else b""
        made[heads[0] : heads[1]] = scope.ljust(heads[1] - heads[0])
        if scope:
            at = content.index(b"/S/TD", cell.start(), heads[0])
            made[at : at + 5] = b"/S/TH"
    return bytes(made)


# --- lines from right to left ------------------------------------------------------------------

_ELEMENT = re.compile(rb"\n(\d+) 0 obj\n<</Type/StructElem/S/\w+/P (\d+) 0 R([^\n]*)")
_KIDS = re.compile(rb"/K\[([0-9R ]+)\]/Pg (\d+) 0 R")
_KID = re.compile(rb"\d+ 0 R|\d+")
_LANGUAGE = re.compile(rb"/Lang\(([\w-]+)\)")
_MARKED = re.compile(rb"/MCID (\d+)")
_PLACE = re.compile(rb"[-\d.]+ ([-\d.]+) cm")
_FONT = re.compile(rb"/(f\d+) [\d.]+ Tf")
_SHOWN = re.compile(rb"\(((?:\\.|[^\\)])*)\)", re.DOTALL)
_BYTE = re.compile(rb"\\[0-7]{3}|\\.|.", re.DOTALL)
LINE = 6
"""Points: marks above letters move less from the line, another line is further away."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a line as it was painted."""

    number: int
    height: float
    runs: str
    """`rtl`, `ltr`, or empty for a blank or a single sign, which runs as its neighbours do."""


def in_reading_order(content: bytes, language: str) -> bytes:
    """Put the pieces of Arabic lines into the order in which they are read.

    Typst lists the pieces of a line as they were painted, from left to right. Here each line is
    turned round as far as it runs from right to left, within the element that it belongs to.
    """
    if ARABIC not in content:
        return content
    file = _File(content, language)
    made = bytearray(content)
    for element in _ELEMENT.finditer(content):
        kids = _KIDS.search(element[3])
        if kids is None:
            continue
        pieces = file.pieces(kids[2])
        start = element.start(3) + kids.start(1)
        backwards = direction(file.spoken(element[1])) == "rtl"
        for numbers in _neighbours(kids[1]):
            found = [pieces[int(number[0])] for number in numbers if int(number[0]) in pieces]
            if len(found) < len(numbers) or not any(piece.runs == "rtl" for piece in found):
                continue
            ordered = b" ".join(b"%d" % piece.number for piece in _read(found, backwards=backwards))
            made[start + numbers[0].start() : start + numbers[-1].end()] = ordered
    return bytes(made)


def _neighbours(kids: bytes) -> Iterator[list[re.Match[bytes]]]:
    """Runs of pieces between which no other element stands."""
    for is_piece, found in groupby(_KID.finditer(kids), key=lambda kid: b"R" not in kid[0]):
        if is_piece:
            yield list(found)


def _read(pieces: Sequence[_Piece], *, backwards: bool) -> list[_Piece]:
    """Each line by itself, as the two directions stand in each other."""
    lines: list[list[_Piece]] = []
    for piece in pieces:
        if lines and abs(lines[-1][-1].height - piece.height) < LINE:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [
        piece
        for line in lines
        for piece in (_turned(line[::-1], "ltr") if backwards else _turned(line, "rtl"))
    ]


def _turned(line: list[_Piece], runs: str) -> list[_Piece]:
    """Turn round every run of pieces of one direction, with the blanks inside it."""
    made = list(line)
    start = 0
    while start < len(made):
        if made[start].runs != runs:
            start += 1
            continue
        end = start
        for place in range(start, len(made)):
            if made[place].runs == runs:
                end = place
            elif made[place].runs:
                break
        made[start : end + 1] = made[start : end + 1][::-1]
        start = end + 1
    return made


class _File:
    """What has to be looked up in the file: languages of elements, pieces of pages."""

    def __init__(self, content: bytes, language: str) -> None:
        self.content, self.language = content, language
        self.objects = {o[1]: o.end() for o in re.finditer(rb"\n(\d+) 0 obj\n", content)}
        self.told = {
            found[1]: (found[2], _LANGUAGE.search(found[3])) for found in _ELEMENT.finditer(content)
        }
        self.pages: dict[bytes, dict[int, _Piece]] = {}

    def spoken(self, element: bytes) -> str:
        """The language of an element, or of the nearest around it that says one."""
        while element in self.told:
            element, own = self.told[element]
            if own:
                return own[1].decode()
        return self.language

    def line(self, number: bytes) -> bytes:
        start = self.objects[number]
        return self.content[start : self.content.index(b"\n", start)]

    def pieces(self, page: bytes) -> dict[int, _Piece]:
        if page not in self.pages:
            self.pages[page] = dict(self._painted(self.line(page)))
        return self.pages[page]

    def _painted(self, page: bytes) -> Iterator[tuple[int, _Piece]]:
        resources, contents = (
            re.search(rb"/%s (\d+) 0 R" % name, page) for name in (b"Resources", b"Contents")
        )
        if resources is None or contents is None:
            return
        fonts = re.findall(rb"/(f\d+) (\d+) 0 R", self.line(resources[1]))
        arabic = {name for name, number in fonts if ARABIC in self.line(number)}
        start = self.content.index(b"stream\n", self.objects[contents[1]]) + len(b"stream\n")
        painted = zlib.decompressobj().decompress(self.content[start:])
        marks = list(_MARKED.finditer(painted))
        for mark, after in zip(marks, [*marks[1:], None], strict=True):
            # between the marks, whose own words are not shown
            piece = painted[mark.end() : after.start() if after else len(painted)]
            piece = piece[: piece.rfind(b"EMC")].partition(b"BDC")[2]
            place = _PLACE.search(piece)
            if place is None:
                continue
            used = set(_FONT.findall(piece))
            signs = sum(len(_BYTE.findall(shown)) for shown in _SHOWN.findall(piece)) // 2
            runs = "rtl" if used & arabic else "ltr" if signs > 1 else ""
            yield int(mark[1]), _Piece(int(mark[1]), float(place[1]), runs)
