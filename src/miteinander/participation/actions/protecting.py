"""Protected mode: what the records tell of when somebody spoke is the day, and nothing finer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from miteinander.core.clock import moment
from miteinander.core.models import Thing

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Contribution


def told_at(call: Call | None, at: datetime) -> datetime:
    """The moment that may be written down: in protected mode the beginning of the day."""
    if call is None or not call.is_protected:
        return at
    return moment(localdate(at), time())


def told_of(contributions: Iterable[Contribution], at: datetime) -> datetime:
    """The same of several at once: one of them in protected mode is enough. Reads `call`."""
    calls = (row.call for row in contributions)
    return told_at(next((call for call in calls if call and call.is_protected), None), at)


def blur(contribution: Contribution, call: Call | None, at: datetime) -> None:
    """The shared row notes by itself when it was made: so it is told otherwise, at once."""
    if call is not None and call.is_protected:
        contribution.created = told_at(call, at)
        Thing.objects.filter(pk=contribution.pk).update(created=contribution.created)
