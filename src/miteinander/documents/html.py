"""Documents as HTML: headings in order, languages marked, no script and no request.

Written by hand instead of with templates: a document nests as deep as it likes, and one small
function per block is all there is. `body` goes into a page of ours and brings no style;
`render` is a file to keep and carries its own (decision 0047).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.documents.formats import Rendered
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
)
from miteinander.documents.style import STYLE
from miteinander.ui.accent import DEFAULT, judge
from miteinander.ui.shapes import direction

PAGE = """\
<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{meta}<title>{title}</title>
<style>
:root {{ --accent: {accent} }}
{style}</style>
</head>
<body>
<main>
<header>
{crest}<h1>{title}</h1>
{subtitle}{imprint}</header>
{contents}{body}</main>
</body>
</html>
"""


def render(document: Document) -> str:
    """Return a whole page that stands alone: its style is in it, and it asks nobody."""
    with override(document.language):
        writer = Writer(document)
        accent = judge(document.accent or DEFAULT)
        return PAGE.format(
            language=escape(document.language),
            direction=direction(document.language),
            title=escape(document.title),
            meta=_meta(document),
            style=STYLE,
            accent=accent.accent if accent.fits else accent.suggestion,
            crest=writer.picture(document.crest, "crest") + "\n" if document.crest else "",
            subtitle=f'<p class="subtitle">{escape(document.subtitle)}</p>\n'
            if document.subtitle
            else "",
            imprint=_imprint(document),
            contents=writer.contents() if document.has_contents else "",
            body=writer.body(2),
        )


def rendered(document: Document) -> Rendered:
    return Rendered(render(document).encode())


def body(document: Document, *, level: int = 2) -> str:
    """Return what stands below the title, for a page that has its own; headings from `level`."""
    return Writer(document).body(level)


def _meta(document: Document) -> str:
    said = {
        "author": document.publisher,
        "description": document.description,
        "keywords": ", ".join(document.keywords),
        "date": document.day.isoformat() if document.day else "",
    }
    return "".join(
        f'<meta name="{name}" content="{escape(text)}">\n' for name, text in said.items() if text
    )


def _imprint(document: Document) -> str:
    told = [document.publisher, document.day_written, document.imprint]
    lines = [f"<p>{escape(text)}</p>\n" for text in told if text]
    return f'<div class="imprint">\n{"".join(lines)}</div>\n' if lines else ""


@dataclass
class Writer:
    """Writes the parts of a document; `documents.epub` takes them into its own pages."""

    document: Document
    taken: set[str] = field(default_factory=set)

    # --- the whole ------------------------------------------------------------------------

    def body(self, level: int) -> str:
        self.taken.clear()
        sections = enumerate(self.document.sections, 1)
        return "".join(
            [
                self.blocks(self.document.blocks),
                *(self.section(s, level, f"part-{n}") for n, s in sections),
                self.blocks(self.document.closing),
            ]
        )

    def contents(self) -> str:
        """The parts and the parts of these as links; deeper ones are found in their place."""
        self.taken.clear()
        items = self._entries(self.document.sections, "part", depth=1)
        if not items:
            return ""
        name = escape(_("Contents"))
        return f'<nav aria-label="{name}">\n<h2>{name}</h2>\n{items}</nav>\n'

    def _entries(self, sections: Iterable[Section], path: str, depth: int) -> str:
        items = []
        for number, section in enumerate(sections, 1):
            anchor = self._anchor(section, f"{path}-{number}")
            below = self._entries(section.sections, f"{path}-{number}", depth + 1)
            if section.unlisted or depth > 3:
                continue
            title = self._heading(section)
            items.append(f'<li><a href="#{anchor}">{title}</a>{below}</li>\n')
        return f"<ol>\n{''.join(items)}</ol>\n" if items else ""

    def _anchor(self, section: Section, path: str) -> str:
        """Every section can be linked to; an address is given only once."""
        chosen = escape(section.identifier or path)
        if chosen in self.taken:
            chosen = escape(path)
        self.taken.add(chosen)
        return str(chosen)

    def _heading(self, section: Section) -> str:
        number = f'<span class="number">{escape(section.number)}</span> ' if section.number else ""
        return number + self.foreign("span", escape(section.title), section.language)

    def section(self, section: Section, level: int, path: str) -> str:
        anchor = self._anchor(section, path)
        # HTML knows six levels; those who listen are told of further ones as well.
        tag, more = (
            (f"h{level}", "") if level <= 6 else ("p", f' role="heading" aria-level="{level}"')
        )
        mark = f' <span class="tag">{escape(section.mark)}</span>' if section.mark else ""
        inner = self.blocks(section.blocks)
        inner += "".join(
            self.section(below, level + 1, f"{path}-{n}")
            for n, below in enumerate(section.sections, 1)
        )
        css = (
            ' class="sheet"'
            if section.keeps_together
            else ' class="part"'
            if section.breaks
            else ""
        )
        return (
            f'<section id="{anchor}"{css}>\n'
            f"<{tag}{more}>{self._heading(section)}{mark}</{tag}>\n{inner}</section>\n"
        )

    def foreign(self, tag: str, inner: str, own: str, css: str = "") -> str:
        """Wrap what is escaped already; its language is marked where it is not the document's."""
        marks = f' class="{css}"' if css else ""
        if own and own != self.document.language:
            marks += f' lang="{escape(own)}" dir="{direction(own)}"'
        if tag == "span" and not marks:
            return inner
        return f"<{tag}{marks}>{inner}</{tag}>"

    # --- lines ----------------------------------------------------------------------------

    def line(self, text: Text) -> str:
        return "".join(self._run(run) for run in runs(text))

    def _run(self, run: Run) -> str:
        inner = escape(run.text).replace("\n", "<br>\n")
        if run.emphasis:
            inner = f"<em>{inner}</em>"
        if run.strong:
            inner = f"<strong>{inner}</strong>"
        inner = self.foreign("span", inner, run.language)
        if run.address and (address := target(run.address, self.document.base)):
            return f'<a href="{escape(address)}">{inner}</a>'
        return inner

    # --- blocks ---------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(_WRITERS[type(block)](self, block) for block in blocks)

    def paragraph(self, block: Paragraph) -> str:
        css = "lead" if block.lead else ""
        return "".join(
            self.foreign("p", self.line(part), block.language, css) + "\n"
            for part in paragraphs(block.text)
        )

    def listing(self, block: Listing) -> str:
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.starts_at}"' if block.ordered and block.starts_at != 1 else ""
        items = "".join(f"<li>{self._item(item_blocks(item))}</li>" for item in block.items)
        # The language stands on the list: its points and their marks keep to the same side.
        listed = self.foreign(tag, items, block.language)
        return listed.replace(f"<{tag}", f"<{tag}{start}", 1) + "\n"

    def _item(self, blocks: tuple[Block, ...]) -> str:
        """Text of one paragraph stands bare in its point, as people read short lists."""
        if blocks and isinstance(first := blocks[0], Paragraph):
            parts = list(paragraphs(first.text))
            if len(parts) <= 1:
                start = self.line(parts[0]) if parts else ""
                start = self.foreign("span", start, first.language)
                return start + self.blocks(blocks[1:])
        return self.blocks(blocks)

    def facts(self, block: Facts) -> str:
        pairs = "".join(
            f"<div><dt>{escape(name)}</dt><dd>{self.line(text)}</dd></div>"
            for name, text in block.pairs
        )
        label = f' aria-label="{escape(block.caption)}"' if block.caption else ""
        return f'<dl class="facts"{label}>{pairs}</dl>\n' if pairs else ""

    def table(self, block: Table) -> str:
        css = {"start": "", "center": ' class="middle"', "end": ' class="num"'}
        aligned = [css[block.alignment(n)] for n in range(len(block.columns))]
        heads = "".join(
            f'<th scope="col"{at}>{self.line(column)}</th>'
            for column, at in zip(block.columns, aligned, strict=True)
        )
        rows = "".join(
            f'<tr><th scope="row"{aligned[0]}>{self.line(row[0])}</th>'
            + "".join(
                f"<td{at}>{self.line(cell)}</td>"
                for cell, at in zip(row[1:], aligned[1:], strict=True)
            )
            + "</tr>"
            for row in block.rows
        )
        caption = escape(block.caption)
        table = self.foreign(
            "table",
            f"<caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>",
            block.language,
            "data",
        )
        # Whoever uses a keyboard must be able to move a wide table: hence the tabindex.
        return (
            f'<div class="scroll" role="region" aria-label="{caption}" tabindex="0">{table}</div>\n'
        )

    def remark(self, block: Remark) -> str:
        parts = [self.line(part) for part in paragraphs(block.text)]
        if block.title:
            title = f"<b>{escape(block.title)}:</b>"
            first = self.foreign("span", parts[0], block.language) if parts else ""
            lines = [f"<p>{title} {first}</p>".replace(" </p>", "</p>")]
            parts = parts[1:]
        else:
            lines = []
        lines += [self.foreign("p", part, block.language) for part in parts]
        inner = "".join(lines) + self.blocks(block.blocks)
        if block.kind == "quotation":
            return f"<blockquote>{inner}</blockquote>\n"
        return f'<div class="remark {block.kind}">{inner}</div>\n'

    def picture(self, figure: Figure, css: str = "") -> str:
        data = b64encode(figure.content).decode()
        marks = f' class="{css}"' if css else ""
        source = f"data:{figure.media_type};base64,{data}"
        return f'<img{marks} src="{source}" alt="{escape(figure.alternative)}">'

    def figure(self, block: Figure) -> str:
        caption = f"<figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
        sentence = f"<p>{self.line(block.sentence)}</p>" if block.sentence else ""
        inner = f"{self.picture(block)}{caption}"
        drawn = self.foreign("figure", inner, block.language) + "\n"
        table = self.table(block.table) if block.table else ""
        return f"{drawn}{sentence}\n{table}" if sentence or table else drawn


_WRITERS: dict[type[Any], Callable[..., str]] = {
    Paragraph: Writer.paragraph,
    Listing: Writer.listing,
    Facts: Writer.facts,
    Table: Writer.table,
    Remark: Writer.remark,
    Figure: Writer.figure,
}
