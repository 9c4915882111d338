"""Scheduled work of the ground."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.core import outbox, proof
from miteinander.core.jobs import job


@job("core.deliver_mail", label=_("Send mail"), every=timedelta(seconds=2), when=outbox.is_due)
def deliver_mail() -> None:
    outbox.deliver(at=timezone.now())


def _something_lies_about(at: datetime) -> bool:
    ended = Session.objects.filter(expire_date__lt=at)
    return outbox.sent_long_ago(at).exists() or ended.exists()


@job("core.sweep", label=_("Tidy up"), every=timedelta(days=1), when=_something_lies_about)
def sweep() -> None:
    """Let go of what nobody needs any more: mails sent long ago, sessions that have ended."""
    outbox.sweep(at=timezone.now())
    call_command("clearsessions")


@job("core.calm_down", label=_("Tidy up"), every=timedelta(minutes=5), when=proof.is_over)
def calm_down() -> None:
    """Forget how many forms came in when, and forms that cannot be sent again."""
    proof.sweep(at=timezone.now())
