"""Documents as PDF: set by Typst, tagged, declared as PDF/UA-1 and PDF/A-2a.

The text goes to Typst as data (`sys.inputs`), never as source: nothing that somebody typed can
become a command. Fonts come from two wheels and from nowhere else, the date is the document's,
so the same document is the same file on every machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from fontTools.ttLib import TTFont

from miteinander.core.errors import Refusal, filled
from miteinander.documents.characters import covered
from miteinander.documents.formats import Rendered
from miteinander.documents.pdf_tags import in_reading_order, with_row_heads
from miteinander.documents.shapes import (
    LETTERS,
    Block,
    Document,
    Facts,
    Figure,
    Listing,
    Paragraph,
    Remark,
    Run,
    Section,
    Table,
    Text,
    item_blocks,
    paragraphs,
    plain,
    target,
    walk,
)
from miteinander.ui.accent import DEFAULT, judge
from miteinander.ui.shapes import direction

STANDARDS: list[Any] = ["ua-1", "a-2a"]
"""Both in one file; PDF/UA-2 and PDF/A-4 need PDF 2.0, which Typst does not tag (0046)."""

FONTS = {
    "fontpkg_fira_sans": ("FiraSans-Regular", "FiraSans-SemiBold", "FiraSans-Italic"),
    "fontpkg_ibm_plex_sans_arabic": ("IBMPlexSansArabic-Regular", "IBMPlexSansArabic-SemiBold"),
}

WIDE = 8
"""From this number of columns on, a table stands on a page on its side."""
LONG_WORD = 60
MOST_SHEETS = 1_000
"""Measures in one PDF: Typst keeps all pages at once, about a megabyte for each (0073)."""
"""Letters. Shorter words are divided as German divides them, where there is not enough room."""
PAGE_LINES = 36
"""Lines of running text on a page, counted carefully."""


def rendered(document: Document) -> Rendered:
    """Typeset a document; characters that no font has are spelled out and reported.

    Refuses a document whose pages would need more memory than a small server has.
    """
    _require_room(document)
    shown, missing = covered(document, known_characters())
    with override(shown.language), TemporaryDirectory(prefix="miteinander-") as name:
        folder = Path(name)
        data = _Data(shown, folder).whole()
        template = folder / "document.typ"
        template.write_bytes(_template())
        content = typst.compile(
            template,
            root=folder,
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=int(_moment(shown).timestamp()),
        )
    return Rendered(in_reading_order(with_row_heads(content), shown.language), missing)


def _require_room(document: Document) -> None:
    sheets = sum(section.keeps_together for _depth, section in walk(document))
    if sheets > MOST_SHEETS:
        raise Refusal(
            filled(
                gettext_lazy("A PDF holds up to %(most)s measures; this document has %(sheets)s."),
                most=MOST_SHEETS,
                sheets=sheets,
            ),
            where=document.title,
            do=gettext_lazy(
                "Please take the web page, the e-book, DOCX or ODT: they hold them all."
            ),
        )


def _moment(document: Document) -> datetime:
    """The archive wants a date; where a document has none it is the same one for ever."""
    return datetime.combine(document.day or date(1970, 1, 1), time(), tzinfo=UTC)


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (files("miteinander.documents") / "typeset" / "document.typ").read_bytes()


def _font_folder(package: str) -> Path:
    return Path(str(files(package))) / "files"


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(_font_folder(package)) for package in FONTS],
    )


@lru_cache(maxsize=1)
def known_characters() -> frozenset[int]:
    """The code points that every style of a family has, of all families together."""
    known: set[int] = set()
    for package, names in FONTS.items():
        styles = []
        for name in names:
            with TTFont(_font_folder(package) / f"{name}.ttf", lazy=True) as font:
                styles.append(set(font.getBestCmap()))
        known |= set.intersection(*styles)
    return frozenset(known)


# --- the document as data for the template ---------------------------------------------------


@dataclass
class _Data:
    document: Document
    folder: Path
    labels: set[str] = field(default_factory=set)
    pictures: int = 0

    def __post_init__(self) -> None:
        self.free = {s.identifier for _depth, s in walk(self.document) if s.identifier}
        self.labels = set(self.free)

    def whole(self) -> dict[str, Any]:
        document = self.document
        accent = judge(document.accent or DEFAULT)
        language, region = _tag(document.language) or ("de", None)
        day = _moment(document)
        front = [document.publisher, document.day_written, document.imprint, document.identifier]
        return {
            "title": document.title,
            "divides": max(map(len, document.title.split())) > 24,
            "short": _shortened(document.title),
            "subtitle": document.subtitle,
            "publisher": document.publisher,
            "keywords": list(document.keywords),
            "description": document.description or None,
            "day": [day.year, day.month, day.day],
            "lang": language,
            "region": region,
            "rtl": direction(document.language) == "rtl",
            "accent": accent.accent if accent.fits else accent.suggestion,
            "covers": int(document.has_cover),
            "crest": self.picture(document.crest) if document.crest else None,
            "front": [_breakable(text) for text in front if text],
            "foot": _shortened(document.imprint or document.identifier),
            "page-label": _("Page {page} of {pages}"),
            "contents-label": _("Contents") if document.has_contents and document.sections else "",
            "blocks": self.blocks(document.blocks, at_top=True),
            "sections": [self.section(s, at_top=True) for s in document.sections],
            "closing": self.blocks(document.closing),
        }

    def section(self, section: Section, *, at_top: bool) -> dict[str, Any]:
        label = section.identifier if section.identifier in self.free else ""
        self.free.discard(label)
        together = _together(section) if section.keeps_together else "no"
        at_top = at_top and together == "no"
        return {
            "title": _breakable(section.title) or "–",
            "number": section.number,
            "mark": section.mark,
            "label": label,
            "listed": not section.unlisted,
            "breaks": section.breaks and at_top,
            "together": together,
            "blocks": self.blocks(section.blocks, at_top=at_top),
            "sections": [self.section(below, at_top=at_top) for below in section.sections],
            **self.foreign(section.language),
        }

    def foreign(self, language: str) -> dict[str, Any]:
        """The marks of a language that is not the document's; else nothing."""
        tag = _tag(language)
        if tag is None or tag == _tag(self.document.language):
            return {}
        marks = {"lang": tag[0], "rtl": direction(language) == "rtl"}
        return {**marks, "region": tag[1]} if tag[1] else marks

    # --- lines ----------------------------------------------------------------------------

    def line(self, text: Text) -> str | list[dict[str, Any]]:
        if isinstance(text, str):
            return _breakable(text)
        return [self.run(run) for run in text] or ""

    def run(self, run: Run) -> dict[str, Any]:
        made: dict[str, Any] = {"t": _breakable(run.text), **self.foreign(run.language)}
        if run.strong:
            made["s"] = 1
        if run.emphasis:
            made["e"] = 1
        address = target(run.address, self.document.base) if run.address else ""
        if address.startswith("#"):
            if address[1:] in self.labels:
                made["to"] = address[1:]
        elif address:
            made["url"] = address
        return made

    def cell(self, text: Text) -> str | list[dict[str, Any]]:
        """In a narrow column an address breaks earlier; words are divided by the typesetter."""
        return _breakable_code(text) if isinstance(text, str) else self.line(text)

    def parts(self, text: Text) -> list[str | list[dict[str, Any]]]:
        if isinstance(text, str) and "\n" not in text:
            return [_breakable(text.strip())] if text.strip() else []
        return [self.line(part) for part in paragraphs(text)]

    # --- blocks ---------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block], *, at_top: bool = False) -> list[dict[str, Any]]:
        return [data for block in blocks for data in self.block(block, at_top=at_top)]

    def block(self, block: Block, *, at_top: bool) -> list[dict[str, Any]]:
        match block:
            case Paragraph():
                made = self.paragraph(block)
            case Listing():
                made = self.listing(block)
            case Facts():
                made = self.facts(block)
            case Table():
                made = self.table(block, wide=at_top and len(block.columns) >= WIDE)
            case Remark():
                made = self.remark(block)
            case Figure():
                return self.figure(block, at_top=at_top)
        return [made] if made else []

    def paragraph(self, block: Paragraph) -> dict[str, Any] | None:
        parts = self.parts(block.text)
        if not parts:
            return None
        made = {"kind-of": "paragraph", "parts": parts, **self.foreign(block.language)}
        return {**made, "lead": 1} if block.lead else made

    def listing(self, block: Listing) -> dict[str, Any] | None:
        items = [self.blocks(item_blocks(item)) for item in block.items]
        if not items:
            return None
        return {
            "kind-of": "listing",
            "ordered": block.ordered,
            "start": max(0, block.starts_at),
            "tight": all(len(plain_of(item)) < 160 for item in block.items),
            "items": items,
            **self.foreign(block.language),
        }

    def facts(self, block: Facts) -> dict[str, Any] | None:
        if not block.pairs:
            return None
        pairs = [
            {
                "name": _breakable(name, at=24) or "–",
                "parts": self.parts(text),
                "tall": len(name) > 20 and len(plain(text)) < 6 * len(name),
                "long": len(plain(text)) > 900 or plain(text).count("\n") > 12,
            }
            for name, text in block.pairs
        ]
        return {"kind-of": "facts", "pairs": pairs}

    def table(self, block: Table, *, wide: bool) -> dict[str, Any]:
        return {
            "kind-of": "table",
            "wide": wide,
            "caption": _breakable(block.caption),
            "columns": [self.cell(column) for column in block.columns],
            "rows": [[self.cell(cell) for cell in row] for row in block.rows],
            "weights": list(block.shares()),
            "roomy": block.roomy,
            "alignments": [block.alignment(n) for n in range(len(block.columns))],
            **self.foreign(block.language),
        }

    def remark(self, block: Remark) -> dict[str, Any]:
        return {
            "kind-of": "remark",
            "kind": block.kind,
            "title": block.title,
            "parts": self.parts(block.text),
            "blocks": self.blocks(block.blocks),
            "long": len(plain(block.text)) > 600 or bool(block.blocks),
            **self.foreign(block.language),
        }

    def figure(self, block: Figure, *, at_top: bool) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = [
            {
                "kind-of": "figure",
                "picture": self.picture(block),
                "caption": _breakable(block.caption),
                "width": block.width,
                "followed": bool(plain(block.sentence)),
                **self.foreign(block.language),
            }
        ]
        if sentence := self.paragraph(Paragraph(block.sentence, block.language)):
            made.append(sentence)
        if block.table:
            made.append(self.table(block.table, wide=at_top and len(block.table.columns) >= WIDE))
        return made

    def picture(self, figure: Figure) -> dict[str, Any]:
        kind = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}[figure.media_type]
        made: dict[str, Any] = {"format": kind, "alt": figure.alternative}
        if kind == "svg":
            return {**made, "svg": figure.content.decode("utf-8", "replace")}
        self.pictures += 1
        name = f"{self.pictures}.{kind}"
        (self.folder / name).write_bytes(figure.content)
        return {**made, "path": f"/{name}"}


def plain_of(item: Any) -> str:
    """The words of a point of a list, to judge its length."""
    return "".join(
        plain(block.text) if isinstance(block, Paragraph) else " " * 80
        for block in item_blocks(item)
    )


def _tag(language: str) -> tuple[str, str | None] | None:
    """Language and region of a tag as Typst takes them."""
    found = re.fullmatch(r"([a-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?(?:-.*)?", language)
    return (found[1], found[2].upper() if found[2] else None) if found else None


def _shortened(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _breakable(text: str, at: int = LONG_WORD) -> str:
    """Let a word that is longer than any line break anyway, without adding a hyphen."""
    if len(text) <= at:
        return text
    return re.sub(rf"\S{{{at},}}", _in_pieces, text)


def _breakable_code(text: str) -> str:
    """The same for a cell, where addresses and file numbers are soon too long."""
    if len(text) <= 12:
        return text
    return _breakable(re.sub(r"(?=\S*[\d@/._])\S{12,}", _in_pieces, text))


def _in_pieces(word: re.Match[str]) -> str:
    if "\u200b" in word[0]:
        return word[0]
    return "\u200b".join(re.findall(r".{1,8}", word[0]))


def _together(section: Section) -> str:
    """Say whether a part fits on a page for sure, perhaps, or certainly not."""
    lines = _lines(section)
    if lines <= 0.6 * PAGE_LINES:
        return "surely"
    return "perhaps" if lines <= 2 * PAGE_LINES else "no"


def _lines(section: Section) -> float:
    """An upper estimate of the height, in lines; a picture counts as more than a page."""

    def of_text(text: Text, width: int) -> float:
        return sum(
            0.6 + len(plain(part)) // width + 1 + plain(part).count("\n")
            for part in paragraphs(text)
        )

    total = 3.0 + len(section.title) // 40
    for block in section.blocks:
        match block:
            case Paragraph():
                total += of_text(block.text, 60)
            case Facts():
                total += 1.5 + sum(
                    max(of_text(t, 45) + 0.4, len(n) / 18 + 1) for n, t in block.pairs
                )
            case Remark():
                total += 3 + of_text(block.text, 60) + 100 * bool(block.blocks)
            case Table() if len(block.columns) < WIDE:  # a wider one may get a page of its own
                widths = [max(1, int(share * LETTERS) - 4) for share in block.shares()]
                total += 2 + sum(
                    max(1.6, *(of_text(c, width) for c, width in zip(row, widths, strict=True)))
                    + (1.6 if block.roomy else 0.8)
                    for row in (block.columns, *block.rows)
                )
            case _:
                total += 100
    return total + sum(_lines(below) for below in section.sections)
