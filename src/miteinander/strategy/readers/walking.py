"""Through a document from its first to its last paragraph: what each belongs to."""

from __future__ import annotations

from dataclasses import replace

from miteinander.strategy.readers.blocks import Paragraph, Place, Script, Table, spoken
from miteinander.strategy.readers.entries import Collector, Kind, Labels
from miteinander.strategy.readers.grids import Columns, belongs, read_table
from miteinander.strategy.readers.labels import is_area, labelled, named_in, numbered
from miteinander.strategy.readers.outline import (
    LONGEST_NUMBERED,
    Outline,
    is_chapter,
    key_of_heading,
    number_of,
)


class Walk:
    """Reads block by block; `kept` collects."""

    def __init__(self, script: Script, outline: Outline, labels: Labels) -> None:
        self.script, self.outline, self.labels = script, outline, labels
        self.kept = Collector()
        self.path: list[tuple[int, str]] = []
        self.pending = ""
        """The label whose words are still to come."""
        self.lists = ""
        """“measure” or “goal”: what the points of the next list are."""
        self.untitled = False
        """What was opened last has only a number: the next words are its title."""
        self.area = 0
        self.depth = 0
        """How deep the heading lies that opened what is open."""
        self.columns: Columns | None = None
        self.prose: list[tuple[Place, str, int]] = []

    def through(self) -> Collector:
        for block in self.script.blocks:
            if isinstance(block, Table):
                self._table(block)
                continue
            self.columns = None
            key = key_of_heading(block)
            if block.level or key == "b":
                self._heading(block, key)
            else:
                self._paragraph(block)
        for place, words, count in self.prose:
            self.kept.remark("prose" if count > 1 else "text", words, place)
            self.kept.remarks[-1]["count"] = count
        return self.kept

    def _place(self, block: Paragraph | Table) -> Place:
        path = tuple(heading for _level, heading in self.path)
        paragraph = block.count if isinstance(block, Paragraph) else 0
        return Place(path=path, page=block.page, paragraph=paragraph)

    # --- headings ---------------------------------------------------------------------------------

    def _heading(self, block: Paragraph, key: str) -> None:
        place = self._place(block)
        if block.level:
            while self.path and self.path[-1][0] >= block.level:
                self.path.pop()
            place = self._place(block)
            self.path.append((block.level, block.text))
            if self.area and block.level <= self.area:
                self.area = 0
                self._leave()
            if is_area(block.text) and not self.area:
                self.area = block.level
                self._leave()
                return
        if self._named(block, place):
            return
        typed, title = numbered(block.text)
        meaning = self.labels.meaning(title.rstrip(":")) if len(title) < 60 else ""
        if meaning and (self.kept.current is not None or meaning == "field"):
            self._label(meaning, title)
            return
        role = self.outline.role(key)
        is_open = bool(self.area or not self.outline.has_area)
        if role in {"field", "goal", "measure"} and is_open and not is_chapter(block.text):
            self._open(role, title, block.number or typed, place, block)
        elif role == "ignore":
            self._leave()
        elif block.level and self._is_over(block):
            self._leave()
            self._stray(block, place)
        elif (current := self.kept.current) is not None:
            self.pending = self.lists = ""
            current.tell(spoken(block))
        else:
            self._stray(block, place)

    def _is_over(self, block: Paragraph) -> bool:
        """A heading as high as the field that is open, or a chapter that every report has."""
        if self.kept.current is None or is_chapter(block.text):
            return True
        return bool(self.depth and block.level < self.depth)

    def _leave(self) -> None:
        self.kept.leave()
        self.pending = self.lists = ""
        self.untitled = False
        self.depth = 0

    def _named(self, block: Paragraph, place: Place) -> bool:
        """Whether a line says what it is, and then it is opened."""
        told = named_in(block.text)
        if told is None or len(block.text) > 3 * LONGEST_NUMBERED:
            return False
        if told.role == "guiding_goal":
            if self.kept.field is None:
                return False
            self.kept.goal = self.kept.measure = None
            self.kept.field.say("guiding_goal", told.title)
            self._note(block)
            self.pending = "" if told.title else "guiding_goal"
            return True
        self._open(told.role, told.title, told.number or block.number, place, block, named=True)
        return True

    def _open(
        self, role: str, title: str, number: str, place: Place, block: Paragraph,
        *, named: bool = False,
    ) -> None:  # fmt: skip
        self.pending = self.lists = ""
        kind: Kind = "field" if role == "field" else "goal" if role == "goal" else "measure"
        self.kept.open(kind, title, place, number, is_named=named)
        self.untitled = not title
        if role == "field" and block.level:
            self.depth = block.level
        self._note(block)

    def _note(self, block: Paragraph) -> None:
        if (current := self.kept.current) is not None:
            for note in block.notes:
                current.tell(f"[{note}]")

    def _label(self, meaning: str, label: str) -> None:
        self.pending = self.lists = ""
        if meaning in {"measure", "goal"}:
            self.lists = meaning
            self.kept.measure = None
            if meaning == "goal":
                self.kept.goal = None
        elif meaning == "guiding_goal" and self.kept.field is not None:
            self.kept.goal = self.kept.measure = None
            self.pending = meaning
        elif (current := self.kept.current) is not None:
            if belongs(meaning, current.kind):
                self.pending = meaning
            elif meaning != "ignore":
                current.tell(label)

    # --- text -------------------------------------------------------------------------------------

    def _paragraph(self, block: Paragraph) -> None:
        place = self._place(block)
        if self.untitled and self.kept.current is not None:
            self.kept.current.title = " ".join(block.text.split())
            self.untitled = False
            self._note(block)
            return
        if self._named(block, place) or self._numbered(block, place):
            return
        current = self.kept.current
        if current is None:
            self._stray(block, place)
            return
        if self.lists and (block.depth == 1 or (not block.depth and numbered(block.text)[0])):
            number, title, _depth = number_of(block)
            role, lists = self.lists, self.lists
            self._open(role, title, number, place, block)
            self.lists = lists
            return
        label, said = labelled(block.text)
        meaning = self.labels.meaning(label, said) if label else ""
        if not label and len(block.text) < 40 and not block.depth:
            alone = self.labels.meaning(block.text)
            if alone and alone not in {"field", "goal", "measure", "text"}:
                self._label(alone, block.text)
                return
        if meaning in {"measure", "goal"} and not said:
            self._label(meaning, label)
        elif meaning and belongs(meaning, current.kind):
            self.pending = "" if said else meaning
            current.say(meaning, said + "".join(f" [{note}]" for note in block.notes))
        elif meaning == "ignore":
            self.pending = ""
        elif self.pending == "guiding_goal" and self.kept.field is not None:
            self.kept.field.say("guiding_goal", spoken(block))
        elif self.pending and not meaning:
            current.say(self.pending, spoken(block))
        else:
            self.pending = ""
            current.tell(spoken(block))

    def _numbered(self, block: Paragraph, place: Place) -> bool:
        """Whether a numbered paragraph is a goal or a measure of its own."""
        if self.pending or self.lists:
            return False
        number, title, depth = number_of(block)
        if not number or len(title) > LONGEST_NUMBERED:
            return False
        role = self.outline.role(f"n{depth}")
        kept = self.kept
        is_chosen = f"n{depth}" in self.outline.levels and (
            self.outline.levels[f"n{depth}"].why == "chosen"
        )
        may = {
            "goal": kept.field is not None,
            "measure": kept.goal is not None or (is_chosen and kept.field is not None),
            "field": is_chosen,
        }
        if not may.get(role, False):
            return False
        if role == "measure" and kept.measure is not None and kept.measure.said:
            return False  # points of a measure sheet
        label, _said = labelled(title)
        if label and self.labels.meaning(label):
            return False
        self._open(role, title, number, place, block)
        return True

    def _stray(self, block: Paragraph, place: Place) -> None:
        """Text that belongs to no field: told chapter by chapter."""
        path = (place.path or (block.text,))[:1]
        if self.prose:
            first, words, count = self.prose[-1]
            if (first.path or (words,))[:1] == path:
                self.prose[-1] = (first, words, count + 1)
                return
        self.prose.append((place, block.text[:200], 1))

    def _table(self, block: Table) -> None:
        self.pending = ""
        place = replace(self._place(block), paragraph=0)
        lists = self.lists
        self.columns = read_table(block, place, self.kept, self.labels, self.columns)
        self.lists = lists if self.columns is None else ""
