"""What a document is: plain frozen data, without a database and without a format.

Renderers turn a :class:`Document` into PDF, DOCX, ODT, HTML and Markdown. Whatever a document
says, it says in all of them: nothing here knows a font, a page or a tag. What could not be
rendered for everybody (a picture that nobody described, a table without a caption, a row that
is longer than its heads) is refused when it is made, not when it is printed.

A text is a string or a tuple of runs. In both a line break is a line break, and an empty line
divides paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

Alignment = Literal["start", "center", "end"]
"""Along the line: `start` is left in German and right in Arabic. Numbers stand at the `end`."""

RemarkKind = Literal["note", "example", "objection", "answer", "quotation"]

LETTERS = 88
"""In a line of a table that is as wide as the text."""

DocumentKind = Literal["concept", "minutes", "attendance", "report", "paper"]

ADDRESSES = re.compile(r"https?://|mailto:|tel:|/(?!/)|#", re.IGNORECASE)
"""What a link may lead to: the web, mail, telephone, a page of ours, a part of the document."""

SIGNS = {
    "image/png": re.compile(rb"\A\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\A\xff\xd8\xff"),
    "image/svg+xml": re.compile(rb"<svg[\s/>]"),
}
"""The kinds of picture that every format can show, and how they begin."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line; `address` makes it a link (`#identifier` leads into the document)."""

    text: str
    strong: bool = False
    emphasis: bool = False
    address: str = ""
    language: str = ""
    """Empty: the language of the text around it."""


Text: TypeAlias = str | tuple[Run, ...]


def target(address: str, base: str) -> str:
    """Where a link leads in a file that has left the site; empty where it may not lead."""
    if not ADDRESSES.match(address):
        return ""
    if address.startswith("/"):
        return base.rstrip("/") + address if base else ""
    return address


def runs(text: Text) -> tuple[Run, ...]:
    """Any text as runs; an empty one has none."""
    if isinstance(text, str):
        return (Run(text),) if text else ()
    return text


def plain(text: Text) -> str:
    return text if isinstance(text, str) else "".join(run.text for run in text)


def paragraphs(text: Text) -> Iterator[tuple[Run, ...]]:
    """Divide a text at its empty lines; what is only white space is left out."""
    gathered: list[Run] = []
    for run in runs(text):
        first, *others = re.split(r"\n[ \t]*\n\s*", run.text)
        gathered.append(replace(run, text=first))
        for other in others:
            yield from _trimmed(gathered)
            gathered = [replace(run, text=other)]
    yield from _trimmed(gathered)


def _trimmed(pieces: list[Run]) -> Iterator[tuple[Run, ...]]:
    kept = [run for run in pieces if run.text]
    while kept and not kept[0].text.strip():
        del kept[0]
    while kept and not kept[-1].text.strip():
        del kept[-1]
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
        yield tuple(kept)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; blank lines in it divide paragraphs."""

    text: Text
    language: str = ""
    """Empty: the language of the document."""
    lead: bool = False


Item: TypeAlias = "Text | tuple[Block, ...]"
"""A point of a list: a line, or blocks, so that lists can stand in lists."""


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Item, ...]
    language: str = ""
    ordered: bool = False
    starts_at: int = 1


def item_blocks(item: Item) -> tuple[Block, ...]:
    """Any point of a list as blocks."""
    if isinstance(item, str):
        return (Paragraph(item),)
    blocks = tuple(part for part in item if not isinstance(part, Run))
    return blocks or (Paragraph(tuple(part for part in item if isinstance(part, Run))),)


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what is said about them: the sheet of a measure."""

    pairs: tuple[tuple[str, Text], ...]
    caption: str = ""
    """For those who hear the sheet; not shown where a heading says it already."""


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    """The first cell heads its row; short rows are filled up with empty cells."""
    weights: tuple[float, ...] = ()
    """How wide the columns are in relation to each other; empty: as their texts need it."""
    alignments: tuple[Alignment, ...] = ()
    language: str = ""
    roomy: bool = False
    """Printed with rows that are high enough to write and sign in."""

    def __post_init__(self) -> None:
        if not self.caption.strip():
            raise ValueError("A table needs a caption: whoever hears it decides by it.")
        width = len(self.columns)
        if not width or any(len(row) > width for row in self.rows):
            raise ValueError(f"Table “{self.caption}”: every column needs a head.")
        for name in ("weights", "alignments"):
            if len(getattr(self, name)) not in {0, width}:
                raise ValueError(f"Table “{self.caption}”: give {name} for all columns or none.")
        if any(weight <= 0 for weight in self.weights):
            raise ValueError(f"Table “{self.caption}”: weights are greater than zero.")
        filled = tuple((*row, *("",) * (width - len(row))) for row in self.rows)
        object.__setattr__(self, "rows", filled)

    def alignment(self, column: int) -> Alignment:
        return self.alignments[column] if self.alignments else "start"

    def shares(self) -> tuple[float, ...]:
        """How wide each column is, as shares of the whole; by its texts where nobody said it."""
        if self.weights:
            return tuple(weight / sum(self.weights) for weight in self.weights)
        needs = [self._need(column) for column in range(len(self.columns))]
        least, most = (sum(side) for side in zip(*needs, strict=True))
        # A line holds so many letters; what the words do not need goes to the long texts.
        spread = max(0, min(1, (LETTERS - least) / (most - least))) if most > least else 0
        widths = [low + (high - low) * spread for low, high in needs]
        return tuple(width / sum(widths) for width in widths)

    def _need(self, column: int) -> tuple[float, float]:
        """At least the longest word with its margins, at most what the usual text would like."""
        texts = [plain(self.columns[column]), *(plain(row[column]) for row in self.rows)]
        word = max((len(word) for text in texts for word in text.split()), default=0)
        mean = sum(map(len, texts)) / len(texts)
        least = min(word, 18) + 4
        return least, max(least, min(mean + 4, 64))


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that must not be overlooked: an objection, its answer, an example."""

    title: str
    text: Text
    language: str = ""
    kind: RemarkKind = "note"
    blocks: tuple[Block, ...] = ()
    """What follows the text, such as the list in a quotation."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with the words that stand for it; a chart brings its sentence and its table."""

    alternative: str
    content: bytes
    media_type: str
    caption: str = ""
    sentence: Text = ""
    table: Table | None = None
    width: float = 1.0
    """Of the text's width."""
    language: str = ""

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError(
                f"The picture “{self.caption or self.media_type}” needs an alternative text: "
                "say in a sentence what can be seen on it."
            )
        if self.media_type not in SIGNS:
            raise ValueError(
                f"The picture “{self.alternative}” is {self.media_type or 'of no known type'}; "
                f"documents take {', '.join(SIGNS)}."
            )
        if not SIGNS[self.media_type].search(self.content[:4096]):
            raise ValueError(
                f"The picture “{self.alternative}” is not what it says: no {self.media_type}."
            )
        if not 0 < self.width <= 1:
            raise ValueError(f"The picture “{self.alternative}”: the width is a share, up to 1.")


Block: TypeAlias = Paragraph | Listing | Facts | Table | Remark | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading; `identifier` makes it a target of links."""

    title: str
    number: str = ""
    identifier: str = ""
    language: str = ""
    mark: str = ""
    """A word beside the heading, such as “example”."""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    breaks: bool = False
    """Begins on a new page."""
    keeps_together: bool = False
    """Stays on one page where it fits on one: a measure sheet."""
    unlisted: bool = False
    """Not in the table of contents, like the hundred measures of a long concept."""


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    language: str
    subtitle: str = ""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[Block, ...] = ()
    """What stands at the end: origin, checksum."""
    kind: DocumentKind = "paper"
    publisher: str = ""
    day: date | None = None
    """Of the document, not of its printing: it is also the date in the file's own data."""
    day_written: str = ""
    """The day as people read it, in the document's language."""
    crest: Figure | None = None
    accent: str = ""
    """Of the municipality, as #rrggbb."""
    keywords: tuple[str, ...] = ()
    description: str = ""
    """One sentence for catalogues and search."""
    identifier: str = ""
    """The permanent address, or what else names this text for ever."""
    base: str = ""
    """Absolute address of the site: links that begin with a slash lead there."""
    imprint: str = ""
    """One line at the foot of the cover: edition, checksum."""
    has_cover: bool = False
    has_contents: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.language.strip():
            raise ValueError("A document needs a title and a language.")
        if self.accent and not re.fullmatch(r"#[0-9a-fA-F]{6}", self.accent):
            raise ValueError(f"The colour {self.accent!r} is not written as #rrggbb.")


def settled(document: Document) -> Document:
    """A part that begins with a part begins one new page, not two."""

    def of(section: Section) -> Section:
        below = tuple(of(part) for part in section.sections)
        if below and not section.blocks and below[0].breaks:
            below = (replace(below[0], breaks=False), *below[1:])
        return replace(section, sections=below)

    return replace(document, sections=tuple(of(section) for section in document.sections))


def walk(document: Document) -> Iterator[tuple[int, Section]]:
    """All sections in reading order with their depth from 1."""

    def below(sections: tuple[Section, ...], depth: int) -> Iterator[tuple[int, Section]]:
        for section in sections:
            yield depth, section
            yield from below(section.sections, depth + 1)

    return below(document.sections, 1)
