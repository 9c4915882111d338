"""The looks of a state: icon, word and colour, never one of them alone.

The stages have their own states (a measure, a contribution, a minute). Here is the small set
of looks they share, so that "done" looks the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Look:
    tone: str
    """The CSS name: done, running, risk, stuck, waiting, silent, info."""
    icon: str
    word: str | _StrPromise


LOOKS: dict[str, Look] = {
    "done": Look("done", "check", _("done")),
    "running": Look("running", "arrow-forward", _("running")),
    "on_time": Look("running", "arrow-forward", _("on time")),
    "ongoing": Look("done", "autorenew", _("ongoing task")),
    "at_risk": Look("risk", "warning", _("at risk")),
    "stuck": Look("stuck", "danger", _("stuck")),
    "not_started": Look("waiting", "calendar-today", _("not begun yet")),
    "waiting": Look("waiting", "calendar-today", _("waiting")),
    "deferred": Look("waiting", "keyboard-double-arrow-right", _("deferred")),
    "ended": Look("waiting", "close", _("ended")),
    "draft": Look("waiting", "edit", _("draft")),
    "submitted": Look("waiting", "checklist", _("handed in")),
    "open": Look("running", "arrow-forward", _("open")),
    "closed": Look("waiting", "check", _("closed")),
    "unknown": Look("silent", "question-mark", _("no report")),
    "silent": Look("silent", "question-mark", _("no report")),
    "info": Look("info", "info", _("note")),
}


def look_of(state: str) -> Look:
    """The look of a state; a state without a look is a mistake of the page, so it fails."""
    try:
        return LOOKS[str(state)]
    except KeyError:
        message = f"no look for the state {state!r}; known are {', '.join(LOOKS)}"
        raise ValueError(message) from None
