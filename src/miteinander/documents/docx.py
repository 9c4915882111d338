"""Documents for Word: styles, lists, heads that repeat, languages; nothing formatted by hand.

python-docx keeps the package, the styles and the pictures; the body is written as XML directly,
because a concept has thousands of cells. Whoever edits the file changes a style, not a hundred
paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

import docx
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu

from miteinander.documents.archive import repacked
from miteinander.documents.docx_styles import set_up
from miteinander.documents.formats import Rendered
from miteinander.documents.pictures import as_raster
from miteinander.documents.shapes import (
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
    runs,
    target,
    walk,
)
from miteinander.ui.shapes import direction

TEXT_WIDTH = 9185
"""Twentieths of a point: 162 mm."""
WIDE_TEXT_WIDTH = 14170
EMU_PER_TWIP = 635
WIDE = 8
DEEPEST = 9
REMARKS = {"objection": "Objection", "answer": "Objection", "quotation": "Quote"}
CELLS = {"start": "TableText", "center": "TableCentre", "end": "TableNumber"}


def rendered(document: Document) -> Rendered:
    with override(document.language):
        return Rendered(_Writer(document).file())


def _el(tag: str, *inner: Any, **attributes: str) -> Any:
    """One element of WordprocessingML; attribute names without their prefix."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), value)
    made.extend(inner)
    return made


def _text(words: str) -> Iterator[Any]:
    for number, part in enumerate(words.split("\n")):
        if number:
            yield _el("br")
        if part:
            made = _el("t")
            made.text = part
            made.set(qn("xml:space"), "preserve")
            yield made


def _complex_field(code: str, shown: str = "", *, dirty: bool = False) -> list[Any]:
    """A field that the word processor works out, such as the number of the page."""
    instruction = _el("instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    begin = _el("fldChar", fldCharType="begin", **({"dirty": "true"} if dirty else {}))
    return [
        _el("r", begin),
        _el("r", instruction),
        _el("r", _el("fldChar", fldCharType="separate")),
        *([_el("r", *_text(shown))] if shown else []),
        _el("r", _el("fldChar", fldCharType="end")),
    ]


@dataclass
class _Writer:
    document: Document
    file_: Any = field(default_factory=docx.Document)
    anchors: dict[str, str] = field(default_factory=dict)
    lists: int = 0
    bookmarks: int = 0
    pictures: int = 0
    breaks_next: bool = False
    """Whether the next paragraph begins a page."""

    def file(self) -> bytes:
        document = self.document
        set_up(self.file_, document)
        self.body = self.file_.element.body
        self.end = self.body[-1]
        for child in list(self.body)[:-1]:
            self.body.remove(child)
        for number, (_depth, section) in enumerate(walk(document), 1):
            if section.identifier:
                self.anchors.setdefault(section.identifier, f"part_{number}")
        self.head()
        if document.has_contents and document.sections:
            self.contents()
        self.put(self.blocks(document.blocks))
        for section in document.sections:
            self.section(section, 1)
        self.put(self.blocks(document.closing, style="Closing"))
        self.frame()
        self.told()
        kept = BytesIO()
        self.file_.save(kept)
        return repacked(kept.getvalue(), first="[Content_Types].xml")

    def put(self, elements: Iterable[Any]) -> None:
        for element in elements:
            if self.breaks_next and element.tag == qn("w:p"):
                element.pPr.insert(1, _el("pageBreakBefore"))
                self.breaks_next = False
            self.end.addprevious(element)

    # --- the frame ------------------------------------------------------------------------

    def told(self) -> None:
        """What the file says of itself; the day is the document's, never today."""
        document, core = self.document, self.file_.core_properties
        moment = datetime.combine(document.day or date(1970, 1, 1), time(), tzinfo=UTC)
        core.title, core.author = document.title[:255], document.publisher[:255]
        core.subject, core.comments = document.subtitle[:255], document.description[:255]
        core.keywords = ", ".join(document.keywords)[:255]
        core.language, core.identifier = document.language, document.identifier[:255]
        core.last_modified_by, core.revision = document.publisher[:255], 1
        core.created = core.modified = core.last_printed = moment.replace(tzinfo=None)

    def head(self) -> None:
        document = self.document
        if document.crest:
            self.put([self.paragraph("CoverCrest", [self.picture(document.crest, height=936_000)])])
        self.put([self.paragraph("Title", self.line(document.title))])
        if document.subtitle:
            self.put([self.paragraph("Subtitle", self.line(document.subtitle))])
        told = [document.publisher, document.day_written, document.imprint, document.identifier]
        self.put(self.paragraph("CoverImprint", self.line(text)) for text in told if text)

    def contents(self) -> None:
        """A table of contents that the word processor fills with pages, and links until then."""
        deepest = max(1, min([3, *(d - 1 for d, s in walk(self.document) if s.unlisted)]))
        heading = self.paragraph("TOCHeading", self.line(_("Contents")))
        if self.document.has_cover:
            self.breaks_next = True
        self.put([heading])
        begin = _complex_field(f'TOC \\o "1-{deepest}" \\h \\z \\u', dirty=True)
        entries = []
        for number, (depth, section) in enumerate(walk(self.document), 1):
            if section.unlisted or depth > deepest:
                continue
            words = self.line(f"{section.number} {section.title}".strip(), section.language)
            words = [_el("hyperlink", *words, anchor=f"part_{number}", history="1")]
            entries.append(self.paragraph(f"TOC{depth}", words, section.language))
        if entries:
            for part in reversed(begin[:-1]):
                entries[0].insert(1, part)
            entries[-1].append(begin[-1])
            self.put(entries)
        self.breaks_next = self.document.has_cover

    def frame(self) -> None:
        """Title above, edition and page below; a cover has neither."""
        part = self.file_.sections[0]
        part.different_first_page_header_footer = self.document.has_cover
        header, footer = part.header.paragraphs[0], part.footer.paragraphs[0]
        header._p.extend(self.line(self.document.title[:120]))
        pages = re.split(r"(\{pages?\})", _("Page {page} of {pages}"))
        codes = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
        foot = self.document.imprint or self.document.publisher
        footer._p.extend([*self.line(foot), _el("r", _el("tab"))])
        for piece in pages:
            footer._p.extend(
                _complex_field(codes[piece], "1") if piece in codes else self.line(piece)
            )

    # --- parts ----------------------------------------------------------------------------

    def section(self, section: Section, depth: int) -> None:
        words = self.line(f"{section.number} ".lstrip())
        words += self.line(section.title or "–", section.language)
        if section.mark:
            words += [*self.line(" "), *self.line(section.mark, style="Mark")]
        heading = self.paragraph(f"Heading{min(depth, DEEPEST)}", words, section.language)
        self.bookmarks += 1  # as `walk` counts
        number = str(self.bookmarks)
        heading.insert(1, _el("bookmarkStart", id=number, name=f"part_{number}"))
        heading.append(_el("bookmarkEnd", id=number))
        self.breaks_next = self.breaks_next or section.breaks
        self.put([heading])
        style = "SheetText" if section.keeps_together else "Normal"
        self.put(self.blocks(section.blocks, style=style, about=section.title, at_top=True))
        for below in section.sections:
            self.section(below, depth + 1)

    # --- lines ----------------------------------------------------------------------------

    def paragraph(self, style: str, words: Iterable[Any], language: str = "") -> Any:
        properties = _el("pPr", _el("pStyle", val=style))
        if direction(language or self.document.language) == "rtl":
            properties.append(_el("bidi"))
        return _el("p", properties, *words)

    def line(self, text: Text, language: str = "", style: str = "") -> list[Any]:
        return [part for run in runs(text) for part in self.run(run, language, style)]

    def run(self, run: Run, around: str, style: str) -> list[Any]:
        if not run.text:
            return []
        address = target(run.address, self.document.base) if run.address else ""
        inner = address[1:] if address.startswith("#") else ""
        address = "" if inner and inner not in self.anchors else address
        look = {(True, False): "Strong", (False, True): "Emphasis", (True, True): "StrongEmphasis"}
        chosen = "Hyperlink" if address else look.get((run.strong, run.emphasis), style)
        made = _el("r", *self.marks(run.language or around, chosen), *_text(run.text))
        if not address:
            return [made]
        if inner:
            return [_el("hyperlink", made, anchor=self.anchors[inner], history="1")]
        link = _el("hyperlink", made, history="1")
        relation = self.file_.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
        return [link]

    def marks(self, language: str, style: str) -> list[Any]:
        """Style and language of a run; what is the document's goes unsaid."""
        parts = [_el("rStyle", val=style)] if style else []
        spoken = language or self.document.language
        backwards = direction(spoken) == "rtl"
        if backwards:
            parts.append(_el("rtl"))
        if language and language != self.document.language:
            parts.append(_el("lang", **{"bidi" if backwards else "val": language}))
        return [_el("rPr", *parts)] if parts else []

    # --- blocks ---------------------------------------------------------------------------

    def blocks(
        self,
        blocks: Iterable[Block],
        *,
        style: str = "Normal",
        about: str = "",
        at_top: bool = False,
    ) -> Iterator[Any]:
        for block in blocks:
            match block:
                case Paragraph():
                    look = "Lead" if block.lead else style
                    yield from self.running(block.text, look, block.language)
                case Listing():
                    yield from self.listing(block, 0)
                case Facts():
                    yield from self.facts(block, about)
                case Table():
                    yield from self.table(block, at_top=at_top)
                case Remark():
                    yield from self.remark(block)
                case Figure():
                    yield from self.figure(block, at_top=at_top)

    def running(self, text: Text, style: str, language: str = "") -> Iterator[Any]:
        for part in paragraphs(text):
            yield self.paragraph(style, self.line(part, language), language)

    def listing(self, block: Listing, level: int) -> Iterator[Any]:
        number = self.new_list(ordered=block.ordered, start=block.starts_at, level=min(level, 8))
        style = "ListNumber" if block.ordered else "ListBullet"
        for item in block.items:
            is_first = True
            for part in item_blocks(item):
                if isinstance(part, Listing):
                    yield from self.listing(part, level + 1)
                elif isinstance(part, Paragraph):
                    language = part.language or block.language
                    for words in paragraphs(part.text):
                        made = self.paragraph(
                            style if is_first else "ListContinue",
                            self.line(words, language),
                            language,
                        )
                        if is_first:
                            place = (_el("ilvl", val=str(min(level, 8))), _el("numId", val=number))
                            made.pPr.insert(1, _el("numPr", *place))
                        is_first = False
                        yield made
                else:
                    yield from self.blocks([part])

    def new_list(self, *, ordered: bool, start: int, level: int) -> str:
        """Every ordered list counts for itself; all lists with points share one definition."""
        if not ordered:
            return "1"
        self.lists += 1
        number = str(self.lists + 1)
        override_ = _el(
            "lvlOverride", _el("startOverride", val=str(max(0, start))), ilvl=str(level)
        )
        numbering = self.file_.part.numbering_part.element
        numbering.append(_el("num", _el("abstractNumId", val="1"), override_, numId=number))
        return number

    def facts(self, block: Facts, about: str) -> Iterator[Any]:
        if not block.pairs:
            return
        widths = [int(TEXT_WIDTH * 0.29), TEXT_WIDTH - int(TEXT_WIDTH * 0.29)]
        rows = []
        for number, (name, text) in enumerate(block.pairs, 1):
            style = "FactName" if number < len(block.pairs) else "FactNameLast"
            cells = [
                [self.paragraph(style, self.line(name))],
                list(self.running(text, "Fact")) or [self.paragraph("Fact", [])],
            ]
            rows.append(self.row(cells, widths))
        yield self.grid("FactSheet", block.caption or about, widths, rows, look="0080")
        yield self.paragraph("AfterTable", [])

    def table(self, block: Table, *, at_top: bool) -> Iterator[Any]:
        wide = at_top and len(block.columns) >= WIDE
        room = WIDE_TEXT_WIDTH if wide else TEXT_WIDTH
        widths = [int(room * share) for share in block.shares()]
        language = block.language
        if wide:
            yield self.turned(landscape=False)
        yield self.paragraph("Caption", self.line(block.caption, language), language)
        heads = [
            [self.paragraph(self.head_style(block, n), self.line(column, language), language)]
            for n, column in enumerate(block.columns)
        ]
        rows = [self.row(heads, widths, heads=True)]
        styles = [CELLS[block.alignment(n)] for n in range(len(block.columns))]
        for row in block.rows:
            cells = [
                list(self.running(cell, style, language)) or [self.paragraph(style, [])]
                for cell, style in zip(row, styles, strict=True)
            ]
            rows.append(self.row(cells, widths))
        yield self.grid("DataTable", block.caption, widths, rows, look="00A0", language=language)
        yield self.turned(landscape=True) if wide else self.paragraph("AfterTable", [])

    @staticmethod
    def head_style(block: Table, column: int) -> str:
        return "TableHeadNumber" if block.alignment(column) == "end" else "TableHead"

    def turned(self, *, landscape: bool) -> Any:
        """End a part of the file whose pages stand upright or on their side."""
        made = self.paragraph("AfterTable", [])
        size = {"w": "11906", "h": "16838"}
        if landscape:
            size = {"w": "16838", "h": "11906", "orient": "landscape"}
        references = [
            deepcopy(child)
            for child in self.end
            if child.tag in {qn("w:headerReference"), qn("w:footerReference")}
        ]
        margins = next(child for child in self.end if child.tag == qn("w:pgMar"))
        made.pPr.append(_el("sectPr", *references, _el("pgSz", **size), deepcopy(margins)))
        return made

    def row(self, cells: list[list[Any]], widths: list[int], *, heads: bool = False) -> Any:
        properties = _el("trPr", _el("cantSplit"), *([_el("tblHeader")] if heads else []))
        return _el(
            "tr",
            properties,
            *(
                _el("tc", _el("tcPr", _el("tcW", w=str(width), type="dxa")), *inner)
                for inner, width in zip(cells, widths, strict=True)
            ),
        )

    def grid(
        self,
        style: str,
        caption: str,
        widths: list[int],
        rows: list[Any],
        *,
        look: str,
        language: str = "",
    ) -> Any:
        properties = [_el("tblStyle", val=style)]
        if direction(language or self.document.language) == "rtl":
            properties.append(_el("bidiVisual"))
        properties += [
            _el("tblW", w=str(sum(widths)), type="dxa"),
            _el("tblLayout", type="fixed"),
            _el(
                "tblLook", val=look, firstRow=str(int(look == "00A0")), lastRow="0",
                firstColumn="1", lastColumn="0", noHBand="1", noVBand="1",
            ),
            *([_el("tblCaption", val=caption)] if caption else []),
        ]  # fmt: skip
        columns = _el("tblGrid", *(_el("gridCol", w=str(width)) for width in widths))
        return _el("tbl", _el("tblPr", *properties), columns, *rows)

    def remark(self, block: Remark) -> Iterator[Any]:
        style = REMARKS.get(block.kind, "Remark")
        if block.title:
            yield self.paragraph(
                f"{style}Title" if style != "Quote" else style, self.line(block.title)
            )
        yield from self.running(block.text, style, block.language)
        yield from self.blocks(block.blocks, style=style)

    def figure(self, block: Figure, *, at_top: bool) -> Iterator[Any]:
        yield self.paragraph("Figure", [self.picture(block, share=block.width)])
        if block.caption:
            yield self.paragraph(
                "FigureCaption", self.line(block.caption, block.language), block.language
            )
        yield from self.running(block.sentence, "Normal", block.language)
        if block.table:
            yield from self.table(block.table, at_top=at_top)

    def picture(self, figure: Figure, *, share: float = 1.0, height: int = 0) -> Any:
        """A drawing with its alternative text, as wide as wanted and never higher than a page."""
        content = as_raster(figure)
        most = int(TEXT_WIDTH * EMU_PER_TWIP * share)
        _relation, image = self.file_.part.get_or_add_image(BytesIO(content))
        ratio = image.px_height / image.px_width
        wide, high = (int(height / ratio), height) if height else (most, int(most * ratio))
        if high > 8_000_000:
            wide, high = int(8_000_000 / ratio), 8_000_000
        self.pictures += 1
        inline = self.file_.part.new_pic_inline(BytesIO(content), Emu(wide), Emu(high))
        inline.docPr.set("id", str(self.pictures))
        inline.docPr.set("name", f"Picture {self.pictures}")
        inline.docPr.set("descr", figure.alternative)
        return _el("r", _el("drawing", inline))
