"""What a document is: plain frozen data, without a database and without a format.

Renderers turn a :class:`Document` into HTML now, later into PDF, DOCX and ODT. Whatever a
document says, it says in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; blank lines in it divide paragraphs."""

    text: str
    language: str = ""
    """Empty: the language of the document."""
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what is said about them: the sheet of a measure."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The first cell heads its row."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that must not be overlooked: an objection, an example."""

    title: str
    text: str
    language: str = ""


Block = Paragraph | Listing | Facts | Table | Remark


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


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    language: str
    subtitle: str = ""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = field(default=())
    closing: tuple[Block, ...] = ()
    """What stands at the end: origin, checksum."""
