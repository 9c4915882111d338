"""Documents for LibreOffice and every other office that reads OpenDocument.

A text document is five small XML files in an archive; they are written here as HTML is written
in its module. All looks are common styles (`odt_styles`): what stands under *automatic styles*
is the width of columns and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image

from miteinander.documents.archive import repacked
from miteinander.documents.formats import Rendered
from miteinander.documents.odt_styles import NAMESPACES, Variant, grid, styles
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

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
TEXT_WIDTH, WIDE_TEXT_WIDTH, MOST_HEIGHT = 162.0, 250.0, 220.0  # mm
SHEET = (47.0, 115.0)
"""The two columns of a measure sheet, which stays on one page where it can."""
WIDE = 8
REMARKS = {"objection": "Objection", "answer": "Objection", "quotation": "Quotations"}
CELLS = {"start": "TableText", "center": "TableCentre", "end": "TableNumber"}


def rendered(document: Document) -> Rendered:
    with override(document.language):
        return Rendered(_Writer(document).file())


@dataclass
class _Writer:
    document: Document
    variants: dict[str, Variant] = field(default_factory=dict)
    widths: dict[tuple[float, ...], int] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    tables: int = 0
    parts: int = 0
    breaks_next: bool = False
    in_lists: int = 0
    after_list: list[Block] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)

    def file(self) -> bytes:
        for number, (_depth, section) in enumerate(walk(self.document), 1):
            if section.identifier:
                self.anchors.setdefault(section.identifier, f"part-{number}")
        body = self.body()
        parts = {
            "mimetype": MEDIA_TYPE,
            "content.xml": self.content(body),
            "styles.xml": styles(self.document, self.variants.values(), self.page_line()),
            "meta.xml": self.meta(),
            "META-INF/manifest.xml": self.manifest(),
        }
        kept = BytesIO()
        with ZipFile(kept, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
            for name, picture in self.pictures.items():
                archive.writestr(name, picture)
        return repacked(kept.getvalue(), first="mimetype")

    # --- the parts of the file --------------------------------------------------------------

    def content(self, body: str) -> str:
        columns = "".join(
            f'<style:style style:name="Table{number}" style:family="table">'
            f'<style:table-properties style:width="{sum(widths):g}mm" table:align="margins" '
            f'style:may-break-between-rows="{str(widths != SHEET).lower()}" '
            'table:border-model="collapsing"/></style:style>'
            + "".join(
                f'<style:style style:name="Table{number}.{column}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{width:g}mm"/></style:style>'
                for column, width in enumerate(widths, 1)
            )
            for widths, number in self.widths.items()
        )
        return (
            f"{HEAD}<office:document-content {NAMESPACES}>"
            f"<office:automatic-styles>{columns}{grid(self.document)}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>"
        )

    def meta(self) -> str:
        document = self.document
        moment = f"{(document.day or date(1970, 1, 1)).isoformat()}T00:00:00"
        said = [
            ("meta:generator", "Miteinander"),
            ("dc:title", document.title),
            ("dc:description", document.description),
            ("dc:subject", document.subtitle),
            *(("meta:keyword", word) for word in document.keywords),
            ("meta:initial-creator", document.publisher),
            ("dc:creator", document.publisher),
            ("meta:creation-date", moment),
            ("dc:date", moment),
            ("dc:language", document.language),
        ]
        inner = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in said if text)
        return (
            f"{HEAD}<office:document-meta {NAMESPACES}><office:meta>{inner}</office:meta>"
            "</office:document-meta>"
        )

    def manifest(self) -> str:
        entries = {
            "/": MEDIA_TYPE,
            **dict.fromkeys(("content.xml", "styles.xml", "meta.xml"), "text/xml"),
        }
        for name in self.pictures:
            entries[name] = "image/png" if name.endswith("png") else "image/jpeg"
        inner = "".join(
            f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
            for name, kind in entries.items()
        )
        return (
            f'{HEAD}<manifest:manifest manifest:version="1.3" '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f"{inner}</manifest:manifest>"
        )

    def page_line(self) -> str:
        fields = {
            "{page}": '<text:page-number text:select-page="current">1</text:page-number>',
            "{pages}": "<text:page-count>1</text:page-count>",
        }
        pieces = re.split(r"(\{pages?\})", _("Page {page} of {pages}"))
        return "".join(fields.get(piece, escape(piece)) for piece in pieces)

    # --- the whole --------------------------------------------------------------------------

    def body(self) -> str:
        document = self.document
        parts = []
        if document.has_cover or document.crest:
            crest = self.picture(document.crest, high=26) if document.crest else ""
            parts.append(self.bare("CoverStart" if document.has_cover else "CoverCrest", crest))
        parts.append(self.bare("Title", self.words(document.title)))
        if document.subtitle:
            parts.append(self.bare("Subtitle", self.words(document.subtitle)))
        told = [document.publisher, document.day_written, document.imprint, document.identifier]
        parts += [self.bare("CoverImprint", self.words(text)) for text in told if text]
        self.breaks_next = document.has_cover
        if document.has_contents and document.sections:
            parts.append(self.contents())
            self.breaks_next = document.has_cover
        parts.append(self.blocks(document.blocks, at_top=True))
        parts += [self.section(section, 1) for section in document.sections]
        parts.append(self.blocks(document.closing, style="Closing"))
        return "".join(parts)

    def contents(self) -> str:
        levels = "".join(
            f'<text:table-of-content-entry-template text:outline-level="{level}" '
            f'text:style-name="Contents{level}"><text:index-entry-link-start/>'
            '<text:index-entry-text/><text:index-entry-tab-stop style:type="right" '
            'style:leader-char=" "/><text:index-entry-page-number/><text:index-entry-link-end/>'
            "</text:table-of-content-entry-template>"
            for level in (1, 2, 3)
        )
        hidden = [depth - 1 for depth, s in walk(self.document) if s.unlisted]
        deepest = max(1, min([3, *hidden]))
        title = _("Contents")
        heading = self.bare("ContentsHeading", self.words(title))
        entries = []
        for number, (depth, section) in enumerate(walk(self.document), 1):
            if section.unlisted or depth > deepest:
                continue
            words = self.words(f"{section.number} {section.title}".strip())
            words = f'<text:a xlink:type="simple" xlink:href="#part-{number}">{words}</text:a>'
            entries.append(self.bare(f"Contents{depth}", words, section.language))
        return (
            '<text:table-of-content text:name="Contents" text:protected="true">'
            f'<text:table-of-content-source text:outline-level="{deepest}">'
            f'<text:index-title-template text:style-name="ContentsHeading">{escape(title)}'
            f"</text:index-title-template>{levels}</text:table-of-content-source><text:index-body>"
            f'<text:index-title text:name="Contents_Head">{heading}</text:index-title>'
            f"{''.join(entries)}</text:index-body></text:table-of-content>"
        )

    def section(self, section: Section, depth: int) -> str:
        level = min(depth, 10)
        words = self.words(f"{section.number} ".lstrip()) + self.words(section.title or "–")
        if section.mark:
            words += f' <text:span text:style-name="Mark">{self.words(section.mark)}</text:span>'
        self.parts += 1  # as `walk` counts
        words = f'<text:bookmark text:name="part-{self.parts}"/>{words}'
        self.breaks_next = self.breaks_next or section.breaks
        title = self.style(f"Heading{level}", section.language)
        style = "SheetText" if section.keeps_together else "Textbody"
        return "".join(
            [
                f'<text:h text:style-name="{title}" text:outline-level="{level}">{words}</text:h>',
                self.blocks(section.blocks, style=style, about=section.title, at_top=True),
                *(self.section(below, depth + 1) for below in section.sections),
            ]
        )

    # --- lines ------------------------------------------------------------------------------

    def style(self, name: str, language: str = "", page: str = "") -> str:
        """A common style, or one derived from it for a language, a new page or a page's shape."""
        foreign = language if language != self.document.language else ""
        if self.breaks_next and not page:
            page = "break"
        self.breaks_next = False
        if not foreign and not page:
            return name
        variant = Variant(name, foreign, direction(self.document.language), page)
        return self.variants.setdefault(variant.name, variant).name

    def bare(self, style: str, inner: str, language: str = "", page: str = "") -> str:
        return f'<text:p text:style-name="{self.style(style, language, page)}">{inner}</text:p>'

    def words(self, text: str) -> str:
        """Characters as XML; OpenDocument would make one blank of many."""
        escaped = escape(text).replace("\n", "<text:line-break/>")
        return re.sub(r"^ | {2,}", lambda blanks: f'<text:s text:c="{len(blanks[0])}"/>', escaped)

    def line(self, text: Text) -> str:
        return "".join(self.run(run) for run in runs(text))

    def run(self, run: Run) -> str:
        inner = self.words(run.text)
        look = {(True, False): "Strong", (False, True): "Emphasis", (True, True): "StrongEmphasis"}
        if style := look.get((run.strong, run.emphasis)):
            inner = f'<text:span text:style-name="{style}">{inner}</text:span>'
        if run.language and run.language != self.document.language:
            variant = Variant("", run.language)
            self.variants.setdefault(variant.name, variant)
            inner = f'<text:span text:style-name="{variant.name}">{inner}</text:span>'
        address = target(run.address, self.document.base) if run.address else ""
        if address.startswith("#"):
            anchor = self.anchors.get(address[1:])
            address = f"#{anchor}" if anchor else ""
        if address:
            return f'<text:a xlink:type="simple" xlink:href={quoteattr(address)}>{inner}</text:a>'
        return inner

    # --- blocks -----------------------------------------------------------------------------

    def blocks(
        self,
        blocks: Iterable[Block],
        *,
        style: str = "Textbody",
        about: str = "",
        at_top: bool = False,
    ) -> str:
        made = []
        for block in blocks:
            match block:
                case Paragraph():
                    look = "Lead" if block.lead else style
                    made.append(self.running(block.text, look, block.language))
                case Listing():
                    made.append(self.listing(block))
                case Facts():
                    made.append(self.facts(block, about))
                case Table():
                    made.append(self.table(block, at_top=at_top))
                case Remark():
                    made.append(self.remark(block))
                case Figure():
                    made.append(self.figure(block, at_top=at_top))
        return "".join(made)

    def running(self, text: Text, style: str, language: str = "") -> str:
        return "".join(self.bare(style, self.line(part), language) for part in paragraphs(text))

    def listing(self, block: Listing) -> str:
        """Points and numbers; what may not stand in a point (a table) follows the whole list."""
        self.in_lists += 1
        style = "Numbers" if block.ordered else "Points"
        items = []
        for number, item in enumerate(block.items):
            start = ""
            if block.ordered and number == 0:
                start = f' text:start-value="{max(0, block.starts_at)}"'
            inner = "".join(self.in_point(part, block.language) for part in item_blocks(item))
            items.append(f"<text:list-item{start}>{inner}</text:list-item>")
        self.in_lists -= 1
        made = f'<text:list text:style-name="{style}">{"".join(items)}</text:list>' if items else ""
        if self.in_lists:
            return made
        after, self.after_list = self.after_list, []
        return made + self.blocks(after)

    def in_point(self, block: Block, language: str) -> str:
        match block:
            case Paragraph():
                return self.running(block.text, "ListText", block.language or language)
            case Listing():
                return self.listing(block)
        self.after_list.append(block)
        return ""

    def facts(self, block: Facts, about: str) -> str:
        if not block.pairs:
            return ""
        rows = [
            [
                self.bare("FactName", self.words(name)),
                self.running(text, "Fact") or self.bare("Fact", ""),
            ]
            for name, text in block.pairs
        ]
        cells = "".join(self.row(row, "Cell") for row in rows)
        return self.grid(block.caption or about, SHEET, "", cells) + self.bare("AfterTable", "")

    def table(self, block: Table, *, at_top: bool) -> str:
        wide = at_top and len(block.columns) >= WIDE
        room = WIDE_TEXT_WIDTH if wide else TEXT_WIDTH
        widths = tuple(round(room * share, 1) for share in block.shares())
        caption = self.bare(
            "Caption", self.words(block.caption), block.language, "Wide" if wide else ""
        )
        sides = [block.alignment(n) for n in range(len(block.columns))]
        heads = [
            self.bare(
                "TableHeadNumber" if side == "end" else "TableHead", self.line(c), block.language
            )
            for c, side in zip(block.columns, sides, strict=True)
        ]
        rows = "".join(
            self.row(
                [
                    self.running(cell, CELLS[side], block.language) or self.bare(CELLS[side], "")
                    for cell, side in zip(row, sides, strict=True)
                ],
                "Cell",
            )
            for row in block.rows
        )
        made = caption + self.grid(block.caption, widths, self.row(heads, "HeadCell"), rows)
        return made + self.bare("AfterTable", "", page="Standard" if wide else "")

    def row(self, cells: Iterable[str], style: str) -> str:
        inner = "".join(
            f'<table:table-cell table:style-name="{style}" office:value-type="string">{cell}'
            "</table:table-cell>"
            for cell in cells
        )
        return f'<table:table-row table:style-name="Row">{inner}</table:table-row>'

    def grid(self, title: str, widths: tuple[float, ...], heads: str, rows: str) -> str:
        """A table; its first column heads the rows, and heads are printed on every page."""
        self.tables += 1
        number = self.widths.setdefault(widths, len(self.widths) + 1)
        columns = [
            f'<table:table-column table:style-name="Table{number}.{column}"/>'
            for column in range(1, len(widths) + 1)
        ]
        first = f"<table:table-header-columns>{columns[0]}</table:table-header-columns>"
        head = f"<table:table-header-rows>{heads}</table:table-header-rows>" if heads else ""
        said = f"<table:title>{escape(title)}</table:title>" if title else ""
        return (
            f'<table:table table:name="Table_{self.tables}" table:style-name="Table{number}">{said}'
            f"{first}{''.join(columns[1:])}{head}{rows}</table:table>"
        )

    def remark(self, block: Remark) -> str:
        style = REMARKS.get(block.kind, "Remark")
        title = ""
        if block.title:
            look = style if style == "Quotations" else f"{style}Title"
            title = self.bare(look, self.words(block.title))
        text = self.running(block.text, style, block.language)
        return title + text + self.blocks(block.blocks, style=style)

    def figure(self, block: Figure, *, at_top: bool) -> str:
        made = self.bare("Figure", self.picture(block, wide=TEXT_WIDTH * block.width))
        if block.caption:
            made += self.bare("FigureCaption", self.words(block.caption), block.language)
        made += self.running(block.sentence, "Textbody", block.language)
        return made + (self.table(block.table, at_top=at_top) if block.table else "")

    def picture(self, figure: Figure, *, wide: float = 0, high: float = 0) -> str:
        content = as_raster(figure)
        with Image.open(BytesIO(content)) as image:
            ratio = image.height / image.width
            ending = "png" if image.format == "PNG" else "jpg"
        wide, high = (high / ratio, high) if high else (wide, wide * ratio)
        if high > MOST_HEIGHT:
            wide, high = MOST_HEIGHT / ratio, MOST_HEIGHT
        number = len(self.pictures) + 1
        path = f"Pictures/{number}.{ending}"
        self.pictures[path] = content
        return (
            f'<draw:frame draw:name="Picture{number}" draw:style-name="Graphics" '
            f'text:anchor-type="as-char" svg:width="{wide:.1f}mm" svg:height="{high:.1f}mm">'
            f'<draw:image xlink:href="{path}" xlink:type="simple" xlink:show="embed" '
            f'xlink:actuate="onLoad"/><svg:desc>{escape(figure.alternative)}</svg:desc></draw:frame>'
        )
