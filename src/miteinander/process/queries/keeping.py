"""What has been kept long enough: access needs, and the names of guests."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from miteinander.core.models import Municipality
from miteinander.process.models import Attendance
from miteinander.ui.words import add_months

NEEDS_KEPT = timedelta(days=31)
"""So long after a meeting it is known what somebody needed: until all bills are paid."""


def needs_past(at: datetime) -> QuerySet[Attendance]:
    """Rows that still say what somebody needed at a meeting that lies a month back."""
    says = ~Q(needs=[]) | ~Q(needs_note="")
    return Attendance.objects.filter(says, meeting__happened_on__lt=localdate(at) - NEEDS_KEPT)


def guests_past(at: datetime) -> QuerySet[Attendance]:
    """Guests whose names have been kept as long as their municipality wants."""
    today = localdate(at)
    periods = Municipality.objects.order_by().values_list("guest_months", flat=True).distinct()
    past = Q(pk__in=[])
    for months in periods:
        past |= Q(
            meeting__municipality__guest_months=months,
            meeting__happened_on__lt=add_months(today, -months),
        )
    known = ~Q(name="") | ~Q(email="") | ~Q(function="") | ~Q(code_hash="")
    return Attendance.objects.filter(past, known, person=None, seat=None)


def attendances_of_person(person: int) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(person=person).select_related("meeting__municipality")
    return rows.order_by(F("meeting__happened_on").asc(nulls_last=True), "pk")
