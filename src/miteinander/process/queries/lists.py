"""Processes, meetings and resolutions: each list the twin of a rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Q,
    QuerySet,
)

from miteinander.core.models import Municipality, Thing
from miteinander.core.prepared import prepared, there
from miteinander.core.sight import seen, sees_all
from miteinander.core.standing import Standing
from miteinander.process.models import (
    Meeting,
    Milestone,
    Minutes,
    Process,
    Resolution,
)


def processes_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Process]:
    """Return processes, the latest first (twin of ``process.see``)."""
    return processes(municipality, everything=sees_all(municipality, standing))


def meetings_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Meeting]:
    """Meetings with their body and process, in no order (twin of ``process.see``)."""
    return meetings_seen(municipality, everything=sees_all(municipality, standing))


def resolutions_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Resolution]:
    return resolutions(municipality, everything=sees_all(municipality, standing))


def things_of(process: Process) -> QuerySet[Any, Any]:
    """The keys of a process and of what was met and decided in it (its feed)."""
    own = Q(pk=process.pk)
    own |= Q(pk__in=Meeting.objects.filter(process=process).values("pk"))
    own |= Q(pk__in=Minutes.objects.filter(meeting__process=process).values("pk"))
    own |= Q(pk__in=Resolution.objects.filter(process=process).values("pk"))
    return Thing.objects.filter(own).values("pk")


def dates_of(municipality: Municipality, *, most: int) -> list[Meeting]:
    """Public meetings whose day is fixed, the latest first (calendars)."""
    rows = meetings_seen(municipality, everything=False).filter(
        happened_on__isnull=False, precision="day"
    )
    return list(rows.order_by("-happened_on", "-pk")[:most])


def milestones_of(municipality: Municipality, *, most: int) -> list[Milestone]:
    """Milestones of public processes, the latest first (calendars)."""
    rows = Milestone.objects.filter(
        process__municipality=municipality, process__is_public=True
    ).select_related("process")
    return list(rows.order_by("-on", "-pk")[:most])


def processes(town: Any, *, everything: bool) -> QuerySet[Process]:
    rows = Process.objects.select_related("lead_office__organisation")
    return seen(rows, town, everything=everything).order_by("-starts", "-pk")


def meetings_seen(town: Any, *, everything: bool) -> QuerySet[Meeting]:
    return seen(Meeting.objects.select_related("body", "process"), town, everything=everything)


def resolutions(town: Any, *, everything: bool) -> QuerySet[Resolution]:
    rows = Resolution.objects.select_related("body", "process", "meeting")
    return seen(rows, town, everything=everything).order_by("-happened_on", "-pk")


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
        everything=sees_all(municipality, standing),
    )


@prepared(town=BigIntegerField(), identifier=CharField())
def _thing_at(*, town: Any, identifier: Any, kind: str, everything: bool) -> QuerySet[Any]:
    lists: dict[str, Callable[..., QuerySet[Any]]] = {
        Process.KIND: processes,
        Meeting.KIND: meetings_seen,
        Resolution.KIND: resolutions,
    }
    return lists[kind](town, everything=everything).filter(identifier=identifier).order_by()
