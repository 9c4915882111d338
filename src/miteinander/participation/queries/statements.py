"""Statements and votes, as somebody may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, Q, QuerySet

from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared
from miteinander.core.standing import Standing
from miteinander.participation.models import Call, Contribution, Participant, Statement, Vote
from miteinander.participation.queries.participants import participant_with_receipt
from miteinander.participation.queries.sight import put_to, seen_at
from miteinander.participation.states import (
    Allowed,
    CallMethod,
    ContributionState,
    Stance,
    StatementState,
)


def statements_visible_to(scope: Municipality | Call, standing: Standing) -> QuerySet[Statement]:
    """For everything that shows statements. The twin of ``participation.see_statement``."""
    if isinstance(scope, Municipality):
        here, found = scope.pk, Statement.objects.filter(municipality=scope)
    else:
        here, found = scope.municipality_id, Statement.objects.filter(call=scope)
    if standing.municipality != here:
        return found.none()
    if not standing.is_coordinator:
        seen = Q(is_public=True)
        if (put := put_to(standing, "call")) is not None:
            seen |= put
        found = found.filter(seen)
    return found.select_related("call__phase").order_by("call", "order")


def statement_at(municipality: Municipality, standing: Standing, identifier: str) -> Statement:
    """For the page of a statement; `NotThere` where there is none for this person."""
    found: Statement = seen_at(
        municipality, standing, identifier, _statement_at, right="participation.see_statement"
    )
    return found


@prepared(town=BigIntegerField(), identifier=CharField())
def _statement_at(*, town: Any, identifier: Any) -> QuerySet[Statement]:
    found = Statement.objects.filter(municipality=town, identifier=identifier)
    return found.select_related("call")


def open_statements(call: Call) -> list[Statement]:
    """What may be voted on, in its order: one query."""
    return _open_statements(call=call.pk)


@prepared(call=BigIntegerField())
def _open_statements(*, call: Any) -> QuerySet[Statement]:
    return Statement.objects.filter(call=call, state=StatementState.OPEN).order_by("order")


@dataclass(frozen=True, slots=True)
class OwnVote:
    statement: int
    value: int


def votes_by(participant: Participant | None) -> list[OwnVote]:
    """What somebody said so far, the first statement first: one query, none for nobody."""
    if participant is None:
        return []
    return [OwnVote(statement, value) for statement, value in _votes_by(who=participant.pk)]


@prepared(who=BigIntegerField())
def _votes_by(*, who: Any) -> QuerySet[Any, Any]:
    found = Vote.objects.filter(participant=who).order_by("pk")
    return found.values_list("statement", "value")


@dataclass(frozen=True, slots=True)
class Heard:
    """A statement and what somebody said to it."""

    statement: Statement
    stance: Stance


def own_votes(participant: Participant) -> list[Heard]:
    """All votes of somebody, also on what was taken out since, by number: one query."""
    rows = Vote.objects.filter(participant=participant).select_related("statement")
    return [Heard(row.statement, Stance(row.value)) for row in rows.order_by("statement__order")]


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement at the office's desk: how many have voted on it."""

    statement: Statement
    votes: int


def asked_in(call: Call) -> list[Asked]:
    """For the office: every statement of a call with the number of its votes, one query."""
    rows = Statement.objects.filter(call=call).annotate(n=Count("votes")).order_by("order")
    return [Asked(row, row.n) for row in rows.select_related("contribution")]


def proposals_waiting(call: Call) -> list[Contribution]:
    """Proposed statements that nobody has decided on: to be read, or published without a vote."""
    states = (ContributionState.SUBMITTED, ContributionState.PUBLISHED)
    rows = Contribution.objects.filter(call=call, state__in=states, statement=None)
    return list(rows.filter(is_part=False).order_by("thing_ptr_id")[:100])


def votes_with(municipality: Municipality, typed: str) -> Participant | None:
    """Whoever voted on statements under this code: one query."""
    found = participant_with_receipt(municipality, typed)
    return found if found and found.call.method == CallMethod.STATEMENTS else None


def takes_proposals(call: Call) -> bool:
    return call.method == CallMethod.STATEMENTS and call.allowed(Allowed.PROPOSALS)
