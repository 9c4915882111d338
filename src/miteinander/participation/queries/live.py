"""Questions from a room: what is answered now, what comes next, what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Q, QuerySet, When

from miteinander.core.models import Municipality
from miteinander.core.standing import Standing
from miteinander.participation.models import Call, Contribution, QuestionTime
from miteinander.participation.queries.calls import calls_visible_to
from miteinander.participation.states import CallMethod, ContributionState, QuestionState
from miteinander.process.models import Meeting

MOST_WAITING = 200
MOST_DONE = 100
NOW, AHEAD, DONE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of a round that everybody may read."""

    current: Contribution | None
    ahead: Sequence[Contribution]
    """What waits its turn, most supported first."""
    done: Sequence[Contribution]
    """Answered, the latest first, with their answers."""

    @property
    def all(self) -> list[Contribution]:
        return [*([self.current] if self.current else []), *self.ahead, *self.done]


def rounds_held_by(municipality: Municipality, standing: Standing) -> QuerySet[Call]:
    """Calls whose questions somebody may lead through. The twin of ``hold_questions``."""
    rows = Call.objects.filter(municipality=municipality, method=CallMethod.LIVE)
    if standing.municipality != municipality.pk:
        return rows.none()
    rows = rows.select_related("phase", "process", "question_time__meeting")
    if standing.is_coordinator:
        return rows
    led = [seat.body for seat in standing.seats if seat.leads]
    if not led:
        return rows.none()
    return rows.filter(Q(body__in=led) | Q(question_time__meeting__body__in=led))


def room_questions_of(call: Call, *, most: int = MOST_WAITING) -> Questions:
    """What everybody may read of a round: one query, however many there are.

    Of very many, those that were answered are left out first.
    """
    shown = Contribution.objects.filter(
        call=call, state=ContributionState.PUBLISHED, is_merged=False, is_split=False
    ).select_related("room_question", "answer")
    turn = Case(
        When(Q(room_question__state=QuestionState.DONE) | Q(is_answered=True), then=DONE),
        When(room_question__state=QuestionState.CURRENT, then=NOW),
        default=AHEAD,
    )
    rows = list(
        shown.annotate(turn=turn).order_by("turn", "-supports", "thing_ptr_id")[: most + MOST_DONE]
    )
    return Questions(
        current=next((row for row in rows if row.turn == NOW), None),
        ahead=[row for row in rows if row.turn == AHEAD][:most],
        done=sorted((row for row in rows if row.turn == DONE), key=lambda row: -row.pk),
    )


def questions_to_read(call: Call, standing: Standing) -> list[Contribution]:
    """What nobody has read yet, oldest first: one query.

    What only the office may read is for the office, whoever leads the round.
    """
    rows = Contribution.objects.filter(call=call, state=ContributionState.SUBMITTED)
    if not standing.is_coordinator:
        rows = rows.filter(may_publish=True)
    return list(rows.order_by("thing_ptr_id")[:MOST_WAITING])


def question_in(call: Call, standing: Standing, identifier: str) -> Contribution | None:
    """One question of a round, for whoever leads it: read or not, in no other state."""
    rows = Contribution.objects.filter(
        call=call,
        identifier=identifier,
        state__in=[ContributionState.SUBMITTED, ContributionState.PUBLISHED],
    )
    if not standing.is_coordinator:
        rows = rows.filter(may_publish=True)
    return rows.select_related("process", "call").first()


def question_time_of(call: Call) -> QuestionTime:
    """How a call takes its questions; what holds where nobody has said anything: one query."""
    found = QuestionTime.objects.select_related("meeting").filter(call=call).first()
    return found or QuestionTime(call=call)


def round_of_meeting(meeting: Meeting, standing: Standing, at: datetime) -> Call | None:
    """The call that takes questions in a meeting, from now on or already: one query."""
    rows = calls_visible_to(meeting.municipality, standing).filter(
        method=CallMethod.LIVE, question_time__meeting=meeting
    )
    rows = rows.filter(closes_at__gt=at).select_related("question_time__meeting")
    return rows.order_by("opens_at", "pk").first()
