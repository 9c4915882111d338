"""Questions from the room: asked, taken up, answered; one after the other."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.models import Relation
from miteinander.core.standing import Standing
from miteinander.participation.actions.answering import answer_contribution
from miteinander.participation.actions.counting import locked
from miteinander.participation.actions.moderating import publish_contribution
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.actions.receiving import submit_contribution
from miteinander.participation.models import Call, Contribution, QuestionTime, RoomQuestion
from miteinander.participation.states import (
    CallMethod,
    Channel,
    ContributionState,
    Outcome,
    QuestionState,
)

if TYPE_CHECKING:
    from miteinander.process.models import Meeting


@transaction.atomic
def set_up_questions(
    call: Call, *, meeting: Meeting | None, at_once: bool, by: Standing, at: datetime
) -> QuestionTime:
    """Say to which meeting a call for questions belongs, and whether each is read first.

    In protected mode each is read first, whatever somebody wants.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    _require_live(call)
    if meeting is not None and meeting.process_id != call.process_id:
        raise Invalid({"meeting": _("This meeting belongs to another process.")})
    if at_once and call.is_protected:
        raise Invalid({"at_once": _("In protected mode every question is read first.")})
    wanted = {"meeting": meeting, "at_once": at_once}
    kept, is_new = QuestionTime.objects.get_or_create(call=call, defaults=wanted)
    if not is_new and (kept.meeting_id, kept.at_once) == (meeting and meeting.pk, at_once):
        return kept
    kept.meeting, kept.at_once = meeting, at_once
    kept.save()
    record("call.questions_set_up", call, by=by, at=at, data={"at_once": at_once})
    return kept


def ask_question(
    call: Call,
    *,
    text: str,
    form_key: str,
    by: Standing,
    at: datetime,
    language: str = "",
    page_language: str = "de",
    is_example: bool = False,
) -> tuple[Contribution, str]:
    """Take in a question from the room; where the round says so, everybody reads it at once."""
    _require_live(call)
    contribution, code = submit_contribution(
        call,
        text=text,
        may_publish=True,
        form_key=form_key,
        language=language,
        page_language=page_language,
        channel=Channel.MEETING,
        by=by,
        at=at,
        is_example=is_example,
    )
    waits = contribution.state == ContributionState.SUBMITTED
    if waits and not call.is_protected and _appears_at_once(call):
        nobody = Standing(municipality=by.municipality, at=at)
        contribution = publish_contribution(contribution, by=nobody, at=at)
    return contribution, code


def _appears_at_once(call: Call) -> bool:
    return QuestionTime.objects.filter(call=call, at_once=True).exists()


@transaction.atomic
def take_up_question(contribution: Contribution, *, by: Standing, at: datetime) -> RoomQuestion:
    """This one is being answered now; the one before it waits again, unless it was answered."""
    call = _round_of(contribution)
    contribution = locked(contribution)
    _require_shown(contribution)
    row = RoomQuestion.objects.filter(contribution=contribution).first()
    if row is not None and row.state == QuestionState.CURRENT:
        return row  # pressed twice
    if row is not None or contribution.is_answered:
        raise Closed(
            _("This question has been answered."),
            do=_("The answer stands below it. You can add a supplement."),
        )
    RoomQuestion.objects.filter(call=call, state=QuestionState.CURRENT).delete()
    row = RoomQuestion.objects.create(
        contribution=contribution, call=call, state=QuestionState.CURRENT
    )
    record("question.taken_up", contribution, by=by, at=told_at(call, at))
    return row


@transaction.atomic
def put_question_back(contribution: Contribution, *, by: Standing, at: datetime) -> None:
    """It waits again: nobody answers it now after all."""
    call = _round_of(contribution)
    contribution = locked(contribution)
    rows = RoomQuestion.objects.filter(contribution=contribution, state=QuestionState.CURRENT)
    if rows.delete()[0]:
        record("question.put_back", contribution, by=by, at=told_at(call, at))


@transaction.atomic
def answer_question(
    contribution: Contribution,
    *,
    note: str,
    by: Standing,
    at: datetime,
    outcome: Outcome | str = Outcome.TAKEN_UP,
    language: str = "de",
) -> Contribution:
    """It was answered in the room; the note is the answer that its author finds.

    In a meeting it is sewn to it: the question stands on its thread and in the minutes' material.
    """
    call = _round_of(contribution)
    contribution = locked(contribution)
    _require_shown(contribution)
    answer_contribution(contribution, outcome=outcome, reason=note, language=language, by=by, at=at)
    RoomQuestion.objects.update_or_create(
        contribution=contribution, defaults={"call": call, "state": QuestionState.DONE}
    )
    round_ = QuestionTime.objects.select_related("meeting__thing_ptr").filter(call=call).first()
    if round_ is not None and round_.meeting is not None:
        _sew(contribution, round_.meeting, at)
    return contribution.refreshed()


def _sew(contribution: Contribution, meeting: Meeting, at: datetime) -> None:
    link(
        contribution,
        meeting.as_thing(),
        Relation.DISCUSSED_AT,
        on=meeting.happened_on or localdate(at),
    )


def _round_of(contribution: Contribution) -> Call:
    """The call of a question, locked: two who hold the same round take turns."""
    call = Call.objects.select_for_update(of=("self",)).filter(pk=contribution.call_id or 0).first()
    if call is None:
        raise Closed(
            _("This contribution is no question from a room."),
            do=_("You can answer it on its own page."),
        )
    _require_live(call)
    return call


def _require_live(call: Call) -> None:
    if call.method != CallMethod.LIVE:
        raise Closed(
            _("This call does not take questions from a room."),
            do=_("Open a call with the method “questions from the room”."),
        )


def _require_shown(contribution: Contribution) -> None:
    if contribution.state != ContributionState.PUBLISHED:
        raise Closed(
            _("This question is in the state “%(state)s” now.")
            % {"state": contribution.get_state_display()},
            do=_("Only what everybody can read can be answered in the room."),
        )
    if contribution.is_merged or contribution.is_split:
        raise Closed(_("This question lives on in another one."), do=_("Please take up that one."))
