"""Promised days that come near or have passed while somebody still waits."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from miteinander.community.models import Person
from miteinander.community.queries import reachable
from miteinander.core.models import Municipality
from miteinander.core.standing import Role
from miteinander.participation.models import Call, ContributionCount, PromiseReminder
from miteinander.participation.states import COUNTED, ContributionState

AHEAD = timedelta(days=7)
OWED = [str(state) for state in (ContributionState.SUBMITTED, *COUNTED)]


def promises_to_recall(*, day: date) -> QuerySet[Call]:
    """Calls whose promised day is near or has passed, of which nobody was reminded yet."""
    waiting = ContributionCount.objects.filter(
        scope=OuterRef("pk"), is_answered=False, state__in=OWED, count__gt=0
    )
    told = PromiseReminder.objects.filter(call=OuterRef("pk"), answer_by=OuterRef("answer_by"))
    found = Call.objects.filter(Exists(waiting), answer_by__lte=day + AHEAD)
    near = found.filter(~Exists(told), answer_by__gte=day)
    late = found.filter(~Exists(told.filter(is_late=True)), answer_by__lt=day)
    return (near | late).select_related("municipality").order_by("answer_by", "pk")


def coordination_of(municipality: Municipality) -> list[Person]:
    """Who coordinates here and may be written to: one query."""
    people = Person.objects.filter(
        municipality=municipality,
        user__memberships__municipality=F("municipality"),
        user__memberships__role=Role.COORDINATOR,
    )
    return list(reachable(people).select_related("user").distinct().order_by("pk"))
