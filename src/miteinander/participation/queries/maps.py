"""Opinion maps as they were drawn last, and whether there is a reason to draw them anew."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, F, QuerySet, Sum

from miteinander.core.models import Job, JobState
from miteinander.core.prepared import prepared
from miteinander.core.translation import localise
from miteinander.participation.models import Call, KeptMap, Statement, Vote
from miteinander.participation.states import CallMethod, StatementState

DRAW_MAP = "participation.draw_map"
"""The name of the job."""
RENEWED_AFTER = timedelta(minutes=5)
"""A map is drawn anew at most this often, however many vote."""


def parameters_of(call: Call) -> dict[str, Any]:
    """For the choice of the next statement: one query; empty before the first fit."""
    found = _parameters_of(call=call.pk)
    return found[0][0] if found else {}


@prepared(call=BigIntegerField())
def _parameters_of(*, call: Any) -> QuerySet[Any, Any]:
    return KeptMap.objects.filter(call=call).values_list("parameters")


def asked_so_far(call: Call) -> dict[int, int]:
    """How many have voted on each statement: one query over all votes, so for small calls."""
    return dict(_asked_so_far(call=call.pk))


@prepared(call=BigIntegerField())
def _asked_so_far(*, call: Any) -> QuerySet[Any, Any]:
    found = Vote.objects.filter(statement__call=call, statement__state=StatementState.OPEN)
    return found.values_list("statement").annotate(n=Count("pk")).order_by()


def votes_to_export(call: Call) -> list[tuple[int, int, int]]:
    """Row number of a person, number of a statement, vote; for the file of the office.

    In an order drawn by lot: the order of the rows would tell who voted first.
    """
    rows = list(_votes_in(call=call.pk))
    people = sorted({who for who, _number, _value in rows})
    secrets.SystemRandom().shuffle(people)
    numbers = {who: number for number, who in enumerate(people, start=1)}
    return sorted((numbers[who], number, value) for who, number, value in rows)


@prepared(call=BigIntegerField())
def _votes_in(*, call: Any) -> QuerySet[Any, Any]:
    """What the map is drawn from: statements that were taken out are not in it."""
    found = Vote.objects.filter(statement__call=call, statement__state=StatementState.OPEN)
    return found.order_by("pk").values_list("participant", "statement__order", "value")


def ballots_in(call: Call) -> list[tuple[int, int, int]]:
    """Participant, number of the statement, vote: for the worker, all of them, one query."""
    return [tuple(row) for row in _votes_in(call=call.pk)]


def statements_to_draw(call: Call) -> list[Statement]:
    """Statements that are in the map, by number: one query."""
    return list(Statement.objects.filter(call=call, state=StatementState.OPEN).order_by("order"))


def tally_of(call: Call) -> str:
    """The votes of a call in a few sums: the same again means that nothing was said since."""
    found = Vote.objects.filter(statement__call=call, statement__state=StatementState.OPEN)
    sums = found.aggregate(
        n=Count("pk"),
        rows=Sum("pk"),
        values=Sum("value"),
        weighed=Sum(F("value") * F("pk"), output_field=BigIntegerField()),
    )
    statements = Statement.objects.filter(call=call, state=StatementState.OPEN)
    words = statements.aggregate(n=Count("pk"), edits=Sum("revision"))
    return ":".join(str(value or 0) for value in (*sums.values(), *words.values()))


def map_of(call: Call) -> KeptMap | None:
    """For pages: what was drawn last, without what only the worker needs. One query."""
    found: list[KeptMap] = _map_of(call=call.pk)
    return found[0] if found else None


@prepared(call=BigIntegerField())
def _map_of(*, call: Any) -> QuerySet[KeptMap]:
    return KeptMap.objects.filter(call=call).only("call", "drawn_at", "digest", "shown", "is_final")


@dataclass(frozen=True, slots=True)
class MapRow:
    """A statement in the table; None where too few have voted to say a share."""

    statement: Statement
    seen: int | None
    agree: float | None
    disagree: float | None
    passed: float | None
    groups: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class ShownMap:
    """An opinion map as a page shows it."""

    kept: KeptMap
    figures: dict[str, Any]
    said: dict[str, list[str]]
    said_in: str
    """The language of the sentences: another one than the page's, where the analysis has none."""
    rows: tuple[MapRow, ...]


def shown_map(call: Call, language: str) -> ShownMap | None:
    """For the page of a call and for the office: two or three queries; None before the first."""
    kept = map_of(call)
    if kept is None:
        return None
    statements = {s.order: s for s in statements_to_draw(call)}
    localise(statements.values(), language)
    shown = kept.shown
    said_in = language if language in shown["said"] else "de"
    rows = tuple(
        MapRow(
            statement=statements[row["number"]],
            seen=row["seen"],
            agree=row["agree"],
            disagree=row["disagree"],
            passed=row["pass"],
            groups=tuple(row["groups"]),
        )
        for row in shown["rows"]
        if row["number"] in statements  # taken out since
    )
    return ShownMap(kept, shown, shown["said"][said_in], said_in, rows)


def votes_may_come(at: datetime) -> bool:
    """Whether there is a call whose map may be behind: one query."""
    return _not_settled(at).exists()


def _not_settled(at: datetime) -> QuerySet[Call]:
    calls = Call.objects.filter(method=CallMethod.STATEMENTS, opens_at__lte=at)
    return calls.exclude(kept_map__is_final=True, closes_at__lte=at)


def kept_before(call: Call) -> KeptMap | None:
    """For the worker: all that is kept of the map before. One query."""
    return KeptMap.objects.filter(call=call).first()


def call_to_draw(pk: int) -> Call:
    return Call.objects.select_related("municipality").get(pk=pk)


def calls_to_draw(at: datetime) -> list[Call]:
    """Calls whose map is behind their votes and old enough, or that are over without a last map.

    A few queries for each call on whose statements people vote now; none is written.
    """
    calls = _not_settled(at).select_related("kept_map").order_by("pk")
    busy = set(
        Job.objects.filter(
            name=DRAW_MAP, state__in=(JobState.WAITING, JobState.RUNNING)
        ).values_list("thing_id", flat=True)
    )
    return [call for call in calls if call.pk not in busy and _is_behind(call, at)]


def _is_behind(call: Call, at: datetime) -> bool:
    kept: KeptMap | None = getattr(call, "kept_map", None)
    if call.closes_at <= at:
        return True
    if kept is not None and kept.drawn_at > at - RENEWED_AFTER:
        return False
    tally = tally_of(call)
    return tally.split(":")[0] != "0" if kept is None else tally != kept.tally
