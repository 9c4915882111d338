"""Minutes by point of the agenda: one text, cut at its headings and put together again.

The minutes stay one Markdown text: translated, searched, corrected and frozen as a whole. In
meeting mode everybody writes under one point, so that two people at two points never meet. What
belongs to a point stands under a heading of the second level with its number and name. Nothing
is ever lost when the agenda changes: a heading that fits no point any more stays where it is.
Pure: no database. We did not give each point a text of its own: there would be two wordings.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

# Markdown lets a heading stand up to three spaces in; four make a block of code.
_HEADING = re.compile(r"^ {0,3}##[ \t]+(?:(\d+)\.[ \t]+)?(\S.*?)[ \t]*$", re.MULTILINE)
_TOO_HIGH = re.compile(r"^( {0,3})#{1,2}(?=[ \t]+\S)", re.MULTILINE)
_LINE_ENDS = re.compile(r"\r\n?")
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading; `title` is empty before the first."""

    number: int | None
    title: str
    text: str

    def written(self) -> str:
        if not self.title:
            return self.text
        number = f"{self.number}. " if self.number else ""
        return f"## {number}{self.title}\n\n{self.text}".rstrip()


def sections_of(text: str) -> list[Section]:
    """Cut a text at its headings; joining the sections again gives the same words."""
    text = _LINE_ENDS.sub("\n", text)
    found = list(_HEADING.finditer(text))
    first = found[0].start() if found else len(text)
    sections = [Section(None, "", _trimmed(text[:first]))]
    for number, heading in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        body = _trimmed(text[heading.end() : end])
        sections.append(Section(int(heading[1]) if heading[1] else None, heading[2], body))
    return sections


def passages_of(text: str, agenda: Sequence[str]) -> list[str]:
    """What has been written about each point of the agenda, in its order; "" for nothing yet."""
    sections = sections_of(text)
    places = _places(sections, agenda)
    return ["" if place is None else sections[place].text for place in places]


def with_passage(text: str, agenda: Sequence[str], number: int, passage: str) -> str:
    """The whole text with another passage about one point; `number` counts from 1."""
    sections = sections_of(text)
    places = _places(sections, agenda)
    place = places[number - 1]
    written = Section(number, agenda[number - 1].strip(), tidy(passage))
    if place is not None and written.text:
        sections[place] = written
    elif place is not None:
        del sections[place]
    elif written.text:
        before = [each for each in places[: number - 1] if each is not None]
        sections.insert(max(before, default=0) + 1, written)
    # Numbers follow the agenda, also those of the other points.
    for point, index in enumerate(_places(sections, agenda), start=1):
        if index is not None:
            sections[index] = replace(sections[index], number=point)
    return "\n\n".join(words for each in sections if (words := each.written()))


def tidy(passage: str) -> str:
    """A passage as it is kept: headings in it stand below the heading of its point."""
    return _TOO_HIGH.sub(r"\1###", _trimmed(_LINE_ENDS.sub("\n", passage)))


def _trimmed(text: str) -> str:
    """Without blank lines around it; how far its first line stands in has a meaning."""
    return _BLANK_LINES.sub("", text).rstrip()


def mark_of(passage: str) -> str:
    """What a form carries to say which wording its writer had before them."""
    return hashlib.sha256(passage.encode()).hexdigest()[:16]


def _places(sections: Sequence[Section], agenda: Sequence[str]) -> list[int | None]:
    """In which section each point stands: by number and name, else by name alone."""
    free = [index for index, section in enumerate(sections) if section.title]
    places: list[int | None] = [None] * len(agenda)
    for is_exact in (True, False):
        for point, title in enumerate(agenda):
            if places[point] is not None:
                continue
            for index in free:
                section = sections[index]
                if _key(section.title) != _key(title):
                    continue
                if not is_exact or section.number == point + 1:
                    places[point] = index
                    free.remove(index)
                    break
    return places


def _key(title: str) -> str:
    return " ".join(title.split()).casefold()
