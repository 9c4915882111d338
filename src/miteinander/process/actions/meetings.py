"""Meetings: announced, minuted, approved; what was agreed becomes a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from miteinander.community.states import BodyKind
from miteinander.core.errors import Closed, Conflict, Invalid, NotReady
from miteinander.core.events.record import record
from miteinander.core.revisions import save_if_unchanged
from miteinander.process.models import AgendaItem, Meeting, Minutes, Process, Task
from miteinander.process.states import MeetingKind, MinutesState

if TYPE_CHECKING:
    from miteinander.community.models import Body
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing

MEETS_AS = {
    BodyKind.STEERING_GROUP: MeetingKind.STEERING_GROUP,
    BodyKind.EXPERT_ROUND: MeetingKind.EXPERT_ROUND,
    BodyKind.WORKING_GROUP: MeetingKind.WORKING_GROUP,
    BodyKind.COMMITTEE: MeetingKind.COMMITTEE,
    BodyKind.COUNCIL: MeetingKind.COUNCIL,
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something agreed in a meeting: what, who, until when."""

    what: str
    owner_function: str
    due: date | None = None


@transaction.atomic
def announce_meeting(
    process: Process,
    *,
    body: Body,
    title: str,
    on: date,
    by: Standing,
    at: datetime,
    kind: MeetingKind | str | None = None,
    agenda: Sequence[str] = (),
    text: str = "",
    place: str = "",
    starts_at: time | None = None,
    ends_at: time | None = None,
    participants: int | None = None,
    participants_approx: bool = False,
    precision: str = "day",
    language: str = "de",
    is_example: bool = False,
) -> Meeting:
    """Announce a meeting with its agenda, or enter one that has taken place.

    It is public where its process and its body are. The body takes part in the process from
    now on. Without a `kind` it is the usual one of the body.
    """
    process = Process.objects.select_for_update().get(pk=process.pk)
    assert body.municipality_id == process.municipality_id, "a body of another municipality"
    _check(process, title=title, on=on, starts_at=starts_at, ends_at=ends_at)
    usual = MEETS_AS.get(BodyKind(body.body_kind), MeetingKind.OTHER)
    meeting = Meeting.objects.create(
        municipality_id=process.municipality_id,
        process=process,
        body=body,
        title=title.strip(),
        meeting_kind=MeetingKind(kind) if kind else usual,
        text=text,
        place=place,
        happened_on=on,
        precision=precision,
        starts_at=starts_at,
        ends_at=ends_at,
        participants=participants,
        participants_approx=participants_approx,
        language=language,
        is_public=process.is_public and body.is_public,
        is_example=is_example,
    )
    process.bodies.add(body)
    _set_agenda(meeting, agenda)
    record("meeting.announced", meeting.as_thing(), by=by, at=at, data={"on": on.isoformat()})
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting,
    *,
    title: str,
    on: date,
    agenda: Sequence[str],
    text: str,
    place: str,
    starts_at: time | None,
    ends_at: time | None,
    participants: int | None,
    participants_approx: bool,
    seen: int,
    by: Standing,
    at: datetime,
) -> Meeting:
    """Change date, place, agenda or the number of people who came."""
    _check(meeting.process, title=title, on=on, starts_at=starts_at, ends_at=ends_at, own=meeting)
    changes = {
        "title": title.strip(),
        "happened_on": on,
        "text": text,
        "place": place,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "participants": participants,
        "participants_approx": participants_approx,
    }
    meeting = save_if_unchanged(meeting, changes, seen=seen)
    _set_agenda(meeting, agenda)
    record("meeting.changed", meeting.as_thing(), by=by, at=at, data={"on": on.isoformat()})
    return meeting


@transaction.atomic
def record_minutes(
    meeting: Meeting,
    *,
    text: str,
    by: Standing,
    at: datetime,
    agreements: Sequence[Agreement] = (),
    seen: int | None = None,
    language: str = "de",
    is_example: bool = False,
) -> Minutes:
    """Write the minutes of a meeting, or go on writing them; agreements become tasks.

    `seen` is the revision that the editor had before them, None where there were no minutes.
    Whoever saved in between is not overwritten: :class:`Conflict` carries both texts. Sending
    the same text and agreements twice changes nothing the second time.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if not text.strip():
        raise Invalid({"text": _("Please write what was said and agreed.")})
    is_new = minutes is None
    if minutes is None:
        minutes = Minutes.objects.create(
            municipality_id=meeting.municipality_id,
            meeting=meeting,
            title=_title(meeting, language),
            text=text,
            happened_on=meeting.happened_on,
            precision=meeting.precision,
            language=language,
            is_example=is_example,
        )
        kind = "minutes.recorded"
    else:
        _refuse_approved(minutes)
        if minutes.text != text:
            if seen is None:
                raise Conflict(
                    mine={"text": text}, theirs={"text": minutes.text}, revision=minutes.revision
                )
            minutes = save_if_unchanged(minutes, {"text": text}, seen=seen)
            is_new = True
        kind = "minutes.changed"
    for agreement in agreements:
        _task, made = Task.objects.get_or_create(
            meeting=meeting,
            what=agreement.what.strip(),
            owner_function=agreement.owner_function.strip(),
            defaults={"due": agreement.due, "is_example": is_example},
        )
        is_new = is_new or made
    if is_new:
        record(kind, minutes.as_thing(), by=by, at=at, data={"agreements": len(agreements)})
    return minutes


@transaction.atomic
def approve_minutes(
    minutes: Minutes, *, by: Standing, at: datetime, seen: int | None = None, on: date | None = None
) -> Minutes:
    """Approve minutes: their wording is frozen, and public where the meeting is.

    `seen` is the revision that was read: nobody approves a text that changed meanwhile.
    """
    Meeting.objects.select_for_update().get(pk=minutes.meeting_id)
    minutes = Minutes.objects.select_related("meeting").get(pk=minutes.pk)
    _refuse_approved(minutes)
    day = minutes.meeting.happened_on
    if day is not None and day > localdate(at):
        raise NotReady([_("The meeting has not taken place yet.")])
    changes = {
        "state": MinutesState.APPROVED,
        "approved_on": on or localdate(at),
        "is_public": minutes.meeting.is_public,
    }
    try:
        approved = save_if_unchanged(
            minutes, changes, seen=minutes.revision if seen is None else seen
        )
    except Conflict as refusal:
        raise Closed(
            _("The minutes were changed while you were reading them."),
            do=_("Please read them once more, then approve them."),
        ) from refusal
    record("minutes.approved", approved.as_thing(), by=by, at=at)
    return approved


@transaction.atomic
def finish_task(task: Task, *, by: Standing, at: datetime, on: date | None = None) -> Task:
    """Tick off a task; ticking it off twice changes nothing."""
    task = Task.objects.select_for_update().select_related("meeting").get(pk=task.pk)
    if task.done_on is not None:
        return task
    task.done_on = on or localdate(at)
    task.save(update_fields=["done_on"])
    record("task.finished", task.meeting.as_thing(), by=by, at=at, data={"task": task.what})
    return task


# --- what fits --------------------------------------------------------------------------------


def _check(
    process: Process,
    *,
    title: str,
    on: date,
    starts_at: time | None,
    ends_at: time | None,
    own: Meeting | None = None,
) -> None:
    same = Meeting.objects.filter(process=process, happened_on=on, title__iexact=title.strip())
    if own is not None:
        same = same.exclude(pk=own.pk)
    fields: dict[str, Text] = {}
    if same.exists():
        fields["title"] = _("This meeting of that day has been entered already.")
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        fields["ends_at"] = _("A meeting cannot end before it starts.")
    if starts_at is None and ends_at is not None:
        fields["starts_at"] = _("Please also say when it starts.")
    if fields:
        raise Invalid(fields)


def _set_agenda(meeting: Meeting, agenda: Sequence[str]) -> None:
    meeting.agenda.all().delete()
    points = [point.strip() for point in agenda if point.strip()]
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=number, title=point)
        for number, point in enumerate(points, start=1)
    )


def _title(meeting: Meeting, language: str) -> str:
    with override(language):
        return _now("Minutes: %(meeting)s") % {"meeting": meeting.title}


def _refuse_approved(minutes: Minutes) -> None:
    if minutes.state == MinutesState.APPROVED:
        raise Closed(
            _("These minutes have been approved and cannot be changed any more."),
            do=_("Please put a correction into the minutes of the next meeting."),
        )
