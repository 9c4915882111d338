"""Papers with a geometry of their own: name signs, contribution cards, letters.

A :class:`~miteinander.documents.shapes.Document` knows no page; a folded sign and an address
behind a window do. So these are plain data of their own, each with one template for Typst, in
the fonts and by the standards (PDF/UA-1, PDF/A-2a) of all our PDFs. What is said in them comes
as data, never as source.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, Literal

import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.documents.characters import cleaned, covered
from miteinander.documents.codes import Way, qr_svg
from miteinander.documents.pdf import STANDARDS, fonts, known_characters
from miteinander.documents.pdf_tags import in_reading_order
from miteinander.ui.accent import DEFAULT, judge
from miteinander.ui.shapes import direction

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


def typeset(paper: Paper) -> bytes:
    """The PDF of a paper; the same paper gives the same bytes."""
    shown, _missing = covered(cleaned(paper), known_characters())
    moment = datetime.combine(shown.day or date(1970, 1, 1), time(), tzinfo=UTC)
    with override(shown.language), TemporaryDirectory(prefix="miteinander-") as name:
        folder = Path(name)
        template = folder / "paper.typ"
        template.write_bytes(_template(shown.TEMPLATE))
        content = typst.compile(
            template,
            root=folder,
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"paper": json.dumps(data_of(shown), ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=int(moment.timestamp()),
        )
    return in_reading_order(content, shown.language)


def data_of(paper: Paper) -> dict[str, Any]:
    """What the template gets: the paper's own fields, its code as a drawing, and its words."""
    accent = judge(paper.accent or DEFAULT)
    way: Way = paper.way  # type: ignore[attr-defined]  # every paper that is printed has one
    return {
        **_plain(paper),
        "accent": accent.accent if accent.fits else accent.suggestion,
        "qr": qr_svg(way.address).decode(),
        "alt": _("QR code to %(address)s") % {"address": way.address},
        "typed": way.plain,
        "code": way.code,
        "words": _words(paper),
    }


def _words(paper: Paper) -> dict[str, str]:
    match paper:
        case Cards():
            return {
                "number": _("No."),
                "one": _("One thought per card. In any language."),
                "publish": _("May others read this?"),
                "yes": _("Yes, without my name"),
                "no": _("No, only the office"),
                "later": _("Or answer later, from home:"),
            }
        case _:
            return {}


def _plain(shape: Any) -> Any:
    """Dataclasses as plain JSON; each part with a language says which way it runs."""
    if is_dataclass(shape) and not isinstance(shape, type):
        made = {field.name: _plain(getattr(shape, field.name)) for field in fields(shape)}
        if "language" in made:
            made["rtl"] = direction(made["language"]) == "rtl"
            made["lang"] = made["language"].split("-")[0]
        return made
    if isinstance(shape, tuple):
        return [_plain(part) for part in shape]
    return shape.isoformat() if isinstance(shape, date) else shape


@lru_cache(maxsize=4)
def _template(name: str) -> bytes:
    folder = files("miteinander.documents") / "typeset"
    return (folder / "paper.typ").read_bytes() + (folder / f"{name}.typ").read_bytes()
