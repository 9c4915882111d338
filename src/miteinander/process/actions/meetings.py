"""Meetings: announced, moved and cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.states import BodyKind
from miteinander.core.clock import wrong_span
from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.revisions import save_if_unchanged
from miteinander.process.actions.agenda import Point, set_agenda
from miteinander.process.actions.telling import tell_cancelled, tell_moved
from miteinander.process.models import Meeting, Process
from miteinander.process.queries.attendance import is_attendance_kept
from miteinander.process.states import REMIND_DAYS, MeetingKind

if TYPE_CHECKING:
    from miteinander.community.models import Body
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing


IN_CALENDARS = {"title", "happened_on", "starts_at", "ends_at", "place", "link"}
"""What calendars show: when it changes they are told, with a higher sequence number."""
MEETS_AS = {
    BodyKind.STEERING_GROUP: MeetingKind.STEERING_GROUP,
    BodyKind.EXPERT_ROUND: MeetingKind.EXPERT_ROUND,
    BodyKind.WORKING_GROUP: MeetingKind.WORKING_GROUP,
    BodyKind.COMMITTEE: MeetingKind.COMMITTEE,
    BodyKind.COUNCIL: MeetingKind.COUNCIL,
}


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
    agenda: Sequence[str | Point] = (),
    text: str = "",
    place: str = "",
    link: str = "",
    access_notes: str = "",
    is_closed: bool = False,
    remind_days: int = REMIND_DAYS,
    starts_at: time | None = None,
    ends_at: time | None = None,
    participants: int | None = None,
    participants_approx: bool = False,
    precision: str = "day",
    language: str = "de",
    is_example: bool = False,
) -> Meeting:
    """Announce a meeting with its agenda, or enter one that has taken place.

    It is public where its process and its body are, unless it `is_closed`: a public body may
    meet in private. An end before the beginning lies on the next day. The body takes part in
    the process from now on. Without a `kind` it is the usual one of the body.
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
        link=link,
        access_notes=access_notes,
        is_closed=is_closed,
        remind_days=remind_days,
        happened_on=on,
        precision=precision,
        starts_at=starts_at,
        ends_at=ends_at,
        participants=participants,
        participants_approx=participants_approx,
        language=language,
        is_public=_is_open(process, body, is_closed=is_closed),
        is_example=is_example,
    )
    process.bodies.add(body)
    set_agenda(meeting, _points(agenda))
    record("meeting.announced", meeting.as_thing(), by=by, at=at, data={"on": on.isoformat()})
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting,
    *,
    title: str,
    on: date,
    agenda: Sequence[str | Point] | None,
    text: str,
    place: str,
    starts_at: time | None,
    ends_at: time | None,
    participants: int | None,
    participants_approx: bool,
    seen: int,
    by: Standing,
    at: datetime,
    link: str | None = None,
    access_notes: str | None = None,
    is_closed: bool | None = None,
    remind_days: int | None = None,
) -> Meeting:
    """Change date, place, agenda or the number of people who came.

    What is None stays as it is. Whoever was invited is told when date, time or place changed;
    a new day or time asks everybody for their answer again.
    """
    _refuse_cancelled(meeting)
    _check(meeting.process, title=title, on=on, starts_at=starts_at, ends_at=ends_at, own=meeting)
    before = Meeting.objects.get(pk=meeting.pk)
    changes: dict[str, object] = {
        "title": title.strip(),
        "happened_on": on,
        "text": text,
        "place": place,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "participants": participants,
        "participants_approx": participants_approx,
    }
    further = {
        "link": link,
        "access_notes": access_notes,
        "is_closed": is_closed,
        "remind_days": remind_days,
    }
    changes |= {name: value for name, value in further.items() if value is not None}
    if any(getattr(before, name) != changes[name] for name in IN_CALENDARS & changes.keys()):
        changes["sequence"] = before.sequence + 1
    if is_closed is not None:
        changes["is_public"] = _is_open(meeting.process, meeting.body, is_closed=is_closed)
    if is_attendance_kept(meeting):
        # Who came was noted one by one: the number follows from that (see `attending`).
        del changes["participants"], changes["participants_approx"]
    meeting = save_if_unchanged(meeting, changes, seen=seen)
    if agenda is not None:
        set_agenda(meeting, _points(agenda))
    tell_moved(meeting, before=before, at=at)
    record("meeting.changed", meeting.as_thing(), by=by, at=at, data={"on": on.isoformat()})
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, because: str, by: Standing, at: datetime) -> Meeting:
    """Call a meeting off: it stays visible as cancelled, and everybody who was asked is told.

    Twice changes nothing the second time.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.is_cancelled:
        return meeting
    if meeting.happened_on is not None and meeting.happened_on < localdate(at):
        raise Closed(
            _("This meeting lies in the past."),
            do=_("What has taken place cannot be cancelled any more."),
        )
    if not because.strip():
        raise Invalid({"because": _("Please say why. Everybody who was invited reads it.")})
    meeting.cancelled_on, meeting.cancelled_because = localdate(at), because.strip()
    meeting.sequence += 1
    meeting.revision += 1
    meeting.save()
    tell_cancelled(meeting, at=at)
    record("meeting.cancelled", meeting.as_thing(), by=by, at=at)
    return meeting


def _is_open(process: Process, body: Body, *, is_closed: bool) -> bool:
    """Whether everybody may see a meeting: its process and its body are public, and it is, too."""
    return process.is_public and body.is_public and not is_closed


def _refuse_cancelled(meeting: Meeting) -> None:
    if meeting.is_cancelled:
        raise Closed(
            _("This meeting was cancelled."),
            do=_("Announce a new one: “The next one like this” takes over body, place and agenda."),
        )


def _points(agenda: Sequence[str | Point]) -> list[Point]:
    return [point if isinstance(point, Point) else Point(point) for point in agenda]


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
    fields |= wrong_span(on, starts_at, ends_at)
    if fields:
        raise Invalid(fields)
