"""Papers with a geometry of their own: name signs, contribution cards, letters.

A :class:`~miteinander.documents.shapes.Document` knows no page; a folded sign and an address
behind a window do. So these are plain data of their own, each with one template for Typst, in
the fonts and by the standards (PDF/UA-1, PDF/A-2a) of all our PDFs. What is said in them comes
as data, never as source. Making them is `documents.papers_pdf`'s: pages that only speak of papers
never load a typesetter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from miteinander.documents.codes import Way

SignSize = Literal["tent", "badge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What all papers have."""

    TEMPLATE: ClassVar[str] = ""

    title: str
    language: str
    publisher: str
    accent: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """Whose place it is: the institution first, because it is what the others ask for."""

    organisation: str
    function: str
    name: str = ""
    place: str = ""
    """At which table, where tables are planned; in each round, where there are several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs(Paper):
    """Name signs: to fold and stand on a table, or small ones to pin on."""

    TEMPLATE: ClassVar[str] = "signs"

    signs: tuple[Sign, ...]
    size: SignSize = "tent"
    event: str = ""
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards(Paper):
    """Contribution cards, four on a page; each has a number, by which it is typed in once."""

    TEMPLATE: ClassVar[str] = "cards"

    question: str
    question_language: str
    event: str
    count: int
    first: int = 1
    way: Way


@dataclass(frozen=True, slots=True)
class Passage:
    """Somebody's words within a letter, in their own language, under a short title."""

    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSheet(Paper):
    """One page to answer a call on: the question, lines, the consent, and where it is taken in."""

    TEMPLATE: ClassVar[str] = "sheet"

    question: str
    question_language: str
    about: str = ""
    asks_place: bool = False
    """Whether there is a line for where it is about."""
    until: str = ""
    """Until when it can be handed in, as a sentence."""
    places: tuple[tuple[str, str], ...] = ()
    """Where: a name and what to know of it."""
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter after DIN 5008, form B; every letter speaks its recipient's language."""

    language: str
    recipient: tuple[str, ...]
    """Up to six lines of the address field."""
    day_written: str
    information: tuple[tuple[str, str], ...]
    subject: str
    paragraphs: tuple[str, ...]
    passages: tuple[Passage, ...] = ()
    """After the second paragraph; each runs as its language does."""
    facts: tuple[tuple[str, str], ...] = ()
    agenda_title: str = ""
    agenda: tuple[str, ...] = ()
    agenda_language: str = ""
    closing: tuple[str, ...] = ()
    scan: str = ""
    """What the QR code is for, as a sentence beside it."""
    page: str = ""
    """How its further pages are numbered, with {page} and {pages}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters(Paper):
    TEMPLATE: ClassVar[str] = "letters"

    sender: tuple[str, ...]
    """Letterhead: the town, the office, its address."""
    returned_to: str
    """One line above the address: where the post brings it back."""
    letters: tuple[Letter, ...]
    way: Way
