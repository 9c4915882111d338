"""Answers are owed: the coordination is told a week before the promised day, and once after it.

One mail names every call of the town. What was told is remembered in the transaction that writes
the mails, so that it is told once also when the worker was off that day.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy, ngettext

from miteinander.core.links import address_of
from miteinander.core.mailtexts import Letters, MailKind, Word
from miteinander.notices import once
from miteinander.participation import queries
from miteinander.participation.actions import note_recalled
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from miteinander.core.models import Municipality
    from miteinander.participation.models import Call
    from miteinander.participation.queries import Figures


def letters(*, at: datetime) -> int:
    """Write the mails that are due; how many."""
    day, count = localdate(at), 0
    with transaction.atomic():
        calls = list(queries.promises_to_recall(day=day).select_for_update(of=("self",)))
        numbers = queries.figures_of(calls) if calls else {}
        towns: dict[Municipality, list[Call]] = {}
        for call in calls:
            towns.setdefault(call.municipality, []).append(call)
        for town, owed in towns.items():
            count += _tell(town, owed, numbers, day=day, at=at)
        note_recalled(calls, day=day)
    return count


def are_missing(at: datetime) -> bool:
    """Whether somebody is to be reminded; only reads."""
    return queries.promises_to_recall(day=localdate(at)).exists()


def _tell(
    town: Municipality, calls: list[Call], numbers: dict[int, Figures], *, day: date, at: datetime
) -> int:
    kind = Letters(ANSWERS_DUE, town)
    told = ",".join(f"{call.pk}:{call.answer_by}:{call.answer_by < day}" for call in calls)
    people = queries.coordination_of(town)

    def words() -> dict[str, str]:
        return {
            "municipality": town.name,
            "calls": "\n".join(_line(call, numbers[call.pk], day) for call in calls),
            "link": address_of(town) + reverse("workspace:today"),
        }

    for person in people:
        digits = hashlib.sha256(f"{person.pk} {told}".encode()).hexdigest()
        key = f"answers:{town.pk}:{digits[:32]}"
        once.write(kind, town, person, words, key=key, at=at)
    return len(people)


def _line(call: Call, numbers: Figures, day: date) -> str:
    """“– Orte: 12 ohne Antwort, zugesagt bis Montag, …”."""
    owed = numbers.unanswered + numbers.waiting
    if call.answer_by < day:
        said = ngettext(
            "- %(call)s: %(count)d without an answer, promised by %(day)s. That day has passed.",
            "- %(call)s: %(count)d without an answer, promised by %(day)s. That day has passed.",
            owed,
        )
    else:
        said = ngettext(
            "- %(call)s: %(count)d without an answer, promised by %(day)s",
            "- %(call)s: %(count)d without an answer, promised by %(day)s",
            owed,
        )
    return said % {"call": call.title, "count": owed, "day": written_day(call.answer_by)}


ANSWERS_DUE = MailKind(
    "answers.due",
    label=gettext_lazy("Reminder of promised answers"),
    subject=gettext_lazy("Promised answers: the day comes near or has passed"),
    body=gettext_lazy(
        """Good day,

people still wait for an answer here:

%(calls)s

You can answer from your page Today:
%(link)s

You are told a week before the day and once after it, not more often.

%(municipality)s"""
    ),
    words={
        "municipality": Word(gettext_lazy("municipality"), "Musterstadt"),
        "calls": Word(
            gettext_lazy("the calls"),
            gettext_lazy("- Places to meet: 12 without an answer, promised by 14 December 2026"),
        ),
        "link": Word(gettext_lazy("link to the page Today"), "https://example.org/…"),
    },
    needed=frozenset({"calls", "link"}),
)
