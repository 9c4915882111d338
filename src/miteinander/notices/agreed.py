"""What meetings leave behind becomes mail: drafts to read, tasks that come near or are overdue.

Nothing here is sent; see :mod:`miteinander.notices.mail`. A body is told once for each day that
minutes are handed round with: the key of the mail is the event and the person. Tasks have no
event for "in a week": the task itself remembers that its owner was told, in the transaction that
writes the mail, so that it is told once also when the worker was off that day. One mail names
all tasks of somebody that are due, like a digest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.core import outbox
from miteinander.core.events import read
from miteinander.core.links import address_of
from miteinander.core.mailtexts import Letters, MailKind, Word, speaking
from miteinander.notices import once
from miteinander.process import queries
from miteinander.process.actions import note_reminded
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miteinander.community.models import Person
    from miteinander.core.models import Event, Municipality
    from miteinander.process.models import Minutes, Task

HANDED_ROUND = "minutes.handed_round"


# --- drafts to read ----------------------------------------------------------------------------


def drafts_to_tell(*, at: datetime) -> int:
    """Tell the members of a body about minutes that were handed round; how many mails."""
    added = 0
    for event, minutes, person in _untold(at):
        kind = (MINUTES_HANDED_ROUND, minutes.municipality)
        once.tell(event, person, kind, partial(_words, minutes, at), at=at)
        added += 1
    return added


def _words(minutes: Minutes, at: datetime) -> dict[str, str]:
    return {
        "municipality": minutes.municipality.name,
        "meeting": minutes.meeting.title,
        "day": written_day(minutes.corrections_until or localdate(at)),
        "link": _workspace(minutes.municipality, minutes),
    }


def drafts_wait(at: datetime) -> bool:
    """Whether somebody is to be told of a draft; only reads."""
    return next(_untold(at), None) is not None


def _untold(at: datetime) -> Iterator[tuple[Event, Minutes, Person]]:
    for event in read.recent([HANDED_ROUND], since=at - once.LOOK_BACK):
        minutes = queries.handed_round(event.thing_id or 0)
        if minutes is None or event.data["until"] != str(minutes.corrections_until):
            continue  # approved meanwhile, or handed round anew with another day
        people = queries.members_to_tell(
            event.municipality, minutes.meeting.body_id, day=localdate(at)
        )
        for person in once.untold(event, people):
            yield event, minutes, person


def _workspace(town: Municipality, minutes: Minutes) -> str:
    return address_of(town) + reverse("workspace:meeting", args=[minutes.meeting.identifier])


# --- tasks that come near or are overdue -------------------------------------------------------


@dataclass
class Digest:
    """All that one address is told at once."""

    town: Municipality
    language: str
    near: list[Task] = field(default_factory=list)
    late: list[Task] = field(default_factory=list)


def tasks_to_tell(*, at: datetime) -> int:
    """Remind owners a week before the day, and once it has passed; how many mails."""
    day = localdate(at)
    with transaction.atomic():
        tasks = list(queries.tasks_to_remind(day=day).select_for_update(of=("self",)))
        digests = _digests(tasks, day)
        for (town, address), digest in digests.items():
            _queue(digest, town, address, at=at)
        note_reminded(tasks, day=day)
    return len(digests)


def tasks_wait(at: datetime) -> bool:
    """Whether an owner is to be reminded; only reads."""
    return queries.tasks_to_remind(day=localdate(at)).exists()


def _digests(tasks: list[Task], day: date) -> dict[tuple[int, str], Digest]:
    digests: dict[tuple[int, str], Digest] = {}
    for task in tasks:
        town = task.meeting.municipality
        for recipient in queries.recipients_of(task, day=day):
            digest = digests.setdefault(
                (town.pk, recipient.address), Digest(town, recipient.language)
            )
            overdue = task.due is not None and task.due < day
            (digest.late if overdue else digest.near).append(task)
    return digests


def _queue(digest: Digest, town: int, address: str, *, at: datetime) -> None:
    letters = Letters(TASKS_DUE, digest.town)
    with speaking(letters.language_for(digest.language)):
        words = {
            "municipality": digest.town.name,
            "tasks": "\n".join(_line(task) for task in (*digest.late, *digest.near)),
            "link": address_of(digest.town) + reverse("workspace:tasks"),
        }
    letter = letters.write(digest.language, words)
    told = ",".join(f"{task.pk}:{task.due}" for task in (*digest.near, *digest.late))
    digits = hashlib.sha256(f"{address} {told} {localdate(at):%Y%m%d}".encode()).hexdigest()
    outbox.queue(
        key=f"tasks:{town}:{digits[:32]}",
        to=address,
        subject=letter.subject,
        body=letter.body,
        language=letter.language,
        municipality=digest.town,
        at=at,
    )


def _line(task: Task) -> str:
    """“– Raum suchen (bis Montag, …; vereinbart in: …)”."""
    assert task.due is not None, "only what has a day can be near or overdue"
    words = {"task": task.what, "day": written_day(task.due), "meeting": task.meeting.title}
    return _("- %(task)s (until %(day)s; agreed in: %(meeting)s)") % words


MINUTES_HANDED_ROUND = MailKind(
    "minutes.handed_round",
    label=gettext_lazy("Draft minutes to read"),
    subject=gettext_lazy("Draft minutes to read: %(meeting)s"),
    body=gettext_lazy(
        """Good day,

the minutes of this meeting have been written:

%(meeting)s

Please read the draft. If something is not right, propose a correction until %(day)s:
%(link)s

After that the minutes are approved and can no longer be changed.

%(municipality)s"""
    ),
    words={
        "municipality": Word(gettext_lazy("municipality"), "Musterstadt"),
        "meeting": Word(gettext_lazy("meeting"), gettext_lazy("Steering group: autumn meeting")),
        "day": Word(gettext_lazy("last day for corrections"), "14.12.2026"),
        "link": Word(gettext_lazy("link to the minutes"), "https://example.org/…"),
    },
    needed=frozenset({"link"}),
)
TASKS_DUE = MailKind(
    "task.due",
    label=gettext_lazy("Reminder of tasks"),
    subject=gettext_lazy("Agreed tasks: the day comes near or has passed"),
    body=gettext_lazy(
        """Good day,

this was agreed in meetings, and it is waiting for you or your organisation:

%(tasks)s

Done already, or later, or somebody else? Please say so here:
%(link)s

You are told a week before the day and once after it, not more often.

%(municipality)s"""
    ),
    words={
        "municipality": Word(gettext_lazy("municipality"), "Musterstadt"),
        "tasks": Word(
            gettext_lazy("the tasks"), gettext_lazy("- Find a room (until 14 December 2026)")
        ),
        "link": Word(gettext_lazy("link to the tasks"), "https://example.org/…"),
    },
    needed=frozenset({"tasks", "link"}),
)
