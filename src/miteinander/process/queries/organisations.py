"""What meetings ask of an organisation: invitations without an answer, and open tasks."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from miteinander.community.models import Organisation
from miteinander.process.models import Attendance, Task
from miteinander.process.states import AttendanceState


def invitations_waiting(organisation: Organisation, day: date) -> QuerySet[Attendance]:
    """Invitations to meetings ahead that somebody of an organisation has not answered."""
    own = (
        Q(organisation=organisation)
        | Q(person__organisation=organisation)
        | Q(person__in=organisation.actors.values("pk"))
        | Q(seat__organisation=organisation)
    )
    return (
        Attendance.objects.filter(
            own,
            meeting__municipality=organisation.municipality_id,
            meeting__happened_on__gte=day,
            meeting__cancelled_on=None,
            invited_at__isnull=False,
            state=AttendanceState.SILENT,
        )
        .select_related("meeting")
        .order_by("meeting__happened_on", "pk")
    )


def tasks_of_organisation(organisation: Organisation) -> QuerySet[Task]:
    """Open tasks that an organisation took over, the oldest promise first."""
    return (
        Task.objects.filter(
            Q(owner_organisation=organisation) | Q(owner_function__iexact=organisation.title),
            meeting__municipality=organisation.municipality_id,
            done_on=None,
        )
        .select_related("meeting")
        .order_by("due", "pk")
    )
