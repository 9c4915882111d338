"""Objections, from the review and from consent rounds, until they are settled."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import events, queries
from miteinander.adoption.models import Objection, Voice
from miteinander.adoption.states import Choice, ObjectionState
from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.models import Relation

if TYPE_CHECKING:
    from miteinander.adoption.models import Ballot, BallotOption, CastPaper
    from miteinander.core.standing import Standing
    from miteinander.strategy.models import Measure


def take_over_objection(
    paper: CastPaper, option: BallotOption, ballot: Ballot, *, by: Standing, at: datetime
) -> None:
    """Let an objection of a consent round travel: with its measure, else with the ballot.

    The same one again changes nothing. Where the result of the round is not public, it stays
    inside as well. Out of a secret ballot it has no seat.
    """
    reason, elector = paper.reasons[str(option.position)], paper.elector
    with override(ballot.language):
        said_by = elector.function if elector else gettext("A seat in a secret ballot")
    data: dict[str, Any] = {"choice": str(Choice.OBJECT)}
    if option.measure is not None and elector is not None:
        before = queries.standing_objection(option.measure, elector.seat_id)
        if before is not None:
            if before.reason == reason:
                return
            put(before, ObjectionState.WITHDRAWN)
            data["withdrawn"] = before.identifier
    enter_objection(
        option.measure or ballot,
        option=None if option.measure else option,
        seat=elector.seat_id if elector else None,
        said_by=said_by,
        reason=reason,
        is_public=ballot.publishes,
        by=by,
        at=at,
        data=data,
    )


def enter_objection(
    beside: Measure | Ballot,
    *,
    option: BallotOption | None = None,
    seat: int | None,
    said_by: str,
    reason: str,
    is_public: bool,
    by: Standing,
    at: datetime,
    data: dict[str, Any],
) -> None:
    """Write an objection down beside what it speaks against; within another action."""
    objection = Objection.objects.create(
        municipality_id=beside.municipality_id,
        measure_id=None if option else beside.pk,
        option=option,
        seat_id=seat,
        title=said_by,
        reason=reason,
        language=beside.language,
        is_public=beside.is_public and is_public,
        is_example=beside.is_example,
        happened_on=localdate(at),
    )
    link(beside, objection, Relation.OBJECTED_BY, on=localdate(at), note=objection.reason)
    record(
        events.OBJECTION_RAISED.name,
        objection,
        by=by,
        at=at,
        data={**data, "seat": said_by, "measure": option.title if option else beside.title},
    )


@transaction.atomic
def answer_objection(
    objection: Objection, *, response: str, by: Standing, at: datetime
) -> Objection:
    """Answer an objection; it stands until its seat withdraws it or it is carried along."""
    objection = _locked(objection)
    if not response.strip():
        raise Invalid({"response": _("Please write an answer.")})
    objection.response = response.strip()
    put(objection, ObjectionState.ANSWERED)
    data = {"seat": objection.speaker}
    record(events.OBJECTION_ANSWERED.name, objection, by=by, at=at, data=data)
    return objection


@transaction.atomic
def withdraw_objection(objection: Objection, *, by: Standing, at: datetime) -> Objection:
    """Take an objection back; the voice of the seat is then to agree."""
    objection = _locked(objection)
    put(objection, ObjectionState.WITHDRAWN)
    Voice.objects.filter(measure=objection.measure_id, seat=objection.seat_id).update(
        choice=Choice.AGREE, cast_at=at
    )
    data = {"seat": objection.speaker}
    record(events.OBJECTION_WITHDRAWN.name, objection, by=by, at=at, data=data)
    return objection


@transaction.atomic
def carry_objection(objection: Objection, *, by: Standing, at: datetime) -> Objection:
    """Keep an objection as a minority opinion, word for word, up to the council's paper."""
    objection = _locked(objection)
    put(objection, ObjectionState.CARRIED)
    data = {"seat": objection.speaker}
    record(events.OBJECTION_CARRIED.name, objection, by=by, at=at, data=data)
    return objection


def _locked(objection: Objection) -> Objection:
    """Read it anew and keep it; refuse it once it is settled."""
    found = Objection.objects.select_for_update().get(pk=objection.pk)
    if found.state not in (ObjectionState.OPEN, ObjectionState.ANSWERED):
        raise Closed(
            _("This objection is settled already: %(state)s.")
            % {"state": found.get_state_display()},
            where=found.title,
        )
    return found


def put(objection: Objection, state: ObjectionState) -> None:
    objection.state = state
    objection.revision += 1
    objection.save()
