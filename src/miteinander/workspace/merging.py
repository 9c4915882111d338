"""Two people saved one draft: what both wrote is offered as one text, and nothing is overwritten.

After a conflict the form holds what was typed; entries that only the other one changed are taken
over into it. Texts that both changed are put together word by word: with one press where nothing
is disputed, else after each dispute has been decided. All of it stands in the form itself, so it
works without JavaScript, and a third editor in between is met in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from miteinander.strategy import insights, queries
from miteinander.workspace.asking import base_on

if TYPE_CHECKING:
    from datetime import datetime

    from django import forms
    from django.http import QueryDict

    from miteinander.core.errors import Conflict
    from miteinander.strategy.insights import Choice, Passage
    from miteinander.strategy.models import Chapter, FieldOfAction, Goal, Measure
    from miteinander.ui.requests import MemberRequest

    Draft = FieldOfAction | Goal | Measure | Chapter

TOGETHER = "together"
"""The button that saves what was put together."""
BASE = "base"
"""The revision with which whoever pressed it began."""
R = TypeVar("R", bound="Draft")


@dataclass(frozen=True, slots=True)
class BothChanged:
    """One entry that both changed, each in another way."""

    name: str
    label: str
    mine: str
    theirs: str
    passages: tuple[tuple[Passage, str], ...] = ()
    """The text put together, each dispute with what was chosen so far; empty for no text."""
    disputes: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered after a conflict."""

    base: int
    by: str
    at: datetime | None
    taken_over: tuple[str, ...]
    """What only the other one changed, by its label: it stands in the form already."""
    texts: tuple[BothChanged, ...]
    chosen: tuple[BothChanged, ...]
    """Entries that are no texts: one of the two is chosen in the form."""
    undecided: bool
    """Whether somebody wanted to save without having decided everything."""

    @property
    def disputes(self) -> int:
        return sum(row.disputes for row in self.texts)


@dataclass(frozen=True, slots=True)
class TwoEditors(Generic[R]):
    """How the form of a draft meets a newer revision."""

    row: R
    values: Callable[[R], Mapping[str, object]]
    """What the form shows of a draft, as its `initial`."""

    def typed(self, request: MemberRequest) -> QueryDict | None:
        """What was sent; with the texts put together where that was asked for."""
        if request.method != "POST":
            return None
        if TOGETHER not in request.POST:
            return request.POST
        data = request.POST.copy()
        begun = _number(data.get(BASE, ""))
        base = queries.words_at(self.row, begun)
        if base is None:
            return data
        now = queries.said(self.row)
        for name in queries.texts_of(self.row):
            if name in data:
                one = insights.put_together(base.get(name, ""), str(data[name]), now[name])
                text = one.settled(_choices(data, name))
                if text is None:
                    data["seen"] = str(begun)  # the same conflict again, with what was chosen
                    return data
                data[name] = text
        return data

    def meet(self, form: forms.Form, conflict: Conflict) -> Offer | None:
        """Take over what only the other one changed, and offer the rest; None without history."""
        base_on(form, conflict.revision)
        if conflict.base is None:
            return None
        row = cast("R", type(self.row)._default_manager.get(pk=self.row.pk))
        now, shown = queries.said(row), self.values(row)
        data = cast("QueryDict", form.data)
        taken: list[str] = []
        texts: list[BothChanged] = []
        chosen: list[BothChanged] = []
        for name, field in form.fields.items():
            if name not in now:
                continue
            mine = queries.as_words(form.cleaned_data.get(name))
            was, theirs = conflict.base.get(name, ""), now[name]
            if theirs in (mine, was):
                continue
            label = str(field.label or name)
            if mine == was:
                _put(data, name, field, shown.get(name))
                taken.append(label)
            elif name in queries.texts_of(row):
                texts.append(_merged(data, name, label, (was, mine, theirs)))
            else:
                typed, stored = (queries.shown(row, name, words) for words in (mine, theirs))
                chosen.append(BothChanged(name, label, typed, stored))
        last = queries.wordings_of(row)[-1:]
        return Offer(
            base=conflict.seen,
            by=last[0].function if last else "",
            at=last[0].at if last else None,
            taken_over=tuple(taken),
            texts=tuple(texts),
            chosen=tuple(chosen),
            undecided=TOGETHER in data,
        )


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1


def _choices(data: QueryDict, name: str) -> dict[int, Choice]:
    """What was chosen for each dispute of a text."""
    found: dict[int, Choice] = {}
    for key, value in data.items():
        field, _dot, place = key.rpartition(".")
        if field == name and place.isascii() and place.isdigit() and value in insights.CHOICES:
            found[int(place)] = cast("Choice", value)
    return found


def _merged(data: QueryDict, name: str, label: str, texts: tuple[str, str, str]) -> BothChanged:
    one = insights.put_together(*texts)
    choices = _choices(data, name)
    passages = tuple(
        (passage, choices.get(passage.place, "") if passage.place is not None else "")
        for passage in one.passages
    )
    return BothChanged(name, label, texts[1], texts[2], passages, one.disputes)


def _put(data: QueryDict, name: str, field: forms.Field, value: object) -> None:
    """Write into the form what is stored, as a browser would send it."""
    if isinstance(value, bool) or value is None:
        data.pop(name, None)
        if value:
            data[name] = "on"
        return
    shown = field.widget.format_value(field.prepare_value(value))
    data.setlist(name, shown if isinstance(shown, list) else [str(shown)])
