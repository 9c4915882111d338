"""What a DOCX keeps beside its text: styles, numbering, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from miteinander.strategy.readers.packed import Attributes, Parts

_HEADING = re.compile(r"(?:heading|überschrift)\s*(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|verzeichnis|inhaltsverzeichnis|table of figures)\b", re.IGNORECASE)
OFF = {"0", "false", "off"}
DEEPEST = 9


@dataclass(slots=True)
class Style:
    name: str = ""
    base: str = ""
    level: int | None = None
    """Outline level from 1; 0 says that it is text."""
    list_id: str | None = None
    list_level: int | None = None
    is_bold: bool | None = None


class Styles:
    """How paragraphs look; what a style does not say, the one it is based on says."""

    def __init__(self) -> None:
        self.known: dict[str, Style] = {}
        self.current: Style | None = None
        self.worked_out: dict[str, Style] = {}

    def read(self, parts: Parts, path: str) -> None:
        parts.parse(path, self._start, self._end)

    def _start(self, tag: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        if tag == "style":
            self.current = self.known[attributes.get("styleId", "")] = Style()
        elif (style := self.current) is None:
            return
        elif tag == "name":
            style.name = value
        elif tag == "basedOn":
            style.base = value
        elif tag == "outlineLvl":
            style.level = level_of(value)
        elif tag == "numId":
            style.list_id = value
        elif tag == "ilvl":
            style.list_level = int(value)
        elif tag == "b":
            style.is_bold = value not in OFF

    def _end(self, tag: str) -> None:
        if tag == "style":
            self.current = None

    def of(self, key: str) -> Style:
        """A style with everything that it inherits."""
        if key in self.worked_out:
            return self.worked_out[key]
        found = Style(name=self.known[key].name if key in self.known else key)
        seen: set[str] = set()
        at = key
        while at in self.known and at not in seen:
            seen.add(at)
            style = self.known[at]
            for name in ("level", "list_id", "list_level", "is_bold"):
                if getattr(found, name) is None:
                    setattr(found, name, getattr(style, name))
            if found.level is None and (named := _HEADING.match(style.name)):
                found.level = int(named[1])
            at = style.base
        self.worked_out[key] = found
        return found


def is_contents(name: str) -> bool:
    return bool(_CONTENTS.match(name))


def level_of(value: str) -> int:
    """Outline levels count from 0 in the file; 9 says text."""
    level = int(value) + 1
    return level if level <= DEEPEST else 0


@dataclass(slots=True)
class Level:
    start: int = 1
    sort: str = "decimal"
    pattern: str = ""
    """“%1.%2”."""
    restarts_after: int | None = None

    def hear(self, tag: str, value: str) -> None:
        if tag == "start":
            self.start = int(value)
        elif tag == "numFmt":
            self.sort = value
        elif tag == "lvlText":
            self.pattern = value
        elif tag == "lvlRestart":
            self.restarts_after = int(value)


@dataclass(slots=True)
class List:
    levels: dict[int, Level] = field(default_factory=dict)
    overrides: dict[int, int] = field(default_factory=dict)
    abstract: str = ""


class Numbering:
    """Works out what Word shows before a paragraph: “2.4”, “b)”, or nothing for a bullet."""

    def __init__(self) -> None:
        self.abstracts: dict[str, List] = {}
        self.lists: dict[str, List] = {}
        self.by_style: dict[str, int] = {}
        """Styles that are a level of a list, without saying which."""
        self.counters: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        self._list: List | None = None
        self._level = 0

    def read(self, parts: Parts, path: str) -> None:
        parts.parse(path, self._start, self._end)

    def _start(self, tag: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        if tag == "abstractNum":
            self._list = self.abstracts[attributes.get("abstractNumId", "")] = List()
        elif tag == "num":
            self._list = self.lists[attributes.get("numId", "")] = List()
        elif (current := self._list) is None:
            return
        elif tag == "abstractNumId":
            current.abstract = value
        elif tag == "lvlOverride":
            self._level = int(attributes.get("ilvl", "0"))
        elif tag == "startOverride":
            current.overrides[self._level] = int(value)
        elif tag == "lvl":
            self._level = int(attributes.get("ilvl", "0"))
            current.levels[self._level] = Level()
        elif tag == "pStyle":
            self.by_style[value] = self._level
        elif self._level in current.levels:
            current.levels[self._level].hear(tag, value)

    def _end(self, tag: str) -> None:
        if tag in {"abstractNum", "num"}:
            self._list = None

    def next(self, list_id: str, at: int) -> str:
        """The number of the next paragraph of a list on a level; “” of a bullet."""
        found = self.lists.get(list_id)
        if found is None:
            return ""
        abstract = self.abstracts.get(found.abstract, List())
        levels = {**abstract.levels, **found.levels}
        level = levels.get(at)
        if level is None:
            return ""
        counters = self.counters.setdefault(found.abstract or list_id, {})
        if at in found.overrides and (list_id, at) not in self.begun:
            self.begun.add((list_id, at))
            counters[at] = found.overrides[at]
        else:
            counters[at] = counters.get(at, level.start - 1) + 1
        for deeper in [n for n in counters if n > at]:
            if levels.get(deeper, Level()).restarts_after != 0:
                del counters[deeper]
        if level.sort in {"bullet", "none"}:
            return ""

        def shown(mark: re.Match[str]) -> str:
            which = int(mark[1]) - 1
            one = levels.get(which, Level())
            sort = "decimal" if one.sort in {"bullet", "none"} else one.sort
            return written_in(sort, counters.get(which, one.start))

        return re.sub(r"%(\d)", shown, level.pattern).strip().rstrip(".")


def written_in(sort: str, number: int) -> str:
    """A number as letters or in Roman figures, where a list has it so."""
    if sort in {"lowerLetter", "upperLetter", "a", "A"} and 0 < number < 1000:
        letter = chr(96 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1)
        return letter.upper() if sort in {"upperLetter", "A"} else letter
    if sort in {"lowerRoman", "upperRoman", "i", "I"} and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            while number >= value:
                roman, number = roman + sign, number - value
        return roman if sort in {"upperRoman", "I"} else roman.lower()
    return str(number)


_ROMAN = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]  # fmt: skip


def notes_in(parts: Parts, path: str) -> dict[str, str]:
    """Footnotes or endnotes by their key; what was deleted in them is left out."""
    found: dict[str, str] = {}
    pieces: list[str] = []
    key, gone, in_text = "", 0, False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal key, gone, in_text
        if tag in {"footnote", "endnote"}:
            pieces.clear()
            key = "" if attributes.get("type") else attributes.get("id", "")
        elif tag in {"del", "moveFrom"}:
            gone += 1
        elif tag == "t":
            in_text = True
        elif tag == "p" and pieces:
            pieces.append(" ")

    def end(tag: str) -> None:
        nonlocal gone, in_text
        if tag in {"footnote", "endnote"} and key:
            found[key] = " ".join("".join(pieces).split())
        elif tag in {"del", "moveFrom"}:
            gone -= 1
        elif tag == "t":
            in_text = False

    def text(written: str) -> None:
        if in_text and not gone:
            pieces.append(written)

    parts.parse(path, start, end, text)
    return found
