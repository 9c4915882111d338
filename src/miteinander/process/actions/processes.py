"""Setting up a process: its mandate, its phases, its bodies, its milestones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body, Office
from miteinander.core.errors import Closed, Invalid, NotReady
from miteinander.core.events.record import record
from miteinander.core.models import Municipality, Thing
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.search.keep import keep
from miteinander.process.actions.resolutions import resolve
from miteinander.process.models import Meeting, Milestone, Minutes, Phase, Process, Resolution
from miteinander.process.states import (
    MinutesState,
    Permit,
    PhaseKind,
    ProcessState,
    ResolutionKind,
    Result,
)

if TYPE_CHECKING:
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing

LONGEST = 120
"""Months that a process may be planned for; more is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """The resolution with which a process begins."""

    body: Body
    on: date
    title: str
    text: str = ""
    result: Result | str = Result.AGREED
    precision: str = "day"


@transaction.atomic
def create_process(
    municipality: Municipality,
    *,
    title: str,
    question: str,
    lead_office: Office,
    planned_months: int,
    starts: date,
    by: Standing,
    at: datetime,
    text: str = "",
    aims: Sequence[str] = (),
    counts: Mapping[str, Any] | None = None,
    mandate: Mandate | None = None,
    precision: str = "day",
    language: str = "de",
    is_example: bool = False,
) -> Process:
    """Set up a process, together with its mandate where that has been given already.

    It is not public until it is published.
    """
    assert lead_office.organisation.municipality_id == municipality.pk, "another town's office"
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    _check_process(municipality, title=title, planned_months=planned_months)
    process = Process.objects.create(
        municipality=municipality,
        title=title.strip(),
        question=question.strip(),
        text=text,
        aims=list(aims),
        counts=dict(counts or {}),
        lead_office=lead_office,
        planned_months=planned_months,
        starts=starts,
        happened_on=starts,
        precision=precision,
        language=language,
        is_example=is_example,
    )
    record("process.created", process.as_thing(), by=by, at=at)
    if mandate is not None:
        try:
            resolve(
                process,
                body=mandate.body,
                title=mandate.title,
                text=mandate.text,
                on=mandate.on,
                precision=mandate.precision,
                kind=ResolutionKind.MANDATE,
                result=mandate.result,
                is_example=is_example,
                language=language,
                by=by,
                at=at,
            )
        except Invalid as refusal:
            # The mandate's fields stand in the same form as the process's own.
            raise Invalid({f"mandate_{k}": v for k, v in refusal.fields.items()}) from refusal
    return process


@transaction.atomic
def change_process(
    process: Process,
    *,
    title: str,
    question: str,
    text: str,
    aims: Sequence[str],
    lead_office: Office,
    planned_months: int,
    starts: date,
    seen: int,
    by: Standing,
    at: datetime,
) -> Process:
    assert lead_office.organisation.municipality_id == process.municipality_id, "another town's"
    _check_process(process.municipality, title=title, planned_months=planned_months, own=process)
    if process.ended is not None and process.ended < starts:
        raise Invalid({"starts": _("The process ended before this day.")})
    changes = {
        "title": title.strip(),
        "question": question.strip(),
        "text": text,
        "aims": list(aims),
        "lead_office": lead_office,
        "planned_months": planned_months,
        "starts": starts,
        "happened_on": starts,
    }
    process = save_if_unchanged(process, changes, seen=seen)
    record("process.changed", process.as_thing(), by=by, at=at)
    return process


@transaction.atomic
def publish_process(process: Process, *, by: Standing, at: datetime) -> Process:
    """Open a process to everybody, with what its public bodies did; doing it twice changes nothing.

    Raises :class:`NotReady` with all open points: without a mandate and a plan there is nothing
    that people could follow.
    """
    process = Process.objects.select_for_update().get(pk=process.pk)
    if process.is_public:
        return process
    if points := open_points(process):
        raise NotReady(points)
    process.is_public = True
    if process.state == ProcessState.PREPARING:
        process.state = ProcessState.RUNNING
    process.save(update_fields=["is_public", "state"])
    done = [
        *Meeting.objects.filter(process=process, body__is_public=True, is_closed=False).values_list(
            "pk", flat=True
        ),
        *Resolution.objects.filter(process=process, body__is_public=True)
        .exclude(meeting__is_closed=True)
        .values_list("pk", flat=True),
        *Minutes.objects.filter(
            meeting__process=process,
            meeting__body__is_public=True,
            meeting__is_closed=False,
            state=MinutesState.APPROVED,
        ).values_list("pk", flat=True),
    ]
    Thing.objects.filter(pk__in=done).update(is_public=True)
    keep(done)
    record("process.published", process.as_thing(), by=by, at=at)
    return process


def require_public(process: Process) -> None:
    """Refuse what the public is to see while the process itself is not public yet.

    For the stages above: calls, themes, contributions and concepts are made public with their
    process, and nothing would open them later.
    """
    if not Process.objects.filter(pk=process.pk, is_public=True).exists():
        raise Closed(
            _("The process is not public yet."),
            where=process.title,
            do=_("Publish the process first; its page in the workspace has the button."),
        )


def open_points(process: Process) -> list[Text]:
    """Name everything that stands between a process and its publication."""
    points: list[Text] = []
    if not process.resolutions.filter(resolution_kind=ResolutionKind.MANDATE).exists():
        points.append(_("The mandate has not been recorded."))
    if not process.phases.exists():
        points.append(_("No phase has been planned."))
    return points


@transaction.atomic
def attach_body(process: Process, *, body: Body, by: Standing, at: datetime) -> None:
    """Let a body take part in a process; it may take part in several."""
    assert body.municipality_id == process.municipality_id, "a body of another municipality"
    if process.bodies.filter(pk=body.pk).exists():
        return
    process.bodies.add(body)
    record("process.body_attached", process.as_thing(), by=by, at=at, data={"body": body.title})


# --- phases and milestones ------------------------------------------------------------------


@transaction.atomic
def plan_phase(
    process: Process,
    *,
    title: str,
    kind: PhaseKind | str,
    starts: date,
    by: Standing,
    at: datetime,
    ends: date | None = None,
    permits: Iterable[Permit | str] = (),
    precision: str = "day",
) -> Phase:
    """Plan a stretch of the process and what it permits; phases may overlap."""
    Process.objects.select_for_update().get(pk=process.pk)
    permitted = _check_phase(process, title=title, starts=starts, ends=ends, permits=permits)
    phase = Phase.objects.create(
        process=process,
        title=title.strip(),
        phase_kind=PhaseKind(kind),
        starts=starts,
        ends=ends,
        permits=permitted,
        precision=precision,
    )
    record("phase.planned", process.as_thing(), by=by, at=at, data={"phase": phase.title})
    return phase


@transaction.atomic
def change_phase(
    phase: Phase,
    *,
    title: str,
    kind: PhaseKind | str,
    starts: date,
    ends: date | None,
    permits: Iterable[Permit | str],
    by: Standing,
    at: datetime,
) -> Phase:
    """Change a phase while it is open: what is closed stays as it was."""
    Process.objects.select_for_update().get(pk=phase.process_id)
    phase = Phase.objects.select_related("process").get(pk=phase.pk)
    _refuse_closed(phase)
    permitted = _check_phase(
        phase.process, title=title, starts=starts, ends=ends, permits=permits, own=phase
    )
    phase.title, phase.phase_kind = title.strip(), PhaseKind(kind)
    phase.starts, phase.ends, phase.permits = starts, ends, permitted
    phase.save()
    thing = phase.process.as_thing()
    record("phase.changed", thing, by=by, at=at, data={"phase": phase.title})
    return phase


@transaction.atomic
def close_phase(phase: Phase, *, by: Standing, at: datetime, on: date | None = None) -> Phase:
    """Close a phase; from the next day on it permits nothing any more.

    Whether every contribution has its answer is asked by ``participation.actions``, which
    wraps this: the process does not know contributions.
    """
    Process.objects.select_for_update().get(pk=phase.process_id)
    phase = Phase.objects.select_related("process").get(pk=phase.pk)
    _refuse_closed(phase)
    day = on or localdate(at)
    if day < phase.starts:
        raise Closed(
            _("This phase has not begun yet."),
            do=_("If it is not wanted any more, please change its dates."),
        )
    phase.closed_on = day
    phase.save(update_fields=["closed_on"])
    thing = phase.process.as_thing()
    record("phase.closed", thing, by=by, at=at, data={"phase": phase.title})
    return phase


@transaction.atomic
def set_milestone(
    process: Process,
    *,
    title: str,
    on: date,
    by: Standing,
    at: datetime,
    reached_on: date | None = None,
) -> Milestone:
    """Set a day to be reached, or move it: a milestone is known by its title."""
    Process.objects.select_for_update().get(pk=process.pk)
    if reached_on is not None and reached_on > localdate(at):
        raise Invalid({"reached_on": _("This day lies ahead.")})
    milestone, _made = Milestone.objects.update_or_create(
        process=process, title=title.strip(), defaults={"on": on, "reached_on": reached_on}
    )
    record(
        "process.milestone_set",
        process.as_thing(),
        by=by,
        at=at,
        data={"milestone": milestone.title, "on": on.isoformat()},
    )
    return milestone


# --- what fits --------------------------------------------------------------------------------


def _check_process(
    municipality: Municipality, *, title: str, planned_months: int, own: Process | None = None
) -> None:
    namesakes = Process.objects.filter(municipality=municipality, title__iexact=title.strip())
    if own is not None:
        namesakes = namesakes.exclude(pk=own.pk)
    fields: dict[str, Text] = {}
    if namesakes.exists():
        fields["title"] = _("A process of this name is already there.")
    if not 1 <= planned_months <= LONGEST:
        fields["planned_months"] = gettext("Please plan between 1 and %(most)s months.") % {
            "most": LONGEST
        }
    if fields:
        raise Invalid(fields)


def _check_phase(
    process: Process,
    *,
    title: str,
    starts: date,
    ends: date | None,
    permits: Iterable[Permit | str],
    own: Phase | None = None,
) -> list[str]:
    namesakes = process.phases.filter(title__iexact=title.strip())
    if own is not None:
        namesakes = namesakes.exclude(pk=own.pk)
    fields: dict[str, Text] = {}
    if namesakes.exists():
        fields["title"] = _("This process already has a phase of that name.")
    if ends is not None and ends < starts:
        fields["ends"] = _("A phase cannot end before it starts.")
    wanted = [str(permit) for permit in permits]
    if unknown := sorted(set(wanted) - set(Permit.values)):
        fields["permits"] = gettext("A phase cannot permit this: %(what)s.") % {
            "what": ", ".join(unknown)
        }
    if fields:
        raise Invalid(fields)
    return [permit for permit in Permit.values if permit in wanted]


def _refuse_closed(phase: Phase) -> None:
    if phase.is_closed():
        raise Closed(
            _("This phase has been closed already."),
            do=_("What is closed stays as it was. Please plan a new phase if you need one."),
        )
