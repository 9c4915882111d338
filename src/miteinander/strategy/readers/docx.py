"""DOCX, read as a stream: what a reader of the document sees, in the order in which they see it.

Tracked changes are taken as accepted. Text boxes follow the paragraph to which they are tied, once
(programs write them twice). Fields tell what they show. Left out, and counted: deletions, comments,
pictures, hidden text, the table of contents; headers and footers are no part of the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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
from miteinander.strategy.readers.docx_styles import (
    OFF,
    Numbering,
    Styles,
    is_contents,
    level_of,
    notes_in,
)
from miteinander.strategy.readers.packed import Attributes, Parts, main_part

Report = Callable[[float], None]
_GONE = {"del", "moveFrom"}
_CHANGED = {"pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange",
            "numberingChange", "tblGridChange", "Fallback", "numPicBullet"}  # fmt: skip
"""What something looked like before, and what stands there a second time for old programs."""
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def read_docx(packed: ZipFile, report: Report = lambda _share: None) -> Script:
    """Every paragraph and table of the text."""
    parts = Parts(packed)
    main = main_part(packed)
    related = parts.related(main)
    reading = _Reading()
    if (path := related.get("styles", "")) in parts.names:
        reading.styles.read(parts, path)
    if (path := related.get("numbering", "")) in parts.names:
        reading.numbering.read(parts, path)
    for sort in ("footnotes", "endnotes"):
        if (path := related.get(sort, "")) in parts.names:
            reading.notes[sort] = notes_in(parts, path)
    parts.parse(main, reading.start, reading.end, reading.text, report)
    if any(name.endswith("vbaProject.bin") for name in parts.names):
        reading.script.aside["macros"] += 1
    return reading.finished()


@dataclass(slots=True)
class _Open:
    """A paragraph whose end has not been seen yet."""

    pieces: list[str] = field(default_factory=list)
    style: str = ""
    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    is_merged: bool = False
    """Its mark was deleted: it runs on into the next paragraph."""
    bold: int = 0
    plain: int = 0
    notes: list[str] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    page: int = 0


@dataclass(slots=True)
class _OpenTable:
    rows: list[list[Cell]] = field(default_factory=list)
    blocks: list[list[Block]] = field(default_factory=list)
    """Of each cell, in order: a table that is a frame round a text is opened."""
    is_row_gone: bool = False


class _Reading:
    """Listens to the XML and keeps where it is."""

    def __init__(self) -> None:
        self.script = Script()
        self.styles, self.numbering = Styles(), Numbering()
        self.notes: dict[str, dict[str, str]] = {}
        self.boxes: list[list[Block]] = [self.script.blocks]
        """Where blocks go: the text, a cell, a text box; the innermost last."""
        self.open: list[_Open] = []
        self.tables: list[_OpenTable] = []
        self.skipped = 0
        self.in_properties = self.in_row_properties = 0
        self.listens = False
        self.is_bold = self.is_hidden = self.in_run = False
        self.fields: list[str] = []
        self.in_instruction = False
        self.contents = 0
        self.carried: _Open | None = None
        self.controls: list[bool] = []
        self.page, self.knows_pages = 1, False
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "p": self._paragraph, "pPr": self._properties, "pStyle": self._style,
            "outlineLvl": self._outline, "numId": self._list_id, "ilvl": self._list_level,
            "r": self._run, "b": self._bold, "vanish": self._hidden, "t": self._listen,
            "br": self._break, "sym": self._sign, "tbl": self._table, "tr": self._row,
            "trPr": self._row_properties, "tc": self._cell, "gridSpan": self._span,
            "vMerge": self._merge, "gridBefore": self._indent, "txbxContent": self._box,
            "fldChar": self._field, "instrText": self._instruct, "ins": self._inserted,
            "moveTo": self._inserted, "footnoteReference": self._footnote,
            "endnoteReference": self._endnote, "commentReference": self._comment,
            "blip": self._picture, "imagedata": self._picture, "sdt": self._control,
            "docPartGallery": self._gallery, "showingPlcHdr": self._placeholder,
            "sdtContent": self._control_content, "lastRenderedPageBreak": self._page,
        }  # fmt: skip
        self.ends: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph, "pPr": self._end_properties, "t": self._end_listening,
            "r": self._end_run, "tbl": self._end_table, "tr": self._end_row,
            "trPr": self._end_row_properties, "tc": self._end_cell, "txbxContent": self._end_box,
            "instrText": self._end_instruction, "sdt": self._end_control,
        }  # fmt: skip

    # --- what expat calls -------------------------------------------------------------------------

    def start(self, tag: str, attributes: Attributes) -> None:
        if self.skipped:
            self.skipped += 1
            return
        if tag in _CHANGED:
            self.skipped = 1
        elif tag in _GONE:
            self._gone()
        elif tag in _SIGNS:
            self._say(_SIGNS[tag])
        elif (known := self.starts.get(tag)) is not None:
            known(attributes)

    def end(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        if (known := self.ends.get(tag)) is not None:
            known()

    def text(self, written: str) -> None:
        if self.listens and not self.skipped:
            self._say(written)
        elif self.in_instruction and self.fields:
            self.fields[-1] += written

    def _say(self, written: str) -> None:
        if not self.open or not self.in_run or self.contents:
            return
        if self.is_hidden:
            self.script.aside["hidden"] += self.listens
            return
        current = self.open[-1]
        current.pieces.append(written)
        if self.is_bold:
            current.bold += len(written)
        else:
            current.plain += len(written)

    # --- paragraphs -------------------------------------------------------------------------------

    def _paragraph(self, _attributes: Attributes) -> None:
        self.open.append(_Open(page=self.page))

    def _properties(self, _attributes: Attributes) -> None:
        self.in_properties += 1

    def _end_properties(self) -> None:
        self.in_properties -= 1

    def _style(self, attributes: Attributes) -> None:
        if self.open:
            self.open[-1].style = attributes.get("val", "")

    def _outline(self, attributes: Attributes) -> None:
        if self.open and self.in_properties:
            self.open[-1].level = level_of(attributes["val"])

    def _list_id(self, attributes: Attributes) -> None:
        if self.open and self.in_properties:
            self.open[-1].list_id = attributes.get("val", "")

    def _list_level(self, attributes: Attributes) -> None:
        if self.open and self.in_properties:
            self.open[-1].list_level = int(attributes["val"])

    def _run(self, _attributes: Attributes) -> None:
        self.in_run, self.is_bold, self.is_hidden = True, False, False

    def _end_run(self) -> None:
        self.in_run = self.is_bold = self.is_hidden = False

    def _bold(self, attributes: Attributes) -> None:
        if self.in_run and not self.in_properties:
            self.is_bold = attributes.get("val", "1") not in OFF

    def _hidden(self, attributes: Attributes) -> None:
        if self.in_run and not self.in_properties:
            self.is_hidden = attributes.get("val", "1") not in OFF

    def _listen(self, _attributes: Attributes) -> None:
        self.listens = True

    def _end_listening(self) -> None:
        self.listens = False

    def _break(self, attributes: Attributes) -> None:
        self._say(" " if attributes.get("type") in {"page", "column"} else "\n")

    def _sign(self, attributes: Attributes) -> None:
        # Signs of symbol fonts have no letters; of those that tick a box the meaning is known.
        self._say({"F0FE": "☒", "F0A8": "☐", "F0FC": "✓"}.get(attributes.get("char", ""), ""))

    def _page(self, _attributes: Attributes) -> None:
        self.page += 1
        self.knows_pages = True

    def _end_paragraph(self) -> None:
        current = self.open.pop()
        if (carried := self.carried) is not None:
            # What stood before a deleted paragraph mark runs on here.
            current.pieces[:0] = carried.pieces
            current.notes[:0] = carried.notes
            current.after[:0] = carried.after
            current.bold, current.plain = current.bold + carried.bold, current.plain + carried.plain
            self.carried = None
        if current.is_merged:
            self.carried = current
            return
        text = "".join(current.pieces).replace("\xa0", " ").replace("\u00ad", "").strip()
        style = self.styles.of(current.style)
        if text and is_contents(style.name):
            self.script.aside["contents"] += 1
        elif text or current.notes:
            self.boxes[-1].append(self._made(current, text))
        self.boxes[-1].extend(current.after)

    def _made(self, current: _Open, text: str) -> Paragraph:
        style = self.styles.of(current.style)
        level = current.level if current.level is not None else style.level or 0
        list_id = current.list_id if current.list_id is not None else style.list_id
        at = current.list_level if current.list_level is not None else style.list_level
        if at is None:
            at = self.numbering.by_style.get(current.style, 0)
        is_listed = list_id not in {None, "", "0"} and list_id in self.numbering.lists
        number = self.numbering.next(list_id, at) if is_listed and list_id and text else ""
        is_bold = not current.plain and bool(current.bold)
        return Paragraph(
            text=text,
            level=level,
            number=number,
            depth=at + 1 if is_listed and not level else 0,
            is_bold=is_bold or bool(style.is_bold and not level),
            notes=current.notes,
            page=current.page,
        )

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, _attributes: Attributes) -> None:
        self.tables.append(_OpenTable())

    def _row(self, _attributes: Attributes) -> None:
        if self.tables:
            self.tables[-1].rows.append([])
            self.tables[-1].is_row_gone = False

    def _row_properties(self, _attributes: Attributes) -> None:
        self.in_row_properties += 1

    def _end_row_properties(self) -> None:
        self.in_row_properties -= 1

    def _indent(self, attributes: Attributes) -> None:
        if self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].append(Cell(span=_few(attributes)))

    def _cell(self, _attributes: Attributes) -> None:
        if self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].append(Cell())
        self.boxes.append([])

    def _span(self, attributes: Attributes) -> None:
        if self.tables and self.tables[-1].rows and self.tables[-1].rows[-1]:
            self.tables[-1].rows[-1][-1].span = _few(attributes)

    def _merge(self, attributes: Attributes) -> None:
        if self.tables and self.tables[-1].rows and self.tables[-1].rows[-1]:
            goes_on = attributes.get("val", "continue") != "restart"
            self.tables[-1].rows[-1][-1].goes_on = goes_on

    def _end_cell(self) -> None:
        blocks = self.boxes.pop()
        if self.tables and self.tables[-1].rows and self.tables[-1].rows[-1]:
            self.tables[-1].rows[-1][-1].paragraphs = flattened(blocks)
            self.tables[-1].blocks.append(blocks)

    def _end_row(self) -> None:
        if self.tables and self.tables[-1].is_row_gone:
            gone = self.tables[-1].rows.pop()
            del self.tables[-1].blocks[len(self.tables[-1].blocks) - len(gone) :]
            self.script.aside["deleted"] += 1

    def _end_table(self) -> None:
        table = self.tables.pop()
        if len(table.blocks) == 1:
            self.boxes[-1].extend(table.blocks[0])  # a frame round a text
            return
        rows, wide = laid_out(table.rows)
        if any(any(row) for row in rows):
            self.boxes[-1].append(Table(rows=rows, wide=wide, page=self.page))

    # --- text boxes, fields, notes, changes -------------------------------------------------------

    def _box(self, _attributes: Attributes) -> None:
        self.boxes.append([])
        self.in_run = False

    def _end_box(self) -> None:
        blocks = self.boxes.pop()
        self.in_run = True
        if self.open:
            self.open[-1].after.extend(blocks)
            self.script.aside["boxes"] += bool(blocks)

    def _field(self, attributes: Attributes) -> None:
        sort = attributes.get("fldCharType")
        if sort == "begin":
            self.fields.append("")
        elif sort == "separate" and self.fields and self.fields[-1].split()[:1] == ["TOC"]:
            self.contents += 1
            self.script.aside["contents"] += 1
        elif sort == "end" and self.fields:
            self.contents -= self.fields.pop().split()[:1] == ["TOC"] and self.contents > 0

    def _instruct(self, _attributes: Attributes) -> None:
        self.in_instruction = True

    def _end_instruction(self) -> None:
        self.in_instruction = False

    def _gone(self) -> None:
        if self.in_row_properties:
            self.tables[-1].is_row_gone = True
        elif self.in_properties and self.open:
            self.open[-1].is_merged = True
        else:
            self.script.aside["deleted"] += 1
        self.skipped = 1

    def _inserted(self, _attributes: Attributes) -> None:
        if not self.in_properties:
            self.script.aside["inserted"] += 1

    def _footnote(self, attributes: Attributes) -> None:
        self._note("footnotes", attributes)

    def _endnote(self, attributes: Attributes) -> None:
        self._note("endnotes", attributes)

    def _note(self, sort: str, attributes: Attributes) -> None:
        told = self.notes.get(sort, {}).get(attributes.get("id", ""))
        if told and self.open:
            self.open[-1].notes.append(told)

    def _comment(self, _attributes: Attributes) -> None:
        self.script.aside["comments"] += 1

    def _picture(self, _attributes: Attributes) -> None:
        self.script.aside["pictures"] += 1

    # --- content controls -------------------------------------------------------------------------

    def _control(self, _attributes: Attributes) -> None:
        self.controls.append(False)

    def _gallery(self, attributes: Attributes) -> None:
        if self.controls and "contents" in attributes.get("val", "").lower():
            self.controls[-1] = True
            self.script.aside["contents"] += 1

    def _placeholder(self, attributes: Attributes) -> None:
        if self.controls and attributes.get("val", "1") not in OFF:
            self.controls[-1] = True

    def _control_content(self, _attributes: Attributes) -> None:
        if self.controls and self.controls[-1]:
            self.skipped = 1

    def _end_control(self) -> None:
        if self.controls:
            self.controls.pop()

    def finished(self) -> Script:
        """The document, its paragraphs and tables counted."""
        if (carried := self.carried) is not None:
            text = "".join(carried.pieces).strip()
            if text:
                self.script.blocks.append(self._made(carried, text))
        counted(self.script, knows_pages=self.knows_pages)
        return self.script


def _few(attributes: Attributes) -> int:
    """How many columns something covers; more than a table can have are nonsense."""
    return max(1, min(int(attributes.get("val") or 1), 60))
