"""How a draft reads, how it read before, and what of it is a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from miteinander.core.models import Thing
from miteinander.strategy.models import Chapter, FieldOfAction, Goal, Measure, Wording
from miteinander.strategy.models.wordings import Draft, place_of
from miteinander.strategy.queries.sheet import own_labels
from miteinander.ui.words import written_day

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
        "is_quick_win",
    ),
    "chapter": (),
}  # fmt: skip
MANY = ("partners", "cross_cutting_themes", "depends_on")
OWN = "own_"
"""How the names of own fields begin in forms and in wordings; their key follows."""
YES = "yes"


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
    if isinstance(value, (str, int, Thing)):
        return str(value).replace("\r\n", "\n")
    return "\n".join(sorted(str(one) for one in value))  # type: ignore[attr-defined]  # what is left is many


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


@dataclass(frozen=True, slots=True)
class Said:
    """One wording: what it changed, and all that the draft said then."""

    pk: int
    revision: int
    at: datetime
    function: str
    changed: tuple[str, ...]
    words: Mapping[str, str]

    @property
    def is_first(self) -> bool:
        return not self.function


def wordings_of(row: Draft) -> list[Said]:
    """All wordings of a draft, the oldest first: one query."""
    found = []
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
            )
        )
    return found


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
    label = str(getattr(row._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


def shown(row: Draft, name: str, words: str) -> str:
    """An entry as one reads it: choices by their name, days written out."""
    if name in texts_of(row) or not words:
        return words
    if words == YES:
        return _("yes")
    if name in ("starts", "ends"):
        return written_day(date.fromisoformat(words))
    choices: Any = (
        None if name.startswith(OWN) else getattr(row._meta.get_field(name), "choices", None)
    )
    return str(dict(choices).get(words, words)) if choices else words
