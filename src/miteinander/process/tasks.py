"""What the worker does for meetings."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.core.forgetting import forgets
from miteinander.core.jobs import job
from miteinander.core.standing import Standing, system
from miteinander.process import actions
from miteinander.process.queries import deputies_to_call, meetings_to_remind, reminders_missing


@job(
    "process.remind",
    label=_("Remind of meetings"),
    every=timedelta(minutes=10),
    when=reminders_missing,
)
def remind() -> None:
    at = timezone.now()
    for meeting in meetings_to_remind(at):
        actions.remind(meeting, at=at)


def _a_deputy_is_to_be_called(at: datetime) -> bool:
    return bool(deputies_to_call(at))


@job(
    "process.call_deputies",
    label=_("Invite deputies"),
    every=timedelta(minutes=5),
    when=_a_deputy_is_to_be_called,
)
def call_deputies() -> None:
    at = timezone.now()
    for meeting, seat in deputies_to_call(at):
        actions.call_deputy(meeting, seat, by=system(meeting.municipality_id, at=at), at=at)


@forgets("process.planning")
def let_go(person: int, _by: Standing, _at: datetime) -> None:
    actions.forget_calendars_and_polls(person)
