"""Fields, goals and measures while a file is read: one under the other, with what is said of them.

Nothing that belongs to one of them is lost: what has no place of its own is kept word for word in
`loose`, and becomes part of the description.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from miteinander.community.readers.names import folded
from miteinander.strategy.readers.blocks import Place
from miteinander.strategy.readers.labels import key_of, meaning_of, named_in, numbered
from miteinander.strategy.states import IMPORTED

Kind = Literal["field", "goal", "measure"]
LONGEST_TITLE = 300
OF_FIELD = frozenset({"guiding_goal", "scope", "text"})
OF_GOAL = frozenset({"text", "need", "evidence", "indicator"})


@dataclass(slots=True)
class Entry:
    """One field, goal or measure as the file has it."""

    kind: Kind
    title: str
    place: Place
    number: str = ""
    parent: Entry | None = None
    said: dict[str, list[str]] = field(default_factory=dict)
    """Meaning of a label → what stands there."""
    loose: list[str] = field(default_factory=list)
    """What belongs to it and has no label that we know."""
    is_made: bool = False
    """The file names none: it stands here so that what lies below has a place."""
    is_named: bool = False
    """The file itself calls it a field, a goal or a measure."""

    def say(self, meaning: str, words: str) -> None:
        if words.strip() and words.strip() not in self.said.get(meaning, ()):
            self.said.setdefault(meaning, []).append(words.strip())

    def tell(self, words: str, label: str = "") -> None:
        told = f"{label.strip().rstrip(':')}: {words.strip()}" if label else words.strip()
        if words.strip() and told not in self.loose:
            self.loose.append(told)


@dataclass(slots=True)
class Labels:
    """What labels and columns mean: as somebody chose, else as words we know."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Every label that came up: its words, what it was taken for, how often, an example."""

    def meaning(self, label: str, example: str = "", *, note: bool = False) -> str:
        """What a label means; `note` also remembers one that nobody knows, to be asked about."""
        key = key_of(label)
        found = self.chosen.get(key, "") if self.chosen.get(key) in IMPORTED else ""
        found = found or meaning_of(label)
        if key and (found or note):
            row = self.seen.setdefault(
                key,
                {"key": key, "label": label.strip().rstrip(":")[:80], "count": 0, "samples": []},
            )
            row["role"] = found
            row["count"] += 1
            if example.strip() and len(row["samples"]) < 2:
                row["samples"].append(example.strip()[:80])
        return found


class Collector:
    """Where one is while reading: the field, goal and measure that are open."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.by_title: dict[tuple[str, str], list[Entry]] = {}
        self.remarks: list[dict[str, Any]] = []
        self.field: Entry | None = None
        self.goal: Entry | None = None
        self.measure: Entry | None = None

    @property
    def current(self) -> Entry | None:
        return self.measure or self.goal or self.field

    def leave(self) -> None:
        """A chapter begins that belongs to none of them."""
        self.field = self.goal = self.measure = None

    def remark(self, code: str, value: str, place: Place) -> None:
        self.remarks.append({"code": code, "value": value[:300], "place": place.as_json()})

    def open(
        self, kind: Kind, title: str, place: Place, number: str = "", *, is_named: bool = False
    ) -> Entry:
        """Begin a field, goal or measure below what is open; the same once more is the same one."""
        title = " ".join(title.split())
        parent = self._parent_for(kind, place)
        alike = self.by_title.setdefault((kind, folded(title)), [])
        for entry in alike if title else ():
            if (not number or not entry.number or entry.number == number) and _is_same_home(
                entry.parent, parent
            ):
                entry.number = entry.number or number
                if entry.parent is not None and entry.parent.is_made and parent is not None:
                    entry.parent = parent  # an overview stood before the goals
                self._enter(entry)
                return entry
        entry = Entry(kind, title, place, number, parent, is_named=is_named)
        alike.append(entry)
        self.entries.append(entry)
        self._enter(entry)
        return entry

    def _enter(self, entry: Entry) -> None:
        if entry.kind == "field":
            self.field, self.goal, self.measure = entry, None, None
        elif entry.kind == "goal":
            self.field, self.goal, self.measure = entry.parent, entry, None
        else:
            self.goal, self.measure = entry.parent, entry
            self.field = self.goal.parent if self.goal else None

    def _parent_for(self, kind: Kind, place: Place) -> Entry | None:
        if kind == "field":
            return None
        if self.field is None:
            self.field = self._made("field", None, place)
        if kind == "goal":
            return self.field
        if self.goal is None or self.goal.parent is not self.field:
            self.goal = self._made("goal", self.field, place)
        return self.goal

    def _made(self, kind: Kind, parent: Entry | None, place: Place) -> Entry:
        for entry in self.entries:
            if entry.is_made and entry.kind == kind and entry.parent is parent:
                return entry
        made = Entry(kind, "", place, parent=parent, is_made=True)
        self.entries.append(made)
        return made

    def place_in(self, field_words: str, goal_words: str, place: Place) -> None:
        """Open the field and the goal that a row of a table names, unless they are open."""
        if field_words:
            number, title = title_in(field_words, "field")
            if self.field is None or folded(self.field.title) != folded(title):
                self.open("field", title, place, number, is_named=True)
        if goal_words:
            number, title = title_in(goal_words, "goal")
            if self.goal is None or folded(self.goal.title) != folded(title):
                self.open("goal", title, place, number, is_named=True)
        self.measure = None


def title_in(words: str, role: str) -> tuple[str, str]:
    """Number and title in a cell: “Maßnahme 1.2: Sprachcafé” → (“1.2”, “Sprachcafé”)."""
    words = " ".join(words.split())
    if (told := named_in(words)) is not None and told.role == role and told.title:
        return told.number, told.title
    return numbered(words)


def _is_same_home(one: Entry | None, other: Entry | None) -> bool:
    """The same, or the same field where one of both stands there without a goal."""
    if one is other:
        return True
    if one is None or other is None:
        return False
    return one.parent is other.parent and (one.is_made or other.is_made)
