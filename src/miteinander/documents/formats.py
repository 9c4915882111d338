"""Every format a document can be had in, under one name each.

The heavy libraries are loaded when a format is asked for: a web process that only shows pages
never pays for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.utils.translation import gettext_lazy as _

from miteinander.documents.characters import Missing, cleaned
from miteinander.documents.shapes import Document, settled
from miteinander.ui.shapes import Text

__all__ = ["FORMATS", "Format", "Missing", "Rendered", "render", "tabulate"]


@dataclass(frozen=True, slots=True)
class Rendered:
    content: bytes
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file; `source` says what it is made from."""

    name: str
    suffix: str
    media_type: str
    label: Text
    module: str = ""
    source: str = "document"
    """`document`, or `content`: the frozen content of a version, as plain data."""

    def load(self) -> Callable[[Document], Rendered]:
        """The renderer of a format that is made from a document; imports its library now."""
        made: Callable[[Document], Rendered] = import_module(self.module).rendered
        return made


_HERE = "miteinander.documents"

FORMATS: dict[str, Format] = {
    found.name: found
    for found in (
        Format("html", "html", "text/html; charset=utf-8", _("Web page to keep"), f"{_HERE}.html"),
        Format("pdf", "pdf", "application/pdf", _("PDF, accessible"), f"{_HERE}.pdf"),
        Format(
            "docx",
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            _("Word (DOCX)"),
            f"{_HERE}.docx",
        ),
        Format(
            "odt",
            "odt",
            "application/vnd.oasis.opendocument.text",
            _("OpenDocument text (ODT)"),
            f"{_HERE}.odt",
        ),
        Format("epub", "epub", "application/epub+zip", _("E-book (EPUB)"), f"{_HERE}.epub"),
        Format("md", "md", "text/markdown; charset=utf-8", _("Markdown"), f"{_HERE}.markdown_text"),
        Format("csv", "csv", "text/csv; charset=utf-8", _("Table (CSV)"), "", "content"),
        Format(
            "xlsx",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _("Table (XLSX)"),
            "",
            "content",
        ),
    )
}


def render(document: Document, name: str) -> Rendered:
    """Render a document; the same document gives the same bytes, on every machine."""
    chosen = FORMATS[name]
    if chosen.source != "document":
        raise ValueError(f"{name} is made from the frozen content: call `tabulate`.")
    return chosen.load()(settled(cleaned(document)))


def tabulate(
    content: Mapping[str, Any], name: str, *, base: str = "", language: str = "de"
) -> Rendered:
    """Goals and measures of a frozen version as a table; `base` is the address of the site."""
    if FORMATS[name].source != "content":
        raise ValueError(f"{name} is made from a document: call `render`.")
    from miteinander.documents.sheets import tabulated  # deferred: pages need no tables

    return Rendered(tabulated(content, name, base=base, language=language))
