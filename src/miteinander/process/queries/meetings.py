"""What the page of a meeting shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    IntegerField,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from miteinander.core.prepared import prepared
from miteinander.core.rights import allowed
from miteinander.core.sight import seen, sees_all
from miteinander.core.standing import Standing
from miteinander.process.models import (
    AgendaItem,
    Meeting,
    MeetingFile,
    Minutes,
    Resolution,
    Task,
)
from miteinander.process.queries.dates import clocks_of
from miteinander.process.queries.lists import meetings_seen
from miteinander.process.queries.minutes import minutes_of


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A point of the agenda, an agreement, a resolution or a file: the lines of a meeting."""

    sort: str
    pk: int
    position: int
    text: str
    who: str
    due: date | None
    done_on: date | None
    identifier: str
    minutes: int | None = None
    """How long a point of the agenda may take."""
    size: int | None = None
    """Bytes of a file."""
    clock: time | None = None
    """When it is up; see `clocks_of`."""


@dataclass(frozen=True, slots=True)
class MeetingPage:
    meeting: Meeting
    agenda: list[MeetingLine]
    minutes: Minutes | None
    """Only where the reader may see them."""
    tasks: list[MeetingLine]
    """What was agreed: part of the minutes, shown with them."""
    resolutions: list[MeetingLine]
    files: list[MeetingLine]
    """With the identifier of the attachment, and its size."""


def meeting_page(meeting: Meeting, standing: Standing) -> MeetingPage:
    """Gather what the page of a meeting shows: two queries."""
    # Not by a join: Django leaves out the columns that two children of one parent share.
    minutes = minutes_of(meeting)
    if minutes is not None and not allowed(standing, "process.see_minutes", minutes):
        minutes = None
    lines = _lines(meeting, standing)
    return MeetingPage(
        meeting=meeting,
        minutes=minutes,
        agenda=_timed(_of(lines, "agenda"), meeting),
        tasks=_of(lines, "task")
        if minutes or allowed(standing, "process.see_agreements", meeting)
        else [],
        resolutions=_of(lines, "resolution"),
        files=_of(lines, "file"),
    )


def _timed(lines: list[MeetingLine], meeting: Meeting) -> list[MeetingLine]:
    clocks = clocks_of(meeting, [line.minutes for line in lines])
    return [replace(line, clock=at) for line, at in zip(lines, clocks, strict=True)]


def _of(lines: Iterable[MeetingLine], sort: str) -> list[MeetingLine]:
    return [line for line in lines if line.sort == sort]


def _lines(meeting: Meeting, standing: Standing) -> list[MeetingLine]:
    """Read agenda, agreements, resolutions and files in one query."""
    town = meeting.municipality
    everything = sees_all(town, standing)
    rows = _said(meeting=meeting.pk, town=town.pk, everything=everything)
    return [MeetingLine(*row) for row in rows]


@prepared(meeting=BigIntegerField(), town=BigIntegerField())
def _said(*, meeting: Any, town: Any, everything: bool) -> QuerySet[Any, Any]:
    words: CharField[str, str] = CharField()
    no_word, no_day = Value("", output_field=words), Value(None, output_field=DateField())
    # PostgreSQL takes the first two of a union for what the others have to be: an untyped nothing
    # would be text.
    no_number = Cast(Value(None), IntegerField())
    nowhere = Value(0, output_field=IntegerField())
    nothing = {
        "a_who": no_word,
        "a_due": no_day,
        "a_done": no_day,
        "a_identifier": no_word,
        "a_minutes": no_number,
        "a_size": no_number,
    }

    def columns(
        rows: QuerySet[Any], sort: str, *, text: Any, position: Any = nowhere, **more: Any
    ) -> QuerySet[Any, Any]:
        """The columns of a `MeetingLine`, in its order; what a line does not have is nothing."""
        named = {
            "a_sort": Value(sort, output_field=words),
            "a_pk": Cast("pk", IntegerField()),
            "a_position": position,
            "a_text": text,
            **nothing,
            **more,
        }
        found: QuerySet[Any, Any] = rows.order_by().annotate(**named).values_list(*named)
        return found

    agenda = columns(
        AgendaItem.objects.filter(meeting=meeting),
        "agenda",
        text=Cast("title", words),
        position=Cast("position", IntegerField()),
        a_minutes=Cast("minutes", IntegerField()),
    )
    tasks = columns(
        Task.objects.filter(meeting=meeting),
        "task",
        text=Cast("what", words),
        a_who=Cast("owner_function", words),
        a_due=Cast("due", DateField()),
        a_done=Cast("done_on", DateField()),
    )
    taken = columns(
        seen(Resolution.objects.filter(meeting=meeting), town, everything=everything),
        "resolution",
        text=Cast("title", words),
        a_identifier=Cast("identifier", words),
    )
    files = columns(
        MeetingFile.objects.filter(
            meeting=meeting, is_public__in=[True, False] if everything else [True]
        ),
        "file",
        text=Cast("title", words),
        a_identifier=Cast("attachment__identifier", words),
        a_size=Cast("attachment__size", IntegerField()),
    )
    return agenda.union(tasks, taken, files, all=True).order_by("a_position", "a_pk")


def points_of(meeting: Meeting) -> list[AgendaItem]:
    """The points of the agenda in their order: one query."""
    return list(meeting.agenda.order_by("position", "pk"))


def agenda_of(meeting: Meeting) -> list[str]:
    """Return the agenda as it is typed: one line a point (form)."""
    return list(
        AgendaItem.objects.filter(meeting=meeting)
        .order_by("position")
        .values_list("title", flat=True)
    )


def minutes_to_build(pk: int, *, at: datetime) -> MeetingPage:
    """For the worker: approved minutes with what everybody may read around them."""
    minutes = Minutes.objects.get(pk=pk)
    meeting = meetings_seen(minutes.municipality_id, everything=True).get(pk=minutes.meeting_id)
    return meeting_page(meeting, Standing(municipality=minutes.municipality_id, at=at))
