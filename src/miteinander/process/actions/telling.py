"""Telling people what became of a meeting: moved, cancelled, soon.

Everything goes into the outbox in the caller's transaction: either the change and all its mails
are there, or neither. Each key is written once, so looking twice tells nobody twice.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from miteinander.core import outbox
from miteinander.process.queries.dates import is_over
from miteinander.process.queries.inviting import attendances_of, recipients
from miteinander.process.queries.mailing import CANCELLED, MOVED, Mailing
from miteinander.process.states import AttendanceState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miteinander.core.mailtexts import MailKind
    from miteinander.process.models import Attendance, Meeting

TOLD = ("happened_on", "starts_at", "ends_at", "place", "link")
ASKED_AGAIN = ("happened_on", "starts_at")


def write_to(kind: MailKind, meeting: Meeting, rows: Iterable[Attendance], *, at: datetime) -> int:
    """Queue one letter for each of these rows that may be written to; how many."""
    letters = list(Mailing(kind, meeting, at=at).to_all(recipients(rows)))
    outbox.queue_all(letters, municipality=meeting.municipality_id, at=at)
    return len(letters)


def tell_moved(meeting: Meeting, *, before: Meeting, at: datetime) -> int:
    """Tell everybody who knows of a meeting that day, time or place are others; how many.

    With a new day or time, whoever was invited is asked again. Where places are limited, whoever
    has one keeps it until they give it back: nobody loses a place by a day that others chose.
    What is over is told to nobody.
    """
    changed = [name for name in TOLD if getattr(before, name) != getattr(meeting, name)]
    if not changed or is_over(meeting, at):
        return 0
    told = write_to(MOVED, meeting, _who_know(meeting), at=at)
    if set(changed) & set(ASKED_AGAIN):
        answers = [AttendanceState.DECLINED]
        if meeting.capacity is None:
            answers.append(AttendanceState.COMING)
        asked = meeting.attendances.filter(invited_at__isnull=False, state__in=answers)
        asked.update(state=AttendanceState.SILENT, answered_at=None)
    return told


def tell_cancelled(meeting: Meeting, *, at: datetime) -> int:
    """Tell everybody who knows of a meeting that it does not take place; how many."""
    return write_to(CANCELLED, meeting, _who_know(meeting), at=at)


def _who_know(meeting: Meeting) -> Iterable[Attendance]:
    """Whoever was invited, or has registered by themselves."""
    registered = [AttendanceState.COMING, AttendanceState.WAITING]
    return attendances_of(meeting).filter(Q(invited_at__isnull=False) | Q(state__in=registered))
