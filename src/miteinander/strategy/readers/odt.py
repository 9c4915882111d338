"""ODT, read as a stream: the same that is read from DOCX.

Deleted text lies in a part of its own (`tracked-changes`), so that the text itself is what it would
be with all changes accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from zipfile import ZipFile

from miteinander.strategy.readers.blocks import (
    Block,
    Cell,
    Paragraph,
    Script,
    Table,
    counted,
    flattened,
    laid_out,
)
from miteinander.strategy.readers.docx import Report
from miteinander.strategy.readers.docx_styles import written_in
from miteinander.strategy.readers.packed import Attributes, Parts

_SKIPPED = {
    "tracked-changes": "deleted", "table-of-content": "contents", "annotation": "comments",
    "alphabetical-index": "contents", "illustration-index": "contents",
    "table-index": "contents", "bibliography": "contents", "scripts": "", "forms": "",
    "number": "", "desc": "", "title": "", "event-listeners": "",
}  # fmt: skip
"""Parts that are no text, and what they are told as."""
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
MOST_REPEATED = 200


def read_odt(packed: ZipFile, report: Report = lambda _share: None) -> Script:
    """Every paragraph and table of the text."""
    parts = Parts(packed)
    reading = _Reading()
    if "styles.xml" in parts.names:
        parts.parse("styles.xml", reading.style_start, reading.style_end)
    parts.parse("content.xml", reading.start, reading.end, reading.text, report)
    if any(name.startswith(("Basic/", "Scripts/")) for name in parts.names):
        reading.script.aside["macros"] += 1
    counted(reading.script, knows_pages=reading.page > 1)
    return reading.script


@dataclass(slots=True)
class _Level:
    sort: str = ""
    start: int = 1
    shown: int = 1


@dataclass(slots=True)
class _List:
    style: str
    depth: int
    is_fresh: bool


@dataclass(slots=True)
class _Open:
    level: int = 0
    style: str = ""
    pieces: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    bold: int = 0
    plain: int = 0
    page: int = 0


class _Reading:
    def __init__(self) -> None:
        self.script = Script()
        self.lists: dict[str, dict[int, _Level]] = {}
        self.bold: set[str] = set()
        self.parents: dict[str, str] = {}
        self.list_of_style: dict[str, str] = {}
        self.current_list = self.current_style = ""
        self.boxes: list[list[Block]] = [self.script.blocks]
        self.open: list[_Open] = []
        self.notes: list[list[str]] = []
        self.spans: list[bool] = []
        self.rows: list[list[list[Cell]]] = []
        self.frames: list[list[list[Block]]] = []
        self.down: list[dict[int, int]] = []
        self.stack: list[_List] = []
        self.counters: dict[str, dict[int, int]] = {}
        self.awaits: list[bool] = []
        self.repeat: list[int] = []
        self.skipped = 0
        self.in_body = self.is_aside = False
        self.page = 1

    # --- styles -----------------------------------------------------------------------------------

    def style_start(self, tag: str, attributes: Attributes) -> None:
        if tag == "list-style":
            self.current_list = attributes.get("name", "")
            self.lists[self.current_list] = {}
        elif tag == "outline-style":
            self.current_list = "outline"
            self.lists["outline"] = {}
        elif tag in {"list-level-style-number", "outline-level-style"} and self.current_list:
            self.lists[self.current_list][int(attributes.get("level", "1"))] = _Level(
                sort=attributes.get("num-format", ""),
                start=int(attributes.get("start-value") or 1),
                shown=int(attributes.get("display-levels") or 1),
            )
        elif tag == "style":
            self.current_style = attributes.get("name", "")
            self.parents[self.current_style] = attributes.get("parent-style-name", "")
            if attributes.get("list-style-name"):
                self.list_of_style[self.current_style] = attributes["list-style-name"]
        elif tag == "text-properties" and attributes.get("font-weight") in _BOLD:
            self.bold.add(self.current_style)

    def style_end(self, tag: str) -> None:
        if tag in {"list-style", "outline-style"}:
            self.current_list = ""
        elif tag == "style":
            self.current_style = ""

    def _is_bold(self, style: str) -> bool:
        for _step in range(20):
            if style and style in self.bold:
                return True
            style = self.parents.get(style, "")
        return False

    def _is_contents(self, style: str) -> bool:
        return any(s.startswith("Contents_20_") for s in (style, self.parents.get(style, "")))

    # --- text -------------------------------------------------------------------------------------

    def start(self, tag: str, attributes: Attributes) -> None:
        if self.skipped:
            if tag == "deletion":
                self.script.aside["deleted"] += 1
            elif tag == "insertion":
                self.script.aside["inserted"] += 1
            self.skipped += 1
        elif not self.in_body:
            self.in_body = tag == "body"
            self.style_start(tag, attributes)
        elif tag in _SKIPPED:
            self.skipped = 1
            if tag not in {"tracked-changes", "number", "desc", "title", "scripts", "forms"}:
                self.script.aside[_SKIPPED[tag]] += 1
        else:
            self._start(tag, attributes)

    def _start(self, tag: str, attributes: Attributes) -> None:  # noqa: PLR0912 -- one line for each element
        match tag:
            case "p" | "h":
                level = int(attributes.get("outline-level") or 1) if tag == "h" else 0
                style = attributes.get("style-name", "")
                self.open.append(_Open(level=level, style=style, page=self.page))
            case "span":
                self.spans.append(self._is_bold(attributes.get("style-name", "")))
            case "s":
                self._say(" " * min(int(attributes.get("c") or 1), 50))
            case "tab":
                self._say("\t")
            case "line-break":
                self._say("\n")
            case "soft-page-break":
                self.page += 1
            case "note":
                self.notes.append([])
            case "note-citation":
                self.is_aside = True
            case "note-body":
                self.boxes.append([])
            case "list":
                self._list(attributes)
            case "list-item" | "list-header":
                self.awaits.append(tag == "list-item")
                if self.stack and attributes.get("start-value"):
                    current = self.stack[-1]
                    counters = self.counters.setdefault(current.style, {})
                    counters[current.depth] = int(attributes["start-value"]) - 1
            case "table":
                self.rows.append([])
                self.frames.append([])
                self.down.append({})
            case "table-row":
                self.repeat.append(int(attributes.get("number-rows-repeated") or 1))
                if self.rows:
                    self.rows[-1].append([])
            case "table-cell" | "covered-table-cell":
                self._cell(tag, attributes)
            case "text-box":
                self.boxes.append([])
            case "image":
                self.script.aside["pictures"] += 1

    def end(self, tag: str) -> None:  # noqa: PLR0912 -- as above
        if self.skipped:
            self.skipped -= 1
            return
        if not self.in_body:
            self.style_end(tag)
            return
        match tag:
            case "p" | "h":
                self._end_paragraph()
            case "span":
                self.spans.pop()
            case "note-citation":
                self.is_aside = False
            case "note-body":
                told = " ".join(p.text for p in flattened(self.boxes.pop()))
                if self.open and told:
                    self.open[-1].notes.append(told)
            case "list":
                self.stack.pop()
            case "list-item" | "list-header":
                self.awaits.pop()
            case "table-row":
                self._end_row()
            case "table-cell" | "covered-table-cell":
                self._end_cell()
            case "table":
                self._end_table()
            case "text-box":
                blocks = self.boxes.pop()
                into = self.open[-1].after if self.open else self.boxes[-1]
                into.extend(blocks)
                self.script.aside["boxes"] += bool(blocks)

    def text(self, written: str) -> None:
        if self.in_body and not self.skipped and not self.is_aside:
            # Line ends in the file are spaces; those in the text are elements of their own.
            self._say(written.replace("\n", " "))

    def _say(self, written: str) -> None:
        if not self.open:
            return
        current = self.open[-1]
        current.pieces.append(written)
        if any(self.spans):
            current.bold += len(written)
        else:
            current.plain += len(written.strip())

    def _end_paragraph(self) -> None:
        current = self.open.pop()
        text = "".join(current.pieces).replace("\xa0", " ").replace("\u00ad", "").strip()
        number, depth = "", 0
        if text and self.stack and self.awaits and self.awaits[-1]:
            self.awaits[-1] = False
            depth = self.stack[-1].depth
            number = self._number(self.stack[-1].style, depth)
        elif text and current.level:
            number = self._number("outline", current.level)
        if self._is_contents(current.style):
            self.script.aside["contents"] += 1
        elif text or current.notes:
            self.boxes[-1].append(
                Paragraph(
                    text=text,
                    level=current.level,
                    number=number,
                    depth=0 if current.level else depth,
                    is_bold=bool(current.bold and not current.plain)
                    or (not current.level and self._is_bold(current.style)),
                    notes=current.notes,
                    page=current.page,
                )
            )
        self.boxes[-1].extend(current.after)

    # --- lists ------------------------------------------------------------------------------------

    def _list(self, attributes: Attributes) -> None:
        above = self.stack[-1] if self.stack else None
        style = attributes.get("style-name") or (above.style if above else "")
        goes_on = attributes.get("continue-numbering") == "true" or "continue-list" in attributes
        if above is None and not goes_on:
            self.counters.pop(style, None)
        self.stack.append(_List(style, above.depth + 1 if above else 1, is_fresh=not goes_on))

    def _number(self, style: str, depth: int) -> str:
        levels = self.lists.get(style, {})
        counters = self.counters.setdefault(style, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [n for n in counters if n > depth]:
            del counters[deeper]
        if not level.sort:
            return ""
        shown = []
        for at in range(max(1, depth - level.shown + 1), depth + 1):
            one = levels.get(at, _Level("1"))
            if one.sort:
                shown.append(written_in(one.sort, counters.get(at, one.start)))
        return ".".join(shown)

    # --- tables -----------------------------------------------------------------------------------

    def _cell(self, tag: str, attributes: Attributes) -> None:
        self.boxes.append([])
        if not self.rows or not self.rows[-1]:
            return
        row, down = self.rows[-1][-1], self.down[-1]
        column = len(row)
        if tag == "covered-table-cell":
            # Below a merged cell it goes on; beside one it is covered by its span.
            goes_on = down.get(column, 0) > 0
            if goes_on:
                down[column] -= 1
            row.append(Cell(goes_on=goes_on))
            return
        if (rows := int(attributes.get("number-rows-spanned") or 1)) > 1:
            down[column] = rows - 1
        row.append(Cell(span=int(attributes.get("number-columns-spanned") or 1)))

    def _end_cell(self) -> None:
        blocks = self.boxes.pop()
        if self.rows and self.rows[-1] and self.rows[-1][-1]:
            self.rows[-1][-1][-1].paragraphs = flattened(blocks)
            self.frames[-1].append(blocks)

    def _end_row(self) -> None:
        times = min(self.repeat.pop(), MOST_REPEATED)
        if self.rows and self.rows[-1] and times > 1 and any(c.text for c in self.rows[-1][-1]):
            self.rows[-1].extend([self.rows[-1][-1]] * (times - 1))

    def _end_table(self) -> None:
        rows, frames = self.rows.pop(), self.frames.pop()
        self.down.pop()
        if len(frames) == 1:
            self.boxes[-1].extend(frames[0])  # a frame round a text
            return
        grid, wide = _in_columns(rows)
        if any(any(row) for row in grid):
            self.boxes[-1].append(Table(rows=grid, wide=wide, page=self.page))


def _in_columns(rows: list[list[Cell]]) -> tuple[list[list[str]], Any]:
    """Covered cells stand in the file: the span is told, but takes no room of its own."""
    wide = {(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.span > 1}
    for row in rows:
        for cell in row:
            cell.span = 1
    grid, _none = laid_out(rows)
    return grid, wide
