"""Documents as HTML: headings in order, languages marked, no inline style or script.

Written by hand instead of with templates: a document nests as deep as it likes, and one small
function per block is all there is.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.html import escape

from miteinander.documents.shapes import (
    Block,
    Document,
    Facts,
    Listing,
    Paragraph,
    Remark,
    Section,
    Table,
)
from miteinander.ui.shapes import direction

PAGE = """\
<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
{subtitle}{body}</main>
</body>
</html>
"""


def render(document: Document) -> str:
    """Return a whole page that stands alone: no style sheet, no script, no request."""
    return PAGE.format(
        language=escape(document.language),
        direction=direction(document.language),
        title=escape(document.title),
        subtitle=f"<p>{escape(document.subtitle)}</p>\n" if document.subtitle else "",
        body=body(document),
    )


def body(document: Document, *, level: int = 2) -> str:
    """Return what stands below the title, for a page that has its own; headings from `level`."""
    parts = [
        *(_block(block, document.language) for block in document.blocks),
        *(_section(section, level, document.language) for section in document.sections),
        *(_block(block, document.language) for block in document.closing),
    ]
    return "".join(parts)


def _section(section: Section, level: int, language: str) -> str:
    tag = f"h{min(level, 6)}"
    anchor = f' id="{escape(section.identifier)}"' if section.identifier else ""
    number = f"{escape(section.number)} " if section.number else ""
    mark = f' <span class="tag">{escape(section.mark)}</span>' if section.mark else ""
    title = _foreign("span", section.title, section.language, language)
    inner = "".join(
        [
            *(_block(block, language) for block in section.blocks),
            *(_section(below, level + 1, language) for below in section.sections),
        ]
    )
    return f"<section{anchor}>\n<{tag}>{number}{title}{mark}</{tag}>\n{inner}</section>\n"


def _foreign(tag: str, text: str, own: str, language: str, css: str = "") -> str:
    """Wrap a text; its language is marked where it differs from the document's."""
    marks = f' class="{css}"' if css else ""
    if own and own != language:
        marks += f' lang="{escape(own)}" dir="{direction(own)}"'
    if tag == "span" and not marks:
        return str(escape(text))
    return f"<{tag}{marks}>{escape(text)}</{tag}>"


def _block(block: Block, language: str) -> str:
    return _WRITERS[type(block)](block, language)


def _paragraph(block: Paragraph, language: str) -> str:
    css = "lead" if block.lead else ""
    texts = [part.strip() for part in block.text.split("\n\n") if part.strip()]
    return "".join(_foreign("p", text, block.language, language, css) + "\n" for text in texts)


def _listing(block: Listing, language: str) -> str:
    items = "".join(_foreign("li", item, block.language, language) for item in block.items)
    return f"<ul>{items}</ul>\n"


def _facts(block: Facts, language: str) -> str:
    pairs = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in block.pairs
    )
    return f'<dl class="facts">{pairs}</dl>\n'


def _table(block: Table, language: str) -> str:
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in block.columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in block.rows
    )
    return (
        f'<table class="data"><caption>{escape(block.caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>\n"
    )


def _remark(block: Remark, language: str) -> str:
    text = _foreign("span", block.text, block.language, language)
    return f'<div class="objection"><p><b>{escape(block.title)}:</b> {text}</p></div>\n'


_WRITERS: dict[type, Callable[..., str]] = {
    Paragraph: _paragraph,
    Listing: _listing,
    Facts: _facts,
    Table: _table,
    Remark: _remark,
}
