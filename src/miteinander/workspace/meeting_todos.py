"""What meetings ask for: answers, dates, minutes to correct and to approve, tasks, overdue ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.process import queries
from miteinander.process.states import MinutesState
from miteinander.ui.shapes import Todo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing
    from miteinander.process.models import Minutes

MOST = 30
"""So many are named one by one; *Heute* is a page, not a register."""
INVITE_AHEAD = timedelta(days=21)
"""So long before a meeting *Heute* says that nobody has been invited."""


def asked(town: Municipality, standing: Standing, today: date) -> Iterator[Todo]:
    """Invitations and date polls without an answer of one's own: two queries, then two more."""
    for row in queries.invitations_to_answer(town, standing)[:MOST]:
        yield Todo(
            title=_("Will you come? %(meeting)s") % {"meeting": row.meeting.title},
            text=queries.when_of(row.meeting),
            url=reverse("workspace:meeting", args=[row.meeting.identifier]),
            action=_("Answer"),
            due=row.meeting.happened_on,
            is_example=row.meeting.is_example,
        )
    for voice in queries.polls_waiting(town, standing)[:MOST]:
        yield Todo(
            title=_("When can you? %(poll)s") % {"poll": voice.poll.title},
            text=voice.poll.body.title,
            url=reverse("workspace:poll", args=[voice.poll.pk]),
            action=_("Answer"),
            due=voice.poll.closes_on,
            is_example=voice.poll.is_example,
        )
    if standing.is_coordinator:
        yield from _to_plan(town, today)


def _to_plan(town: Municipality, today: date) -> Iterator[Todo]:
    for poll in queries.polls_to_decide(town, day=today)[:MOST]:
        yield Todo(
            title=_("Choose the date: %(poll)s") % {"poll": poll.title},
            text=poll.body.title,
            url=reverse("workspace:poll", args=[poll.pk]),
            action=_("Choose"),
            due=poll.closes_on,
            is_late=poll.closes_on < today,
            is_example=poll.is_example,
        )
    for meeting in queries.meetings_uninvited(town, day=today, until=today + INVITE_AHEAD)[:MOST]:
        yield Todo(
            title=_("Nobody has been invited yet: %(meeting)s") % {"meeting": meeting.title},
            text=queries.when_of(meeting),
            url=reverse("workspace:invitations", args=[meeting.identifier]),
            action=_("Invite"),
            due=meeting.happened_on,
            is_example=meeting.is_example,
        )


def agreed_and_minuted(town: Municipality, standing: Standing, today: date) -> Iterator[Todo]:
    """Four queries, however much waits."""
    for minutes in queries.minutes_to_approve(town, standing)[:MOST]:
        if todo := _of_minutes(minutes, today):
            yield todo
    for minutes in queries.minutes_to_correct(town, standing, day=today)[:MOST]:
        yield Todo(
            title=_("Read the draft minutes: %(meeting)s") % {"meeting": minutes.meeting.title},
            text=_("Propose corrections if something is not right."),
            url=_address(minutes),
            action=_("Read"),
            due=minutes.corrections_until,
            is_example=minutes.is_example,
        )
    for task in queries.own_tasks_for(town, standing)[:MOST]:
        yield Todo(
            title=task.what,
            text=f"{task.owner_function} · {task.meeting.title}",
            url=reverse("workspace:tasks"),
            action=_("Open"),
            due=task.due,
            is_late=task.due is not None and task.due < today,
            is_example=task.is_example,
        )
    if standing.is_coordinator:
        yield from _overdue(town, standing, today)


def _of_minutes(minutes: Minutes, today: date) -> Todo | None:
    """The one next step: hand round, answer corrections, or approve once the time is over."""
    words = {"meeting": minutes.meeting.title}
    waiting: int = getattr(minutes, "open_corrections", 0)
    if waiting:
        title = ngettext(
            "%(count)d correction to answer: %(meeting)s",
            "%(count)d corrections to answer: %(meeting)s",
            waiting,
        ) % {"count": waiting, **words}
        action = _("Answer")
    elif minutes.state == MinutesState.DRAFT:
        title = _("Hand round or approve the minutes: %(meeting)s") % words
        action = _("Check the minutes")
    elif minutes.corrections_until is not None and minutes.corrections_until < today:
        title = _("Approve the minutes: %(meeting)s") % words
        action = _("Check the minutes")
    else:
        return None  # the body is reading them
    return Todo(
        title=title,
        url=_address(minutes),
        action=action,
        waiting_since=minutes.meeting.happened_on,
        is_example=minutes.is_example,
    )


def _overdue(town: Municipality, standing: Standing, today: date) -> Iterator[Todo]:
    if late := queries.overdue_tasks_for(town, standing, day=today).count():
        yield Todo(
            title=ngettext("%(count)d task is overdue", "%(count)d tasks are overdue", late)
            % {"count": late},
            url=reverse("workspace:tasks") + "?show=late",
            action=_("See who has them"),
            due=today,
            is_late=True,
        )


def _address(minutes: Minutes) -> str:
    return reverse("workspace:meeting", args=[minutes.meeting.identifier])
