"""Remembering that somebody was reminded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from miteinander.participation.models import Call, PromiseReminder


def note_recalled(calls: Iterable[Call], *, day: date) -> None:
    """In the transaction that writes the mails, so that each promise is told once per stage."""
    PromiseReminder.objects.bulk_create(
        (
            PromiseReminder(
                call=call, answer_by=call.answer_by, is_late=call.answer_by < day, told_on=day
            )
            for call in calls
        ),
        ignore_conflicts=True,
    )
