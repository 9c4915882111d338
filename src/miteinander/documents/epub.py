"""Documents as EPUB 3: the same text as the reading edition, for readers that turn pages.

An e-book adapts to its reader: letters grow, lines wrap, a voice reads on. So there are no pages
and no page numbers, but a file for each part, a table of contents that machines understand, and
pictures as files beside the text. The words come from `documents.html`; what is made here is only
what an e-book has around them. A library that writes EPUB would bring a second model of a book, and
dates of today into the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.documents.archive import packed
from miteinander.documents.formats import Rendered
from miteinander.documents.html import Writer
from miteinander.documents.shapes import Document, Figure
from miteinander.documents.style import STYLE
from miteinander.ui.shapes import direction

CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
PAGE = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
lang="{language}" xml:lang="{language}" dir="{direction}">
<head>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
{body}</body>
</html>
"""
BOOK = """\
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" \
xml:lang="{language}" dir="{direction}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{metadata}</metadata>
<manifest>
{manifest}</manifest>
<spine page-progression-direction="{direction}">
{spine}</spine>
</package>
"""
SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
IDENTIFIES = ' id="id"'
XHTML, STYLES = "application/xhtml+xml", "text/css"
UNDATED = "1980-01-01T00:00:00Z"
"""When an undated document was changed last, as archives count; today would change the file."""
CALM = """\
:root {
  color-scheme: normal; --paper: transparent; --sand: transparent; --ink: currentColor;
  --soft: currentColor; --rule: currentColor; --link: currentColor; --dissent: currentColor;
}
html { background: none; color: inherit }
body { font: inherit }
"""
"""Type, paper and colours belong to the reader, who may read at night or with large letters."""


def rendered(document: Document) -> Rendered:
    with override(document.language):
        return Rendered(_Book(document).packed())


@dataclass
class _BookWriter(Writer):
    """Writes pictures as files of the book."""

    pictures: dict[str, Figure] = field(default_factory=dict)

    def picture(self, figure: Figure, css: str = "") -> str:
        name = f"{sha256(figure.content).hexdigest()[:16]}.{SUFFIXES[figure.media_type]}"
        self.pictures[name] = figure
        marks = f' class="{css}"' if css else ""
        return f'<img{marks} src="{name}" alt="{escape(figure.alternative)}">'


@dataclass
class _Book:
    document: Document
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """Each file of the book in reading order: its media type and its content."""

    def packed(self) -> bytes:
        writer = _BookWriter(self.document)
        pages = self._pages(writer)
        places = {
            anchor: name for name, (_title, body) in pages.items() for anchor in _anchors(body)
        }
        for name, (title, body) in pages.items():
            self._add(name, title, _linked(body, places, name))
        self._add("nav.xhtml", _("Contents"), self._contents(writer, places))
        self.files["style.css"] = (STYLES, f"{STYLE}{CALM}".encode())
        for name, figure in writer.pictures.items():
            self.files[name] = (figure.media_type, figure.content)
        parts = {f"book/{name}": content for name, (_type, content) in self.files.items()}
        parts |= {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": CONTAINER.encode(),
            "book/book.opf": self._package(list(pages), writer).encode(),
        }
        return packed(parts, first="mimetype")

    def _pages(self, writer: _BookWriter) -> dict[str, tuple[str, str]]:
        """Title and body of each page: the cover with what stands before all parts, the parts."""
        document = self.document
        writer.taken.clear()
        crest = f"{writer.picture(document.crest, 'crest')}\n" if document.crest else ""
        told = [document.publisher, document.day_written, document.imprint]
        lines = [document.subtitle, *told]
        cover = "".join(f"<p>{escape(line)}</p>\n" for line in lines if line)
        blocks = writer.blocks(document.blocks)
        pages = {
            "cover.xhtml": (
                document.title,
                f"<header>\n{crest}<h1>{escape(document.title)}</h1>\n{cover}</header>\n{blocks}",
            )
        }
        for number, section in enumerate(document.sections, 1):
            body = writer.section(section, 1, f"part-{number}")
            pages[f"part-{number:03d}.xhtml"] = (section.title, body)
        if document.closing:
            pages["closing.xhtml"] = (document.title, writer.blocks(document.closing))
        return pages

    def _add(self, name: str, title: str, body: str) -> None:
        page = PAGE.format(
            language=escape(self.document.language),
            direction=direction(self.document.language),
            title=escape(title),
            body=re.sub(r"<(img|br)([^>]*)>", r"<\1\2/>", body),
        )
        self.files[name] = (XHTML, page.encode())

    def _contents(self, writer: _BookWriter, places: dict[str, str]) -> str:
        """The table of contents for people and machines; the title stands first in it."""
        name = escape(_("Contents"))
        listed = writer.contents() or f"<nav>\n<h2>{name}</h2>\n<ol></ol></nav>\n"
        cover = f'<li><a href="cover.xhtml">{escape(self.document.title)}</a></li>\n'
        listed = listed.replace("<ol>", f"<ol>\n{cover}", 1).replace("<h2>", "<h1>", 1)
        listed = listed.replace("</h2>", "</h1>", 1).replace("<nav", '<nav epub:type="toc"', 1)
        return _linked(listed, places, "nav.xhtml")

    def _package(self, pages: list[str], writer: _BookWriter) -> str:
        ids = {name: f"f{number}" for number, name in enumerate(self.files)}
        properties = {"nav.xhtml": "nav"}
        if self.document.crest:
            properties[next(iter(writer.pictures))] = "cover-image"
        manifest = "".join(
            f'<item id="{ids[name]}" href="{name}" media-type="{kind}"'
            + (f' properties="{properties[name]}"' if name in properties else "")
            + "/>\n"
            for name, (kind, _content) in self.files.items()
        )
        order = [pages[0], "nav.xhtml", *pages[1:]]
        spine = "".join(f'<itemref idref="{ids[name]}"/>\n' for name in order)
        return BOOK.format(
            language=escape(self.document.language),
            direction=direction(self.document.language),
            metadata=self._metadata(has_pictures=bool(writer.pictures)),
            manifest=manifest,
            spine=spine,
        )

    def _metadata(self, *, has_pictures: bool) -> str:
        document = self.document
        content = b"".join(content for _kind, content in self.files.values())
        name = document.identifier or f"urn:uuid:{UUID(bytes=sha256(content).digest()[:16])}"
        day = document.day.isoformat() if document.day else ""
        said = {
            "identifier": name,
            "title": document.title,
            "language": document.language,
            "publisher": document.publisher,
            "creator": document.publisher,
            "description": document.description,
            "date": day,
        }
        lines = [
            f"<dc:{key}{IDENTIFIES if key == 'identifier' else ''}>{escape(text)}</dc:{key}>\n"
            for key, text in said.items()
            if text
        ]
        lines += [f"<dc:subject>{escape(word)}</dc:subject>\n" for word in document.keywords]
        changed = f"{day}T00:00:00Z" if day else UNDATED
        modes = ["textual", *(["visual"] if has_pictures else [])]
        features = [
            "tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability",
            *(["alternativeText"] if has_pictures else []),
        ]  # fmt: skip
        accessible = [
            ("dcterms:modified", changed),
            *(("schema:accessMode", mode) for mode in modes),
            ("schema:accessModeSufficient", "textual"),
            *(("schema:accessibilityFeature", feature) for feature in features),
            ("schema:accessibilityHazard", "none"),
            ("schema:accessibilitySummary", _("Everything that is shown is also said in words.")),
        ]
        lines += [f'<meta property="{key}">{escape(text)}</meta>\n' for key, text in accessible]
        return "".join(lines)


def _anchors(body: str) -> list[str]:
    """The targets on a page; what people wrote cannot look like one, its quotes are escaped."""
    return re.findall(r'<section id="([^"]*)"', body)


def _linked(body: str, places: dict[str, str], here: str) -> str:
    """Lead links within the document to the file in which their target stands now."""

    def led(found: re.Match[str]) -> str:
        anchor = found[1]
        place = places.get(anchor)
        if place is None:
            return "<a"  # a target that is nowhere: words without a link
        return f'<a href="{"" if place == here else place}#{anchor}"'

    return re.sub(r'<a href="#([^"]*)"', led, body)
