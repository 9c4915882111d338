"""Finding a date: proposed, answered, decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core import outbox
from miteinander.core.clock import wrong_span
from miteinander.core.errors import Closed, Invalid, filled
from miteinander.core.events.record import record
from miteinander.process.actions.inviting import Invited, invite
from miteinander.process.actions.meetings import announce_meeting
from miteinander.process.models import DatePoll, Meeting, PollAnswer, PollOption, PollVoter, Process
from miteinander.process.queries.inviting import called_to, reached
from miteinander.process.queries.polls import asking
from miteinander.process.states import Availability, PollState

if TYPE_CHECKING:
    from miteinander.community.models import Body
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing

FEWEST, MOST = 2, 20


@dataclass(frozen=True, slots=True)
class Slot:
    """A proposed day with its time."""

    day: date
    starts_at: time
    ends_at: time | None = None


@transaction.atomic
def open_poll(
    process: Process,
    *,
    body: Body,
    title: str,
    slots: Sequence[Slot],
    closes_on: date,
    by: Standing,
    at: datetime,
    text: str = "",
    place: str = "",
    language: str = "de",
    is_example: bool = False,
) -> DatePoll:
    """Put dates to everybody who sits in a body; each is asked by mail, or in the workspace.

    For a seat whose holder is absent today the deputy is asked.
    """
    process = Process.objects.select_for_update(of=("self",)).get(pk=process.pk)
    assert body.municipality_id == process.municipality_id, "a body of another municipality"
    slots = list(dict.fromkeys(slots))
    _check(process, body=body, title=title, slots=slots, closes_on=closes_on, at=at)
    called = called_to(body, localdate(at))
    if not called:
        raise Invalid({"body": _("Nobody sits in this body yet. Please fill its seats first.")})
    poll = DatePoll.objects.create(
        process=process,
        body=body,
        title=title.strip(),
        text=text,
        place=place,
        closes_on=closes_on,
        asked_at=at,
        language=language,
        is_example=is_example,
    )
    PollOption.objects.bulk_create(
        PollOption(poll=poll, day=slot.day, starts_at=slot.starts_at, ends_at=slot.ends_at)
        for slot in slots
    )
    mailable = reached(person.pk for _seat, person, _as_deputy in called)
    PollVoter.objects.bulk_create(
        PollVoter(
            poll=poll,
            person=person,
            seat=seat,
            function=seat.function,
            is_asked=person.pk in mailable,
        )
        for seat, person, _as_deputy in called
    )
    voters = poll.voters.filter(is_asked=True).select_related("person")
    outbox.queue_all(asking(poll, voters, at=at), municipality=process.municipality_id, at=at)
    _remember("poll.opened", poll, by=by, at=at)
    return poll


@transaction.atomic
def answer_poll(
    voter: PollVoter, answers: Mapping[int, str], *, by: Standing, at: datetime
) -> PollVoter:
    """Say for each proposed date whether one can; the same answers twice change nothing."""
    voter = (
        PollVoter.objects.select_for_update(of=("self",))
        .select_related("poll__process", "poll__body")
        .get(pk=voter.pk)
    )
    poll = voter.poll
    if not poll.is_open(localdate(at)):
        raise Closed(
            _("This question is closed; the date has been chosen, or the time to answer is over."),
            do=_("The coordination tells you the date. Please ask there if you are not sure."),
        )
    options = list(poll.options.values_list("pk", flat=True))
    if any(answers.get(option) not in Availability.values for option in options):
        raise Invalid({"answers": _("Please choose an answer for each date.")})
    wanted = {option: answers[option] for option in options}
    if dict(voter.answers.values_list("option", "answer")) == wanted:
        return voter
    voter.answers.all().delete()
    PollAnswer.objects.bulk_create(
        PollAnswer(option_id=option, voter=voter, answer=answer)
        for option, answer in wanted.items()
    )
    voter.answered_at = at
    voter.save(update_fields=["answered_at"])
    _remember("poll.answered", poll, by=by, at=at, personal={"person": voter.person_id})
    return voter


@transaction.atomic
def decide_poll(
    poll: DatePoll, option: PollOption, *, by: Standing, at: datetime
) -> tuple[Meeting, Invited]:
    """Choose a date: the meeting is announced, and the invitations go out at once."""
    poll = _locked(poll)
    _refuse_closed(poll)
    assert option.poll_id == poll.pk, "a date of another poll"
    meeting = announce_meeting(
        poll.process,
        body=poll.body,
        title=poll.title,
        on=option.day,
        starts_at=option.starts_at,
        ends_at=option.ends_at,
        text=poll.text,
        place=poll.place,
        language=poll.language,
        is_example=poll.is_example,
        by=by,
        at=at,
    )
    invited = invite(meeting, by=by, at=at)
    poll.state, poll.meeting = PollState.DECIDED, meeting
    poll.save(update_fields=["state", "meeting"])
    _remember("poll.decided", poll, by=by, at=at)
    return meeting, invited


@transaction.atomic
def drop_poll(poll: DatePoll, *, by: Standing, at: datetime) -> DatePoll:
    """Give up looking for a date; twice changes nothing."""
    poll = _locked(poll)
    if poll.state == PollState.DROPPED:
        return poll
    _refuse_closed(poll)
    poll.state = PollState.DROPPED
    poll.save(update_fields=["state"])
    _remember("poll.dropped", poll, by=by, at=at)
    return poll


def _check(
    process: Process,
    *,
    body: Body,
    title: str,
    slots: Sequence[Slot],
    closes_on: date,
    at: datetime,
) -> None:
    fields: dict[str, Text] = {}
    today = localdate(at)
    if not FEWEST <= len(slots) <= MOST:
        fields["slots"] = _("Please propose two dates or more, at most twenty.")
    for number, slot in enumerate(slots, start=1):
        problems = list(wrong_span(slot.day, slot.starts_at, slot.ends_at).values())
        if slot.day < today:
            problems.insert(0, _("This day is over."))
        if problems:
            fields["slots"] = filled(
                _("Date %(number)s: %(problem)s"), number=number, problem=problems[0]
            )
            break
    begins = [(slot.day, slot.starts_at) for slot in slots]
    if len(set(begins)) < len(begins):
        fields.setdefault("slots", _("Two of these dates begin at the same time."))
    if closes_on < today:
        fields["closes_on"] = _("This day is over.")
    elif slots and closes_on > min(slot.day for slot in slots):
        fields["closes_on"] = _("The answers have to be there before the first proposed date.")
    same = DatePoll.objects.filter(
        process=process, body=body, title__iexact=title.strip(), state=PollState.OPEN
    )
    if same.exists():
        fields["title"] = _("There is a question for this date already, and it is running.")
    if fields:
        raise Invalid(fields)


def _locked(poll: DatePoll) -> DatePoll:
    rows = DatePoll.objects.select_for_update(of=("self",))
    return rows.select_related("process__municipality", "body", "meeting").get(pk=poll.pk)


def _refuse_closed(poll: DatePoll) -> None:
    if poll.state != PollState.OPEN:
        raise Closed(
            _("This question is closed already."), do=_("Please look at its page: it says why.")
        )


def _remember(
    kind: str,
    poll: DatePoll,
    *,
    by: Standing,
    at: datetime,
    personal: dict[str, object] | None = None,
) -> None:
    record(
        kind,
        poll.process.as_thing(),
        by=by,
        at=at,
        data={"poll": poll.title, "body": poll.body.title},
        personal=personal,
    )
