"""Calls that are about to close, and those that have just closed, in *Heute*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.participation.queries import calls_turning, figures_of
from miteinander.ui.shapes import Todo
from miteinander.workspace.call_course import countdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing


def calls_closing(town: Municipality, standing: Standing) -> Iterator[Todo]:
    """Two queries; none of the second where no call is near its end."""
    calls = calls_turning(town, standing.at)
    numbers = figures_of(calls) if calls else {}
    for call in calls:
        is_over = standing.at >= call.closes_at
        unread = numbers[call.pk].waiting
        if is_over and not unread:
            continue  # what has to be answered then is told by another line
        words = {"call": call.title, "when": countdown(call, standing.at)}
        title = _("“%(call)s” %(when)s") % words
        if unread:
            said = ngettext("%(n)s to be read", "%(n)s to be read", unread) % {"n": unread}
            title = f"{title}: {said}"
        yield Todo(
            title=title,
            text=call.process.title,
            url=reverse("workspace:call", args=[call.identifier]),
            action=_("See how it goes"),
            due=localdate(standing.at) if is_over else localdate(call.closes_at),
            is_example=call.is_example,
        )
