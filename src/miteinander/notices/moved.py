"""A phase was moved: everybody whom it concerns is told once, when it can be no slip any more.

One event is told to many, so the key of a mail names the event and the person. Nothing is told
of a move that was taken back within its time of grace; a move that was told and taken back
later is told again, as what it is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from miteinander.core import outbox
from miteinander.core.events import read
from miteinander.core.links import address_of
from miteinander.core.mailtexts import Letters, MailKind, Word, speaking
from miteinander.process import queries
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from miteinander.core.models import Event
    from miteinander.process.models import Process
    from miteinander.process.queries import Concerned

LOOK_BACK = timedelta(hours=48)
KINDS = ("phase.moved", "phase.move_undone")


def letters(*, at: datetime) -> int:
    """Write what is missing into the outbox; returns how many mails were added."""
    added = 0
    for event, process in _to_tell(at):
        missing = _missing(event, process, at)
        for each in missing:
            _write(event, process, each, at=at)
        added += len(missing)
    return added


def are_missing(at: datetime) -> bool:
    """Whether there is a letter to write; only reads."""
    return any(_missing(event, process, at) for event, process in _to_tell(at))


def _to_tell(at: datetime) -> list[tuple[Event, Process]]:
    """Moves whose grace is over, unless they were taken back in it; and what was taken back."""
    events = read.recent(KINDS, since=at - LOOK_BACK)
    silent = {e.data["move"] for e in events if e.kind == KINDS[1] and not e.data["told"]}
    silent |= _superseded([e for e in events if e.kind == KINDS[0] and e.pk not in silent])
    found = []
    for event in events:
        is_move = event.kind == KINDS[0]
        is_told = event.pk not in silent if is_move else event.data["told"]
        is_ripe = not is_move or at - event.at >= queries.GRACE
        if is_told and is_ripe and event.thing is not None:
            process = queries.process_of(event.thing)
            if process is not None:
                found.append((event, process))
    return found


def _superseded(moves: list[Event]) -> set[int]:
    """Moves after which the same process was moved again before anybody was told."""
    return {
        earlier.pk
        for number, earlier in enumerate(moves)
        for later in moves[number + 1 :]
        if later.thing_id == earlier.thing_id and later.at - earlier.at < queries.GRACE
    }


def _missing(event: Event, process: Process, at: datetime) -> list[Concerned]:
    concerned = [each for each in queries.concerned_by(process, at=at) if each.to]
    known = outbox.known(_key(event, each) for each in concerned)
    return [each for each in concerned if _key(event, each) not in known]


def _key(event: Event, whom: Concerned) -> str:
    return f"event:{event.pk}:{whom.key}"


_WORDS = {
    "municipality": Word(_("Municipality"), _("Town of Example")),
    "process": Word(_("Process"), _("Integration concept")),
    "phase": Word(_("Phase"), _("Working groups")),
    "plan": Word(_("Dates"), _("Working groups: March 2026 to July 2026")),
    "page": Word(_("Page of the process"), "https://miteinander.example/prozess/abc/"),
}
PHASE_MOVED = MailKind(
    "phase.moved",
    label=_("News that a phase was moved"),
    subject=_("New dates: %(process)s"),
    body=_(
        """Good day,

in the process “%(process)s” the phase “%(phase)s” has been moved.
These are the dates that hold now:

%(plan)s

Meetings keep their own dates; you would be told of a change separately. The whole plan:
%(page)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"plan"}),
)
PHASE_MOVED_BACK = MailKind(
    "phase.moved_back",
    label=_("News that a phase is back at its earlier dates"),
    subject=_("Earlier dates hold again: %(process)s"),
    body=_(
        """Good day,

in the process “%(process)s” the phase “%(phase)s” is back at its earlier
dates. These are the dates that hold now:

%(plan)s

The whole plan:
%(page)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"plan"}),
)


def _write(event: Event, process: Process, whom: Concerned, *, at: datetime) -> None:
    town = process.municipality
    letters = Letters(PHASE_MOVED if event.kind == KINDS[0] else PHASE_MOVED_BACK, town)
    language = letters.language_for(whom.language)
    with speaking(language):
        words = {
            "municipality": town.name,
            "process": process.title,
            "phase": event.data["phase"],
            "plan": "\n".join(f"- {line}" for line in _lines(process)),
            "page": address_of(town) + process.get_absolute_url(),
        }
    mail = letters.write(language, words)
    outbox.queue(
        key=_key(event, whom),
        to=whom.to,
        subject=mail.subject,
        body=mail.body,
        language=mail.language,
        municipality=town,
        at=at,
    )


def _lines(process: Process) -> list[str]:
    """The phases that are still open as they are now: a mail that comes late does not mislead."""
    return [
        f"{phase.title}: {_span(phase.starts, phase.ends, phase.precision)}"
        for phase in process.phases.all()
        if not phase.is_closed()
    ]


def _span(starts: date, ends: date | None, precision: str) -> str:
    first = written_day(starts, precision)
    if ends is None:
        return gettext("from %(first)s") % {"first": first}
    return gettext("%(first)s to %(last)s") % {"first": first, "last": written_day(ends, precision)}
