"""What the worker does for notices."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.core.jobs import job
from miteinander.notices import agreed, handed, leads, mail, moved, promised, proposed


@job(
    "notices.write_mail",
    label=_("Write mail into the outbox"),
    every=timedelta(seconds=3),
    when=mail.are_missing,
)
def write_mail() -> None:
    mail.letters(at=timezone.now())


@job(
    "notices.tell_of_moves",
    label=_("Tell those concerned that a phase was moved"),
    every=timedelta(seconds=30),
    when=moved.are_missing,
)
def tell_of_moves() -> None:
    moved.letters(at=timezone.now())


@job(
    "notices.tell_of_leads",
    label=_("Tell the coordination and the working group what a lead has answered"),
    every=timedelta(seconds=30),
    when=leads.are_missing,
)
def tell_of_leads() -> None:
    leads.letters(at=timezone.now())


@job(
    "notices.tell_of_hand_overs",
    label=_("Tell those concerned what was handed in, given back or taken on"),
    every=timedelta(seconds=30),
    when=handed.are_missing,
)
def tell_of_hand_overs() -> None:
    handed.letters(at=timezone.now())


@job(
    "notices.tell_of_proposals",
    label=_("Tell groups of proposals, and authors of the answers"),
    every=timedelta(minutes=2),
    when=proposed.are_missing,
)
def tell_of_proposals() -> None:
    proposed.letters(at=timezone.now())


@job(
    "notices.tell_of_drafts",
    label=_("Tell the members of a body about draft minutes"),
    every=timedelta(seconds=30),
    when=agreed.drafts_wait,
)
def tell_of_drafts() -> None:
    agreed.drafts_to_tell(at=timezone.now())


@job(
    "notices.remind_of_tasks",
    label=_("Remind owners of tasks"),
    every=timedelta(minutes=10),
    when=agreed.tasks_wait,
)
def remind_of_tasks() -> None:
    agreed.tasks_to_tell(at=timezone.now())


@job(
    "notices.remind_of_answers",
    label=_("Remind the coordination of promised answers"),
    every=timedelta(minutes=10),
    when=promised.are_missing,
)
def remind_of_answers() -> None:
    promised.letters(at=timezone.now())
