"""Opinion maps as they were drawn last, and whether there is a reason to draw them anew."""

from __future__ import annotations

import secrets
from typing import Any

from django.db.models import BigIntegerField, Count, QuerySet

from miteinander.core.prepared import prepared
from miteinander.participation.models import Call, KeptMap, Vote
from miteinander.participation.states import StatementState


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
