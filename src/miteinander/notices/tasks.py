"""What the worker does for notices."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.core.jobs import job
from miteinander.notices import mail


@job(
    "notices.write_mail",
    label=_("Write mail into the outbox"),
    every=timedelta(seconds=3),
    when=mail.are_missing,
)
def write_mail() -> None:
    mail.letters(at=timezone.now())
