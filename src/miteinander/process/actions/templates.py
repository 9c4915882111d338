"""Templates: a process begins with one, and can be saved as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.actions import create_seat, form_body, name_perspective
from miteinander.community.models import Body, Perspective
from miteinander.core.errors import Invalid
from miteinander.core.events.record import record
from miteinander.process.actions.processes import (
    attach_body,
    create_process,
    plan_phase,
    set_milestone,
)
from miteinander.process.models import (
    Named,
    Pattern,
    PlannedBody,
    PlannedMilestone,
    PlannedPhase,
    PlannedSeat,
    Template,
)
from miteinander.process.queries import month_after

if TYPE_CHECKING:
    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing
    from miteinander.process.models import Phase, Process

ONE_DAY = timedelta(days=1)
DAYS_A_MONTH = 365.25 / 12


@transaction.atomic
def begin_process(
    municipality: Municipality,
    *,
    pattern: Pattern | None,
    by: Standing,
    at: datetime,
    **details: Any,
) -> Process:
    """Set up a process (see :func:`create_process`) with what its template brings, or nothing."""
    process = create_process(municipality, **details, by=by, at=at)
    if pattern is not None:
        begin_with(process, pattern, by=by, at=at)
    return process


@transaction.atomic
def begin_with(process: Process, pattern: Pattern, *, by: Standing, at: datetime) -> None:
    """Set up what a template brings; perspectives and bodies of the same name are kept.

    Fields, cross-cutting themes and the outline wait with the process until its concept begins.
    """
    town, language = process.municipality, process.language
    views = {
        view.title.casefold(): view
        for view in Perspective.objects.filter(municipality=town, retired_on=None)
    }
    for named in pattern.perspectives:
        if named.title.casefold() not in views:
            views[named.title.casefold()] = name_perspective(
                town, title=named.title, text=named.text, language=language, by=by, at=at
            )
    bodies = {
        body.title.casefold(): body
        for body in Body.objects.filter(municipality=town, retired_on=None)
    }
    for planned in pattern.bodies:
        body = bodies.get(planned.title.casefold())
        if body is None:
            body = _form(planned, process, views, by=by, at=at)
        attach_body(process, body=body, by=by, at=at)
    for phase in pattern.phases:
        starts = month_after(process.starts, phase.after)
        plan_phase(
            process,
            title=phase.title,
            kind=phase.kind,
            starts=starts,
            ends=_end(process.starts, phase),
            permits=phase.permits,
            by=by,
            at=at,
        )
    for stone in pattern.milestones:
        set_milestone(
            process, title=stone.title, on=month_after(process.starts, stone.after), by=by, at=at
        )
    process.pattern = pattern.as_parts()
    process.save(update_fields=["pattern"])


@transaction.atomic
def save_as_template(
    process: Process, *, title: str, later: Pattern, by: Standing, at: datetime
) -> Template:
    """Keep the make of a process under a name; saving under the same name replaces it.

    `later` holds what the stages above know: fields, cross-cutting themes and outline. No person
    and no date goes into a template.
    """
    title = title.strip()
    if not title:
        raise Invalid({"title": _("Please give the template a name.")})
    bodies = list(process.bodies.order_by("title").prefetch_related("seats__perspective"))
    seats = [seat for body in bodies for seat in body.seats.all()]
    views = {seat.perspective for seat in seats if seat.perspective is not None}
    pattern = replace(
        later,
        title=title,
        text=process.text,
        perspectives=tuple(
            Named(view.title, view.text) for view in sorted(views, key=lambda view: view.title)
        ),
        bodies=tuple(_planned_body(body) for body in bodies),
        phases=tuple(_planned_phase(process.starts, phase) for phase in process.phases.all()),
        milestones=tuple(
            PlannedMilestone(stone.title, _months(process.starts, stone.on))
            for stone in process.milestones.all()
        ),
    )
    template, _made = Template.objects.update_or_create(
        municipality_id=process.municipality_id,
        title=title,
        defaults={"source": process, "parts": pattern.as_parts(), "made_on": localdate(at)},
    )
    record("template.saved", process.as_thing(), by=by, at=at, data={"template": title})
    return template


@transaction.atomic
def drop_template(template: Template, *, by: Standing, at: datetime) -> None:
    """Give a template up; processes that began with it keep everything."""
    dropped, _kinds = Template.objects.filter(pk=template.pk).delete()
    if dropped:
        data = {"template": template.title}
        record(
            "template.dropped", None, by=by, at=at, municipality=template.municipality_id, data=data
        )


def _form(
    planned: PlannedBody,
    process: Process,
    views: dict[str, Perspective],
    *,
    by: Standing,
    at: datetime,
) -> Body:
    body = form_body(
        process.municipality,
        title=planned.title,
        kind=planned.kind,
        text=planned.text,
        language=process.language,
        by=by,
        at=at,
    )
    for seat in planned.seats:
        create_seat(
            body,
            function=seat.function,
            perspective=views.get(seat.perspective.casefold()),
            leads=seat.leads,
            has_voice=seat.has_voice,
            by=by,
            at=at,
        )
    return body


def _end(begin: date, phase: PlannedPhase) -> date | None:
    if phase.months is None:
        return None
    if phase.months == 0:
        return month_after(begin, phase.after)
    return month_after(begin, phase.after + phase.months) - ONE_DAY


def _planned_body(body: Body) -> PlannedBody:
    seats = tuple(
        PlannedSeat(
            function=seat.function,
            perspective=seat.perspective.title if seat.perspective else "",
            leads=seat.leads,
            has_voice=seat.has_voice,
        )
        for seat in body.seats.all()
    )
    return PlannedBody(body.title, body.body_kind, body.text, seats)


def _planned_phase(begin: date, phase: Phase) -> PlannedPhase:
    after = _months(begin, phase.starts)
    months = None
    if phase.ends is not None:
        months = max(0, _months(begin, phase.ends + ONE_DAY) - after)
    return PlannedPhase(
        phase.title, phase.phase_kind, after=after, months=months, permits=tuple(phase.permits)
    )


def _months(begin: date, day: date) -> int:
    """Months from the beginning, to the nearest; a template knows no days before it."""
    return max(0, round((day - begin).days / DAYS_A_MONTH))
