"""Which characters a document may hold, and what stands for one that no font of ours has.

Files of offices are XML, and XML knows no control characters; a PDF for the archive may not hold
a letter without a shape. So every document is cleaned before it is rendered, and before it is
typeset every character is looked up in the fonts: what they lack is replaced by something
readable and reported, never printed as a box.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Protocol, TypeVar

from miteinander.documents.shapes import Section

CODES = frozenset(
    {
        "language", "identifier", "address", "media_type", "kind", "accent", "base",
        "alignments", "content",
    }
)  # fmt: skip
"""What is not text for people."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u202a-\u202e"  # they turn lines round, and the text after them as well
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
LINE_ENDS = re.compile("\r\n?|\x85|\u2028")
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u2066\u2067\u2068\u2069")
"""What shapes or divides lines and needs no shape of its own."""

JOINERS = re.compile("[\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0000-\U000e007f]")
"""What only makes sense beside the sign it changes, such as the tone of a thumb."""

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that no font of ours has, and where it stood."""

    character: str
    name: str
    """Its name in Unicode."""
    where: str
    """The heading it stood under, else the document's title."""
    times: int = 1


class Titled(Protocol):
    """A document, or a paper with a geometry of its own."""

    @property
    def title(self) -> str: ...


Whole = TypeVar("Whole", bound=Titled)


def cleaned(document: Whole) -> Whole:
    """Without control characters; line ends and composed letters in one way."""
    return _changed(document, lambda text, _where: clean(text), document.title)


def clean(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n").replace("\t", " ")
    return unicodedata.normalize("NFC", FORBIDDEN.sub("", text))


def covered(document: Whole, known: Collection[int]) -> tuple[Whole, tuple[Missing, ...]]:
    """Replace what is not among the known code points; tell what it was and where it stood."""
    found: Counter[tuple[str, str]] = Counter()

    def change(text: str, where: str) -> str:
        if all(ord(character) in known for character in text):
            return text
        shown, lacking = spelled(text, known)
        found.update((character, where) for character in lacking)
        return shown

    changed = _changed(document, change, document.title)
    return changed, tuple(
        Missing(character, unicodedata.name(character, "").lower(), where, times)
        for (character, where), times in found.items()
    )


def spelled(text: str, known: Collection[int]) -> tuple[str, list[str]]:
    """A text that the known characters can show, and those that they could not.

    Compatible signs (a ligature, a circled number) become what they stand for. A picture sign is
    named; letters of a script that we have no font for become one “[?]” per word.
    """
    shown: list[str] = []
    lacking: list[str] = []
    for character in text:
        if character == "\n" or character in INVISIBLE or _drawn(character, known):
            shown.append(character)
            continue
        simple = unicodedata.normalize("NFKC", character)
        if simple != character and all(_drawn(part, known) for part in simple):
            shown.append(simple)
            continue
        if JOINERS.match(character):
            continue
        lacking.append(character)
        stand_in = "[?]"
        if unicodedata.category(character) == "So":
            stand_in = f"[{unicodedata.name(character, 'sign').lower()}]"
        if stand_in != "[?]" or shown[-1:] != ["[?]"]:
            shown.append(stand_in)
    return "".join(shown), lacking


def _drawn(character: str, known: Collection[int]) -> bool:
    """Private characters look like something else in every font: they count as unknown."""
    return ord(character) in known and unicodedata.category(character) != "Co"


def _changed(shape: Shape, change: Callable[[str, str], str], where: str) -> Shape:
    """Rewrite every text of a shape, however deep; what does not change stays the same object."""
    made: Any = shape
    if isinstance(shape, str):
        made = change(shape, where)
    elif isinstance(shape, tuple):
        parts = tuple(_changed(part, change, where) for part in shape)
        if any(new is not old for new, old in zip(parts, shape, strict=True)):
            made = parts
    elif is_dataclass(shape) and not isinstance(shape, type):
        if isinstance(shape, Section):
            where = f"{shape.number} {shape.title}".strip()
        new: dict[str, Any] = {}
        for field in fields(shape):
            if field.name not in CODES:
                old = getattr(shape, field.name)
                if (value := _changed(old, change, where)) is not old:
                    new[field.name] = value
        if new:
            made = replace(shape, **new)
    result: Shape = made
    return result
