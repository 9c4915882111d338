"""What has been kept long enough: access needs, and the names of guests."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from miteinander.core.models import Municipality
from miteinander.process.models import Attendance

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
            meeting__happened_on__lt=months_before(today, months),
        )
    known = ~Q(name="") | ~Q(email="") | ~Q(function="") | ~Q(code_hash="")
    return Attendance.objects.filter(past, known, person=None, seat=None)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last day where it is shorter."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def attendances_of_person(person: int) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(person=person).select_related("meeting__municipality")
    return rows.order_by(F("meeting__happened_on").asc(nulls_last=True), "pk")
