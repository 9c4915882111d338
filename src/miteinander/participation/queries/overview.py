"""A process with what its contributions lie in, for the pages on which the office works."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    QuerySet,
    Value,
)

from miteinander.core.errors import NotThere
from miteinander.core.models import Municipality, Thing
from miteinander.core.prepared import prepared
from miteinander.participation.models import Call, Theme
from miteinander.process.models import Phase, Process

MOST_THEMES = 300
PHASE = "phase"
NAMED = ("pk", "kind", "identifier", "title", "is_example")
"""What is read of each; then a number, a day and a moment, which mean something else in each."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What a board or a list is set up with; of each thing only what such a page shows."""

    process: Thing
    calls: list[Call] = field(default_factory=list)
    """The newest first; with title and promised day."""
    themes: list[Theme] = field(default_factory=list)
    """By name; those whose naming was undone are not among them."""
    phases: list[Phase] = field(default_factory=list)
    """Those that are not closed yet, with their titles."""

    @property
    def live_themes(self) -> list[Theme]:
        return [theme for theme in self.themes if theme.retired_on is None]


def overview_of(municipality: Municipality, identifier: str) -> Overview:
    """One query, for members only; `NotThere` without such a process in this town.

    Of a queryset each kind would be a question of its own, and these pages ask others as well.
    """
    rows = [
        (dict(zip(NAMED, row[: len(NAMED)], strict=True)), *row[len(NAMED) :])
        for row in _overview_of(town=municipality.pk, identifier=identifier)
    ]
    whole = next((named for named, *_rest in rows if named["kind"] == Process.KIND), None)
    if whole is None:
        raise NotThere
    found = Overview(Thing(municipality=municipality, **whole))
    opened: dict[int, Any] = {}
    for named, number, day, moment in rows:
        if named["kind"] == Call.KIND:
            found.calls.append(Call(municipality=municipality, answer_by=day, **named))
            opened[named["pk"]] = moment
        elif named["kind"] == Theme.KIND and len(found.themes) < MOST_THEMES:
            theme = Theme(municipality=municipality, gathered=number, retired_on=day, **named)
            found.themes.append(theme)
        elif named["kind"] == PHASE:
            found.phases.append(Phase(pk=named["pk"], title=named["title"], starts=day))
    found.calls.sort(key=lambda call: (opened[call.pk], call.pk), reverse=True)
    found.phases.sort(key=lambda phase: (phase.starts, phase.pk))
    return found


@prepared(town=BigIntegerField(), identifier=CharField())
def _overview_of(*, town: Any, identifier: Any) -> QuerySet[Any, tuple[Any, ...]]:
    """Four kinds in one list, each found by what it belongs to; by title, as the database sorts."""
    process = {"process__municipality": town, "process__identifier": identifier}
    no_number = Value(0, output_field=IntegerField())
    no_day = Value(None, output_field=DateField())
    no_moment = Value(None, output_field=DateTimeField())
    calls = Call.objects.filter(**process).order_by()
    themes = Theme.objects.filter(**process).order_by()
    phases = Phase.objects.filter(**process, closed_on=None).order_by()
    itself = Process.objects.filter(municipality=town, identifier=identifier).order_by()
    no_thing = (
        Value(PHASE, output_field=CharField()),
        Value("", output_field=CharField()),
        F("title"),
        Value(value=False, output_field=BooleanField()),
    )
    # The first one names the types for all others: an empty column would have none.
    return (
        calls.values_list(*NAMED, no_number, "answer_by", "opens_at")
        .union(
            themes.exclude(is_public=False, retired_on__isnull=False).values_list(
                *NAMED, "gathered", "retired_on", no_moment
            ),
            phases.values_list("pk", *no_thing, no_number, "starts", no_moment),
            itself.values_list(*NAMED, no_number, no_day, no_moment),
            all=True,
        )
        .order_by("title", "pk")
    )
