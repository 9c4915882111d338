"""How a draft reads, how it read before, and what of it is a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from miteinander.core.models import Thing
from miteinander.strategy.models import (
    COSTS,
    Chapter,
    FieldOfAction,
    Goal,
    Indicator,
    Measure,
    Wording,
)
from miteinander.strategy.models.wordings import Draft, place_of
from miteinander.strategy.queries.sheet import own_labels
from miteinander.ui.words import written_day, written_number

TEXTS: dict[str, tuple[str, ...]] = {
    FieldOfAction.KIND: ("title", "scope", "guiding_goal"),
    Goal.KIND: ("title", "text", "need", "evidence", "indicator", "no_indicator_reason"),
    Measure.KIND: (
        "title", "summary", "text", "first_steps", "target_groups", "neighbourhoods",
        "funding_source", "risks",
    ),
    "chapter": ("title", "text"),
}  # fmt: skip
"""What is merged word by word, and commented on; the rest is chosen."""
CHOSEN: dict[str, tuple[str, ...]] = {
    FieldOfAction.KIND: ("working_group",),
    Goal.KIND: ("effect",),
    Measure.KIND: (
        "lead", "partners", "novelty", "service", "horizon", "starts", "ends", "cost_once",
        "cost_yearly", "funding", "staff_need", "cross_cutting_themes", "depends_on", "is_key",
        "is_quick_win", "indicators",
    ),
    "chapter": (),
}  # fmt: skip
NUMBERS = (*COSTS, "staff_need")
MANY = ("partners", "cross_cutting_themes", "depends_on", "indicators")
READ = ("lead", *MANY)
"""What a measure needs of other tables to be said."""
OWN = "own_"
"""How the names of own fields begin in forms and in wordings; their key follows."""
YES = "yes"
DAY = re.compile(r"\(([0-9]{4}-[0-9]{2}-[0-9]{2})\)")
"""A day as :func:`_counted` puts it behind a number."""


def kind_of(row: Draft) -> str:
    return "chapter" if isinstance(row, Chapter) else row.KIND


def texts_of(row: Draft) -> tuple[str, ...]:
    return TEXTS[kind_of(row)]


def as_words(value: object) -> str:
    """An entry as words that can be compared: what a form gives and what is stored are alike."""
    if value is None or isinstance(value, bool):
        return YES if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Indicator):
        return _counted(value)
    if isinstance(value, (str, int, Thing)):
        return str(value).replace("\r\n", "\n")
    return "\n".join(sorted(as_words(one) for one in value))  # type: ignore[attr-defined]  # what is left is many


def _counted(indicator: Indicator) -> str:
    """“Kinder mit Platz (Prozent): 40 (2025-01-01) → 60 (2027-12-31) · Statistik”."""
    named = f"{indicator.title} ({indicator.unit})" if indicator.unit else indicator.title
    ends = [
        f"{as_words(number) or '?'} ({as_words(day)})" if day else as_words(number)
        for number, day in (
            (indicator.baseline, indicator.baseline_on),
            (indicator.target, indicator.target_by),
        )
    ]
    way = " → ".join(end or "?" for end in ends) if any(ends) else ""
    told = f"{named}: {way}" if way else named
    return f"{told} · {indicator.source}" if indicator.source else told


def sayable(model: type[S], pks: Iterable[int]) -> dict[int, S]:
    """Drafts of one kind with all that :func:`said` reads: one query, and one for each list."""
    rows = model._default_manager.filter(pk__in=list(pks))
    many = READ if model is Measure else ("working_group",) if model is FieldOfAction else ()
    return {row.pk: row for row in rows.prefetch_related(*many).order_by("pk")}


def said(row: Draft) -> dict[str, str]:
    """Everything that a draft says; of a measure with one query for each list of things."""
    kind = kind_of(row)
    words = {name: as_words(getattr(row, name)) for name in TEXTS[kind]}
    for name in CHOSEN[kind]:
        value = getattr(row, name)
        words[name] = as_words(value.all() if name in MANY else value)
    if isinstance(row, Measure):
        words |= {f"{OWN}{key}": as_words(answer) for key, answer in row.own.items()}
    return words


S = TypeVar("S", FieldOfAction, Goal, Measure)


@dataclass(frozen=True, slots=True)
class Said:
    """One wording: what it changed, and all that the draft said then."""

    pk: int
    revision: int
    at: datetime
    function: str
    changed: tuple[str, ...]
    words: Mapping[str, str]
    is_first: bool


def wordings_of(row: Draft) -> list[Said]:
    """All wordings of a draft, the oldest first: one query."""
    found: list[Said] = []
    words: dict[str, str] = {}
    for wording in Wording.objects.filter(**place_of(row)):
        words = words | wording.words
        found.append(
            Said(
                pk=wording.pk,
                revision=wording.revision,
                at=wording.at,
                function=wording.function,
                changed=tuple(wording.words),
                words=words,
                is_first=not found,
            )
        )
    return found


def last_words(rows: Sequence[Draft]) -> dict[int, dict[str, str]]:
    """By key, what each of some drafts of one kind said at its last wording: one query."""
    told: dict[int, dict[str, str]] = defaultdict(dict)
    for column in {name for row in rows for name in place_of(row)}:
        wordings = Wording.objects.filter(**{f"{column}__in": [row.pk for row in rows]})
        for wording in wordings:
            told[getattr(wording, column)] |= wording.words
    return dict(told)


def words_at(row: Draft, revision: int) -> Mapping[str, str] | None:
    """What somebody saw who opened the form at that revision; None before history began."""
    seen = [wording for wording in wordings_of(row) if wording.revision <= revision]
    return seen[-1].words if seen else None


# --- for people ----------------------------------------------------------------------------------


def labels_of(row: Draft) -> dict[str, str]:
    """What each entry is called; one query where there are own fields."""
    kind = kind_of(row)
    names = [*TEXTS[kind], *CHOSEN[kind]]
    found = {name: _named(row, name) for name in names}
    if isinstance(row, Measure) and row.own:
        found |= {f"{OWN}{key}": label for key, label in own_labels(row.municipality_id).items()}
    return found


def _named(row: Draft, name: str) -> str:
    if name == "indicators":
        label = str(Indicator._meta.verbose_name_plural)
    else:
        label = str(getattr(row._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


def shown(row: Draft, name: str, words: str) -> str:
    """An entry as one reads it: choices by their name, days and numbers written out."""
    if name in texts_of(row) or not words:
        return words
    if words == YES:
        return _("yes")
    if name == "indicators":
        return DAY.sub(lambda found: f"({_day(found[1])})", words)
    if name in ("starts", "ends"):
        return _day(words)
    if name in NUMBERS:
        return written_number(Decimal(words))
    choices: Any = (
        None if name.startswith(OWN) else getattr(row._meta.get_field(name), "choices", None)
    )
    return str(dict(choices).get(words, words)) if choices else words


def _day(words: str) -> str:
    """A day written out. A title or a number of a file can look like one and be none: it stays."""
    try:
        return written_day(date.fromisoformat(words))
    except ValueError:
        return words
