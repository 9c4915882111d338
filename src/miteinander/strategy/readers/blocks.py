"""What a document is made of, once its format is forgotten: paragraphs and tables in one order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, as its reader would look for it; what is 0 or empty is not known."""

    path: tuple[str, ...] = ()
    """The headings above it."""
    page: int = 0
    """As the program that saved the file last had broken it."""
    paragraph: int = 0
    """Counted over the whole text, empty ones left out."""
    table: int = 0
    row: int = 0
    sheet: str = ""

    def as_json(self) -> dict[str, Any]:
        told = {
            "path": [heading[:80] for heading in self.path[-3:]],
            "page": self.page,
            "paragraph": self.paragraph,
            "table": self.table,
            "row": self.row,
            "sheet": self.sheet,
        }
        return {name: value for name, value in told.items() if value}


@dataclass(slots=True)
class Paragraph:
    """One paragraph; tracked changes are taken as accepted, fields with what they show."""

    text: str
    level: int = 0
    """Of a heading, from 1; 0 where it is none."""
    number: str = ""
    """“2.4”, as the program numbers it; what somebody typed stands in the text."""
    depth: int = 0
    """How deep it lies in a list, from 1."""
    is_bold: bool = False
    notes: list[str] = field(default_factory=list)
    page: int = 0
    count: int = 0


@dataclass(slots=True)
class Cell:
    """A cell with what stands in it; where it is merged over columns, the following are covered."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    span: int = 1
    goes_on: bool = False
    """It belongs to the cell above it."""

    @property
    def text(self) -> str:
        return "\n".join(told for told in map(spoken, self.paragraphs) if told)


@dataclass(slots=True)
class Table:
    """A table as rows of cells, each in its column: merged cells are put out again.

    What is merged downwards stands in every row, what is merged sideways in its first column.
    """

    rows: list[list[str]]
    wide: set[tuple[int, int]] = field(default_factory=set)
    """Row and column, from 0, of cells that are merged over several columns."""
    count: int = 0
    page: int = 0


Block = Paragraph | Table


@dataclass(slots=True)
class Script:
    """A document as it was read."""

    blocks: list[Block] = field(default_factory=list)
    aside: Counter[str] = field(default_factory=Counter)
    """What was not read as text, and how often: comments, pictures, deletions, insertions …"""


def spoken(paragraph: Paragraph) -> str:
    """A paragraph within a longer text: what is listed keeps its mark, notes follow in brackets."""
    told = paragraph.text.strip()
    if told and paragraph.depth:
        told = f"{paragraph.number or '-'} {told}"
    return told + "".join(f" [{note}]" for note in paragraph.notes)


def laid_out(rows: list[list[Cell]]) -> tuple[list[list[str]], set[tuple[int, int]]]:
    """Cells in their columns, and which of them are merged over several."""
    found: list[list[str]] = []
    wide: set[tuple[int, int]] = set()
    for at, cells in enumerate(rows):
        line: list[str] = []
        above = found[-1] if found else []
        for cell in cells:
            column = len(line)
            told = above[column] if cell.goes_on and column < len(above) else cell.text
            line.append(told)
            if cell.span > 1:
                wide.add((at, column))
                line.extend([""] * (cell.span - 1))
        found.append(line)
    width = max(map(len, found), default=0)
    for line in found:
        line.extend([""] * (width - len(line)))
    return found, wide


def counted(script: Script, *, knows_pages: bool) -> None:
    """Say of each block the how-manieth it is; pages that nobody knows are not told."""
    paragraphs = tables = 0
    for block in script.blocks:
        if isinstance(block, Table):
            tables += 1
            block.count = tables
        else:
            paragraphs += 1
            block.count = paragraphs
        if not knows_pages:
            block.page = 0


def flattened(blocks: list[Block]) -> list[Paragraph]:
    """What stands in a cell as paragraphs; a table in it as one line for each of its rows."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        else:
            rows = (" | ".join(cell for cell in row if cell) for row in block.rows)
            found.extend(Paragraph(text=row) for row in rows if row)
    return found
