"""Meetings: announced and changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.community.states import BodyKind
from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.revisions import save_if_unchanged
from miteinander.process.models import AgendaItem, Meeting, Minutes, Process
from miteinander.process.queries.attendance import is_attendance_kept
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
    if is_attendance_kept(meeting):
        # Who came was noted one by one: the number follows from that (see `attending`).
        del changes["participants"], changes["participants_approx"]
    meeting = save_if_unchanged(meeting, changes, seen=seen)
    _set_agenda(meeting, agenda)
    record("meeting.changed", meeting.as_thing(), by=by, at=at, data={"on": on.isoformat()})
    return meeting


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
    """Points that are there already stay the same rows: tasks and resolutions hang on them."""
    points = [point.strip() for point in agenda if point.strip()]
    known = list(meeting.agenda.order_by("position", "pk"))
    if [item.title for item in known] == points:
        return
    if Minutes.objects.filter(meeting=meeting, state=MinutesState.APPROVED).exists():
        raise Closed(
            _("The minutes of this meeting have been approved, and its agenda with them."),
            do=_("Leave the agenda as it is. What was found later can be added as a remark."),
        )
    for number, point in enumerate(points, start=1):
        item = next((each for each in known if each.title == point), None)
        if item is None:
            AgendaItem.objects.create(meeting=meeting, position=number, title=point)
            continue
        known.remove(item)
        item.position = number
        item.save(update_fields=["position"])
    AgendaItem.objects.filter(pk__in=[item.pk for item in known]).delete()
