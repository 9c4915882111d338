"""What the worker does for notices."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.core.jobs import job
from miteinander.notices import mail, moved


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
