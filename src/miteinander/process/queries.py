"""What may be read of processes, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from miteinander.community.models import Body
from miteinander.community.states import BodyKind
from miteinander.core.models import Job, Municipality, StageThing, Thing
from miteinander.core.models.things import address_of
from miteinander.core.prepared import fill, prepared, there
from miteinander.core.rights import allowed
from miteinander.core.standing import Standing
from miteinander.process.models import (
    AgendaItem,
    Meeting,
    Milestone,
    Minutes,
    Phase,
    Process,
    Resolution,
    Task,
)
from miteinander.process.states import MinutesState, ResolutionKind, Result

T = TypeVar("T", bound=StageThing)
Position = Literal["past", "now", "next"]
HAPPENINGS = 60
"""So many meetings and resolutions a process page shows; the list of meetings has them all."""

# --- lists: each the twin of a rule ----------------------------------------------------------


def _sees_all(municipality: Municipality, standing: Standing) -> bool:
    return standing.is_member and standing.municipality == municipality.pk


def _visible(rows: QuerySet[T], municipality: Municipality, standing: Standing) -> QuerySet[T]:
    return _seen(rows, municipality, everything=_sees_all(municipality, standing))


def _seen(rows: QuerySet[T], town: Any, *, everything: bool) -> QuerySet[T]:
    """`town` is a municipality, or the slot of a prepared query."""
    # The town comes along: pages ask these rows for more, and more is asked of the town.
    rows = rows.filter(municipality=town).select_related("municipality")
    return rows if everything else rows.filter(is_public=True)


def processes_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Process]:
    """Return processes, the latest first (twin of ``process.see``)."""
    return _processes(municipality, everything=_sees_all(municipality, standing))


def meetings_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Meeting]:
    """Meetings with their body and process, in no order (twin of ``process.see``)."""
    return _meetings(municipality, everything=_sees_all(municipality, standing))


def resolutions_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Resolution]:
    return _resolutions(municipality, everything=_sees_all(municipality, standing))


def things_of(process: Process) -> QuerySet[Any, Any]:
    """The keys of a process and of what was met and decided in it (its feed)."""
    own = Q(pk=process.pk)
    own |= Q(pk__in=Meeting.objects.filter(process=process).values("pk"))
    own |= Q(pk__in=Minutes.objects.filter(meeting__process=process).values("pk"))
    own |= Q(pk__in=Resolution.objects.filter(process=process).values("pk"))
    return Thing.objects.filter(own).values("pk")


def dates_of(municipality: Municipality, *, most: int) -> list[Meeting]:
    """Public meetings whose day is fixed, the latest first (calendars)."""
    rows = _meetings(municipality, everything=False).filter(
        happened_on__isnull=False, precision="day"
    )
    return list(rows.order_by("-happened_on", "-pk")[:most])


def milestones_of(municipality: Municipality, *, most: int) -> list[Milestone]:
    """Milestones of public processes, the latest first (calendars)."""
    rows = Milestone.objects.filter(
        process__municipality=municipality, process__is_public=True
    ).select_related("process")
    return list(rows.order_by("-on", "-pk")[:most])


def _processes(town: Any, *, everything: bool) -> QuerySet[Process]:
    rows = Process.objects.select_related("lead_office__organisation")
    return _seen(rows, town, everything=everything).order_by("-starts", "-pk")


def _meetings(town: Any, *, everything: bool) -> QuerySet[Meeting]:
    return _seen(Meeting.objects.select_related("body", "process"), town, everything=everything)


def _resolutions(town: Any, *, everything: bool) -> QuerySet[Resolution]:
    rows = Resolution.objects.select_related("body", "process", "meeting")
    return _seen(rows, town, everything=everything).order_by("-happened_on", "-pk")


# --- one thing by its address: as the lists above, prepared ----------------------------------


def process_at(municipality: Municipality, standing: Standing, identifier: str) -> Process:
    """Return the process under an address, else `NotThere`; likewise below."""
    found: Process = there(_at(Process.KIND, municipality, standing, identifier))
    return found


def meeting_at(municipality: Municipality, standing: Standing, identifier: str) -> Meeting:
    found: Meeting = there(_at(Meeting.KIND, municipality, standing, identifier))
    return found


def resolution_at(municipality: Municipality, standing: Standing, identifier: str) -> Resolution:
    found: Resolution = there(_at(Resolution.KIND, municipality, standing, identifier))
    return found


def _at(kind: str, municipality: Municipality, standing: Standing, identifier: str) -> list[Any]:
    return _thing_at(
        town=municipality.pk,
        identifier=identifier,
        kind=kind,
        everything=_sees_all(municipality, standing),
    )


@prepared(town=BigIntegerField(), identifier=CharField())
def _thing_at(*, town: Any, identifier: Any, kind: str, everything: bool) -> QuerySet[Any]:
    lists: dict[str, Callable[..., QuerySet[Any]]] = {
        Process.KIND: _processes,
        Meeting.KIND: _meetings,
        Resolution.KIND: _resolutions,
    }
    return lists[kind](town, everything=everything).filter(identifier=identifier).order_by()


def minutes_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Minutes]:
    """Minutes with meeting, body and process (twin of ``process.see_minutes``)."""
    rows = Minutes.objects.filter(municipality=municipality).select_related(
        "meeting__body", "meeting__process"
    )
    if not _sees_all(municipality, standing):
        return rows.filter(is_public=True)
    if standing.is_coordinator:
        return rows
    own = [seat.body for seat in standing.seats]
    return rows.filter(Q(is_public=True) | Q(approved_on__isnull=False) | Q(meeting__body__in=own))


def minutes_never_built(job: str) -> QuerySet[Minutes]:
    """Approved public minutes for which no background work of this name was ever begun."""
    begun = Job.objects.filter(name=job, thing=OuterRef("pk"))
    rows = Minutes.objects.filter(~Exists(begun), is_public=True, approved_on__isnull=False)
    return rows.select_related("municipality").order_by("pk")


def minutes_to_build(pk: int, *, at: datetime) -> MeetingPage:
    """For the worker: approved minutes with what everybody may read around them."""
    minutes = Minutes.objects.get(pk=pk)
    meeting = _meetings(minutes.municipality_id, everything=True).get(pk=minutes.meeting_id)
    return meeting_page(meeting, Standing(municipality=minutes.municipality_id, at=at))


def upcoming_meetings(
    municipality: Municipality, standing: Standing, *, day: date
) -> QuerySet[Meeting]:
    """Meetings from `day` on, the nearest first (home page, dates, *Heute*)."""
    return _upcoming(municipality, day, everything=_sees_all(municipality, standing))


def next_meetings(
    municipality: Municipality, standing: Standing, *, day: date, most: int
) -> list[Meeting]:
    """Read the first of :func:`upcoming_meetings`."""
    everything = _sees_all(municipality, standing)
    return _next(town=municipality.pk, day=day, most=most, everything=everything)


@prepared(town=BigIntegerField(), day=DateField())
def _next(*, town: Any, day: Any, most: int, everything: bool) -> QuerySet[Meeting]:
    return _upcoming(town, day, everything=everything)[:most]


def _upcoming(town: Any, day: Any, *, everything: bool) -> QuerySet[Meeting]:
    rows = _meetings(town, everything=everything).filter(happened_on__gte=day)
    return rows.order_by("happened_on", "starts_at", "pk")


def past_meetings(
    municipality: Municipality, standing: Standing, *, day: date
) -> QuerySet[Meeting]:
    return _past(municipality, day, everything=_sees_all(municipality, standing))


def last_meetings(
    municipality: Municipality, standing: Standing, *, day: date, most: int
) -> list[Meeting]:
    """Read the first of :func:`past_meetings`."""
    everything = _sees_all(municipality, standing)
    return _last(town=municipality.pk, day=day, most=most, everything=everything)


@prepared(town=BigIntegerField(), day=DateField())
def _last(*, town: Any, day: Any, most: int, everything: bool) -> QuerySet[Meeting]:
    return _past(town, day, everything=everything)[:most]


def _past(town: Any, day: Any, *, everything: bool) -> QuerySet[Meeting]:
    rows = _meetings(town, everything=everything).filter(happened_on__lt=day)
    return rows.order_by("-happened_on", "-pk")


def current_process(
    municipality: Municipality, day: date, *, standing: Standing | None = None
) -> Process | None:
    """Return the process that the town is in: the last one that has begun, public to visitors."""
    rows = Process.objects.filter(municipality=municipality)
    if standing is None or not _sees_all(municipality, standing):
        rows = rows.filter(is_public=True)
    begun = rows.filter(starts__lte=day).select_related("lead_office__organisation")
    return begun.order_by("-starts", "-pk").first()


def phases_in(municipality: Municipality) -> QuerySet[Phase]:
    """Phases of the town's processes (a phase is looked up by its number through these)."""
    return Phase.objects.filter(process__municipality=municipality).select_related("process")


def tasks_in(municipality: Municipality) -> QuerySet[Task]:
    return Task.objects.filter(meeting__municipality=municipality).select_related("meeting__body")


def tasks_for(municipality: Municipality, standing: Standing) -> QuerySet[Task]:
    """Tasks that this person may finish: all for the coordination, else those of own bodies."""
    rows = tasks_in(municipality)
    if not _sees_all(municipality, standing):
        return rows.none()
    if standing.is_coordinator:
        return rows
    return rows.filter(meeting__body__in=[seat.body for seat in standing.seats])


def open_tasks_for(municipality: Municipality, standing: Standing) -> QuerySet[Task]:
    """Open tasks, the oldest promise first, those without a date last (*Heute*)."""
    return tasks_for(municipality, standing).filter(done_on=None).order_by("due", "pk")


def minutes_to_approve(municipality: Municipality, standing: Standing) -> QuerySet[Minutes]:
    """Drafts that this person may approve (*Heute*)."""
    drafts = Minutes.objects.filter(municipality=municipality, state=MinutesState.DRAFT)
    drafts = drafts.select_related("meeting__body").order_by("happened_on", "pk")
    if not _sees_all(municipality, standing):
        return drafts.none()
    if standing.is_coordinator:
        return drafts
    return drafts.filter(meeting__body__in=[seat.body for seat in standing.seats])


def phases_to_close(municipality: Municipality, day: date) -> QuerySet[Phase]:
    """Phases whose time is over and that nobody has closed (*Heute* of the coordination)."""
    return phases_in(municipality).filter(ends__lt=day, closed_on=None).order_by("ends", "pk")


# --- pages -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PhaseAt:
    """A phase and where it stands on a day."""

    phase: Phase
    position: Position


@dataclass(frozen=True, slots=True)
class Duration:
    """Planned and actual duration in months; the actual one counts until today or the end."""

    planned: int
    actual: int
    is_over: bool
    """The process has ended: the actual duration does not grow any more."""

    @property
    def difference(self) -> int:
        """Months beyond the plan, negative below it."""
        return self.actual - self.planned


@dataclass(frozen=True, slots=True)
class Happening:
    """A meeting or a resolution in the story of a process."""

    kind: str
    identifier: str
    title: str
    on: date | None
    precision: str
    body: str
    result: str
    """Of a resolution; empty for a meeting."""
    sort: str
    """The kind of meeting or of resolution."""
    is_example: bool
    language: str

    @property
    def address(self) -> str:
        return address_of(self.kind, self.identifier)

    @property
    def result_label(self) -> str:
        return str(Result(self.result).label) if self.result else ""


@dataclass(frozen=True, slots=True)
class SeatLine:
    function: str
    perspective: str
    """Empty where the function says it already."""
    leads: bool
    is_vacant: bool


@dataclass(frozen=True, slots=True)
class BodyLine:
    body: Body
    seats: tuple[SeatLine, ...]


@dataclass(frozen=True, slots=True)
class ProcessPage:
    process: Process
    phases: list[PhaseAt]
    milestones: list[Milestone]
    duration: Duration
    happenings: list[Happening]
    """Newest first."""
    bodies: list[BodyLine]

    @property
    def mandate(self) -> Happening | None:
        """The resolution with which the process began, where the reader may see it."""
        found = (h for h in self.happenings if h.kind == "resolution")
        return next((h for h in found if h.sort == ResolutionKind.MANDATE), None)


def process_page(process: Process, standing: Standing, *, day: date) -> ProcessPage:
    """Gather what the page of a process shows: four queries, however much it is."""
    return ProcessPage(
        process=process,
        phases=phases_of(process, day),
        milestones=_milestones(process=process.pk),
        duration=duration_of(process, day),
        happenings=_happenings(process, standing),
        bodies=_bodies(process, standing),
    )


def phases_of(process: Process, day: date) -> list[PhaseAt]:
    """Read the phases in order, each with where it stands: one query (home page, process)."""
    know_phases_of([process])
    return [PhaseAt(phase, position_of(phase, day)) for phase in process.phases.all()]


def know_phases_of(processes: list[Process]) -> None:
    """Read the phases of some processes: one query."""
    phases: dict[int, list[Phase]] = {process.pk: [] for process in processes}
    for phase in _phases(processes=list(phases)):
        phases[phase.process_id].append(phase)
    for process in processes:
        for phase in phases[process.pk]:
            phase.process = process
        fill(process, "phases", phases[process.pk])


@prepared(processes=BigIntegerField())
def _phases(*, processes: Any) -> QuerySet[Phase]:
    return Phase.objects.filter(process__id__in=processes).order_by("starts", "pk")


@prepared(process=BigIntegerField())
def _milestones(*, process: Any) -> QuerySet[Milestone]:
    return Milestone.objects.filter(process=process).order_by("on", "pk")


def position_of(phase: Phase, day: date) -> Position:
    if phase.runs(day):
        return "now"
    return "next" if phase.starts > day else "past"


def duration_of(process: Process, day: date) -> Duration:
    end = process.ended or max(day, process.starts)
    return Duration(
        planned=process.planned_months,
        actual=months_between(process.starts, end),
        is_over=process.ended is not None,
    )


def months_between(start: date, end: date) -> int:
    """Full months from one day to another; days known by month only count by month."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if end.day < start.day else months


def _happenings(process: Process, standing: Standing) -> list[Happening]:
    """Read meetings and resolutions in one query, the newest first."""
    town = process.municipality
    everything = _sees_all(town, standing)
    rows = _happened(process=process.pk, town=town.pk, everything=everything)
    return [Happening(*row) for row in rows]


@prepared(process=BigIntegerField(), town=BigIntegerField())
def _happened(*, process: Any, town: Any, everything: bool) -> QuerySet[Any, Any]:
    columns = (
        "kind", "identifier", "title", "happened_on", "precision", "body__title", "outcome",
        "sort", "is_example", "language",
    )  # fmt: skip
    none = Value("", output_field=CharField())
    meetings = _seen(Meeting.objects.filter(process=process), town, everything=everything)
    resolutions = _seen(Resolution.objects.filter(process=process), town, everything=everything)
    rows: QuerySet[Any, Any] = (
        meetings.annotate(outcome=none, sort=Cast("meeting_kind", CharField()))
        .values_list(*columns)
        .union(
            resolutions.annotate(
                outcome=Cast("result", CharField()), sort=Cast("resolution_kind", CharField())
            ).values_list(*columns),
            all=True,
        )
        .order_by("-happened_on")[:HAPPENINGS]
    )
    return rows


def _bodies(process: Process, standing: Standing) -> list[BodyLine]:
    """Read bodies with their seats in one query; bodies without seats are there, too."""
    town = process.municipality
    rows = _seated(process=process.pk, town=town.pk, everything=_sees_all(town, standing))
    bodies: dict[int, Body] = {}
    seats: dict[int, list[SeatLine]] = {}
    for row in rows:
        if row["pk"] not in bodies:
            bodies[row["pk"]] = Body(
                pk=row["pk"],
                municipality_id=process.municipality_id,
                identifier=row["identifier"],
                kind=Body.KIND,
                title=row["title"],
                language=row["language"],
                is_example=row["is_example"],
                body_kind=row["body_kind"],
            )
        lines = seats.setdefault(row["pk"], [])
        if row["seats__pk"] is not None:
            lines.append(
                SeatLine(
                    function=row["seats__function"],
                    perspective=_beside(row["seats__function"], row["seats__perspective__title"]),
                    leads=row["seats__leads"],
                    is_vacant=row["seats__holder"] is None,
                )
            )
    lines_of = [BodyLine(body, tuple(seats[pk])) for pk, body in bodies.items()]
    # From the group that steers to the council that decides: the order of the kinds themselves.
    order = {kind: number for number, kind in enumerate(BodyKind.values)}
    return sorted(lines_of, key=lambda line: order.get(line.body.body_kind, len(order)))


def _beside(function: str, perspective: str | None) -> str:
    return perspective if perspective and perspective != function else ""


@prepared(process=BigIntegerField(), town=BigIntegerField())
def _seated(*, process: Any, town: Any, everything: bool) -> QuerySet[Any, Any]:
    columns = (
        "pk", "identifier", "title", "language", "is_example", "body_kind", "seats__pk",
        "seats__function", "seats__perspective__title", "seats__leads", "seats__holder",
    )  # fmt: skip
    rows: QuerySet[Any, Any] = (
        _seen(Body.objects.filter(processes=process), town, everything=everything)
        .order_by("title", "pk", "seats__position", "seats__pk")
        .values(*columns)
    )
    return rows


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A point of the agenda, an agreement, or a resolution: the lines of a meeting."""

    sort: str
    pk: int
    position: int
    text: str
    who: str
    due: date | None
    done_on: date | None
    identifier: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    meeting: Meeting
    agenda: list[MeetingLine]
    minutes: Minutes | None
    """Only where the reader may see them."""
    tasks: list[MeetingLine]
    """What was agreed: part of the minutes, shown with them."""
    resolutions: list[MeetingLine]


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
        agenda=_of(lines, "agenda"),
        tasks=_of(lines, "task")
        if minutes or allowed(standing, "process.finish_task", meeting)
        else [],
        resolutions=_of(lines, "resolution"),
    )


def _of(lines: Iterable[MeetingLine], sort: str) -> list[MeetingLine]:
    return [line for line in lines if line.sort == sort]


def _lines(meeting: Meeting, standing: Standing) -> list[MeetingLine]:
    """Read agenda, agreements and resolutions in one query."""
    town = meeting.municipality
    everything = _sees_all(town, standing)
    rows = _said(meeting=meeting.pk, town=town.pk, everything=everything)
    return [MeetingLine(*row) for row in rows]


@prepared(meeting=BigIntegerField(), town=BigIntegerField())
def _said(*, meeting: Any, town: Any, everything: bool) -> QuerySet[Any, Any]:
    def columns(rows: QuerySet[Any], **named: Any) -> QuerySet[Any, Any]:
        found: QuerySet[Any, Any] = rows.annotate(**named).values_list(*named)
        return found

    words: CharField[str, str] = CharField()
    no_word, no_day = Value("", output_field=words), Value(None, output_field=DateField())
    agenda = columns(
        AgendaItem.objects.filter(meeting=meeting).order_by(),
        a_sort=Value("agenda", output_field=words),
        a_pk=Cast("pk", IntegerField()),
        a_position=Cast("position", IntegerField()),
        a_text=Cast("title", words),
        a_who=no_word,
        a_due=no_day,
        a_done=no_day,
        a_identifier=no_word,
    )
    tasks = columns(
        Task.objects.filter(meeting=meeting).order_by(),
        a_sort=Value("task", output_field=words),
        a_pk=Cast("pk", IntegerField()),
        a_position=Value(0, output_field=IntegerField()),
        a_text=Cast("what", words),
        a_who=Cast("owner_function", words),
        a_due=Cast("due", DateField()),
        a_done=Cast("done_on", DateField()),
        a_identifier=no_word,
    )
    taken = columns(
        _seen(Resolution.objects.filter(meeting=meeting), town, everything=everything).order_by(),
        a_sort=Value("resolution", output_field=words),
        a_pk=Cast("pk", IntegerField()),
        a_position=Value(0, output_field=IntegerField()),
        a_text=Cast("title", words),
        a_who=no_word,
        a_due=no_day,
        a_done=no_day,
        a_identifier=Cast("identifier", words),
    )
    return agenda.union(tasks, taken, all=True).order_by("a_position", "a_pk")


def meetings_of_body(body: Body, standing: Standing, *, limit: int = 20) -> list[Meeting]:
    """Read the newest meetings of a body (its page)."""
    everything = _sees_all(body.municipality, standing)
    return _meetings_of(body=body.pk, town=body.municipality_id, most=limit, everything=everything)


@prepared(body=BigIntegerField(), town=BigIntegerField())
def _meetings_of(*, body: Any, town: Any, most: int, everything: bool) -> QuerySet[Meeting]:
    rows = _meetings(town, everything=everything).filter(body=body)
    return rows.order_by("-happened_on", "-pk")[:most]


def processes_of_body(body: Body, standing: Standing) -> list[Process]:
    everything = _sees_all(body.municipality, standing)
    return _processes_of(body=body.pk, town=body.municipality_id, everything=everything)


@prepared(body=BigIntegerField(), town=BigIntegerField())
def _processes_of(*, body: Any, town: Any, everything: bool) -> QuerySet[Process]:
    return _processes(town, everything=everything).filter(bodies=body)


def mandate_of(process: Process) -> Resolution | None:
    """Return the resolution with which the process began."""
    return process.resolutions.filter(resolution_kind=ResolutionKind.MANDATE).first()


def agenda_of(meeting: Meeting) -> list[str]:
    """Return the agenda as it is typed: one line a point (form)."""
    return list(
        AgendaItem.objects.filter(meeting=meeting)
        .order_by("position")
        .values_list("title", flat=True)
    )


def minutes_of(meeting: Meeting) -> Minutes | None:
    """Return the minutes of a meeting whoever asks: for those who may edit or approve them."""
    minutes: Minutes | None = next(iter(_minutes_of(meeting=meeting.pk)), None)
    if minutes is not None:
        minutes.meeting = meeting  # known already
    return minutes


@prepared(meeting=BigIntegerField())
def _minutes_of(*, meeting: Any) -> QuerySet[Minutes]:
    return Minutes.objects.filter(meeting=meeting).order_by("pk")[:1]
