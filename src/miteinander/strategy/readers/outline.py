"""Which headings of a document are fields, goals and measures: guessed, with the reason told.

    h1 … h9   headings by their level
    n1 … n4   numbered paragraphs by the depth of their number, where no heading says more
    b         short lines that are bold from beginning to end

A heading that says itself what it is (“Ziel 2: …”) is that, whatever its level was guessed as.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from miteinander.strategy.readers.blocks import Block, Paragraph, Table
from miteinander.strategy.readers.labels import (
    is_area,
    key_of,
    labelled,
    meaning_of,
    named_in,
    numbered,
)

ROLES = ("field", "goal", "measure", "text", "ignore")
"""What a level may be: a kind of thing, part of what it stands in, or not read."""
LONGEST_BOLD = 160
LONGEST_NUMBERED = 400
SAMPLES = 3
_CHAPTERS = frozenset(
    """vorwort grusswort einleitung inhalt inhaltsverzeichnis literatur literaturverzeichnis
    impressum anhang glossar begriffe danksagung quellen quellenverzeichnis ausblick
    zusammenfassung abkuerzungsverzeichnis abbildungsverzeichnis entstehungsprozess
    monitoring evaluation schlusswort praeambel herausgeber kontakt""".split()  # noqa: SIM905 -- a sentence is easier to read
)


@dataclass(slots=True)
class Level:
    """One sort of heading, and what it is taken for."""

    key: str
    role: str = "text"
    why: str = ""
    """“named”, “sheets”, “area”, “between”, “numbered”, “chosen”, or nothing."""
    count: int = 0
    samples: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key, "role": self.role, "why": self.why, "count": self.count,
            "samples": self.samples,
        }  # fmt: skip


@dataclass(slots=True)
class Outline:
    levels: dict[str, Level] = field(default_factory=dict)
    has_area: bool = False

    def role(self, key: str) -> str:
        return self.levels[key].role if key in self.levels else "text"


def key_of_heading(block: Paragraph) -> str:
    """The sort of heading that a paragraph is, or “”."""
    if block.level:
        return f"h{block.level}"
    if block.is_bold and not block.depth and len(block.text) <= LONGEST_BOLD:
        return "b"
    return ""


def number_of(block: Paragraph) -> tuple[str, str, int]:
    """Number, title and depth of a numbered paragraph; a typed number counts like a made one."""
    if block.number:
        return block.number, block.text, block.depth or block.number.count(".") + 1
    number, rest = numbered(block.text)
    return (number, rest, number.count(".") + 1) if number else ("", block.text, 0)


def is_chapter(heading: str) -> bool:
    """Whether a heading is one that every report has: a preface, the literature."""
    words = key_of(numbered(heading)[1]).split()
    return bool(words) and words[0] in _CHAPTERS


def outline_of(blocks: Sequence[Block], chosen: Mapping[str, str]) -> Outline:
    """Guess what each sort of heading is; what somebody chose is not guessed."""
    found = Outline()
    named: dict[str, Counter[str]] = defaultdict(Counter)
    backed: Counter[str] = Counter()
    inside = _within_area(blocks)
    found.has_area = any(inside)
    for at, block in enumerate(blocks):
        if isinstance(block, Table) or (found.has_area and not inside[at]):
            continue
        key = key_of_heading(block)
        if not key:
            number, title, depth = number_of(block)
            if not number or len(title) > LONGEST_NUMBERED or depth > 4:
                continue
            key = f"n{depth}"
        elif is_chapter(block.text) or meaning_of(block.text.rstrip(":")):
            continue
        level = found.levels.setdefault(key, Level(key))
        level.count += 1
        if len(level.samples) < SAMPLES:
            level.samples.append(block.text[:100])
        if (told := named_in(block.text)) is not None:
            named[key][told.role] += 1
        backed[key] += _is_sheet_next(blocks, at)
    _guess(found, named, backed)
    for key, role in chosen.items():
        if key in found.levels and role in ROLES:
            found.levels[key].role, found.levels[key].why = role, "chosen"
    found.levels = dict(sorted(found.levels.items()))
    return found


def _within_area(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks lie below a heading like “Handlungsfelder im Detail”."""
    inside, area = [], 0
    for block in blocks:
        if isinstance(block, Paragraph) and block.level:
            if area and block.level <= area:
                area = 0
            if not area and is_area(block.text):
                area = block.level
                inside.append(False)
                continue
        inside.append(bool(area))
    return inside


def _is_sheet_next(blocks: Sequence[Block], at: int) -> bool:
    """Whether a measure sheet follows: two labels that only measures have, before any heading."""
    labels = 0
    for block in blocks[at + 1 : at + 12]:
        if isinstance(block, Table):
            firsts = {meaning_of(row[0].rstrip(":")) for row in block.rows if row}
            if len(firsts & OF_MEASURES) >= 2:
                return True
            continue
        if key_of_heading(block) and not meaning_of(block.text.rstrip(":")):
            return False
        label, _said = labelled(block.text)
        labels += meaning_of(label or block.text) in OF_MEASURES
        if labels >= 2:
            return True
    return False


OF_MEASURES = frozenset(
    {"lead", "partners", "period", "cost", "funding", "first_steps", "starts", "ends",
     "target_groups", "cost_once", "cost_yearly", "staff_need", "horizon"}
)  # fmt: skip


def _guess(found: Outline, named: Mapping[str, Counter[str]], backed: Counter[str]) -> None:
    levels = found.levels

    def take(key: str, role: str, why: str) -> None:
        levels[key].role, levels[key].why = role, why

    def taken(role: str) -> str:
        return next((key for key, level in levels.items() if level.role == role), "")

    headings = sorted(key for key in levels if key[0] == "h")
    numbers = sorted(key for key in levels if key[0] == "n")
    for key in [*headings, *numbers, "b"]:
        for role in ("field", "goal", "measure"):
            if key in levels and 2 * named[key][role] > levels[key].count and not taken(role):
                take(key, role, "named")
    free = [key for key in headings if levels[key].role == "text"]
    if not taken("measure"):
        sheets = [k for k in (*free, "b") if k in levels and backed[k] >= 0.4 * levels[k].count]
        if sheets:
            take(sheets[-1], "measure", "sheets")
    free = [key for key in headings if levels[key].role == "text"]
    measure, goal = taken("measure"), taken("goal")
    above = [key for key in free if not measure or measure[0] != "h" or key < measure]
    if not taken("field") and above and (found.has_area or measure or goal):
        nearest = [key for key in above if not goal or key < goal]
        chosen = nearest[:1] if found.has_area or goal else nearest[-2:][:1]
        if chosen:
            take(chosen[0], "field", "area" if found.has_area else "between")
    upper = taken("field")
    between = [
        key for key in headings
        if levels[key].role == "text" and upper and key > upper
        and (not measure or measure[0] != "h" or key < measure)
    ]  # fmt: skip
    if between and not goal:
        take(between.pop(0), "goal", "between")
    if between and not taken("measure"):
        take(between[0], "measure", "between")
    _guess_numbers(found, numbers, taken("goal"), taken("measure"))


def _guess_numbers(found: Outline, numbers: Sequence[str], goal: str, measure: str) -> None:
    """Numbered paragraphs: goals and measures, or measures, as far as headings leave that open."""
    open_ones = [key for key in numbers if found.levels[key].role == "text"]
    wanted = ["measure"] if goal else ["goal", "measure"]
    if len(open_ones) == 1 or measure:
        wanted = ["measure"]
    for key, role in zip(open_ones, wanted, strict=False):
        found.levels[key].role, found.levels[key].why = role, "numbered"
