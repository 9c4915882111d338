"""The outbox: mail is rows first, sent by the worker, idempotent, in the recipient's language."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet

from miteinander.core.models import Mail, MailState, Municipality

log = logging.getLogger("miteinander.outbox")
ATTEMPTS = 5
KEPT = timedelta(days=90)
"""So long a sent mail can be looked up in the outbox."""
STUCK_AFTER = timedelta(minutes=10)
SECRET = "account:"  # noqa: S105 -- the beginning of a key, no password
"""Keys of mails that open a door begin with this; their text is nobody else's business."""


@dataclass(frozen=True, slots=True)
class Delivery:
    sent: int
    failed: int
    waiting: int


def queue(
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    at: datetime,
    language: str = "de",
    municipality: Municipality | int | None = None,
    not_before: datetime | None = None,
) -> Mail:
    """Write one mail into the outbox; a second call with the same key changes nothing."""
    owner = municipality.pk if isinstance(municipality, Municipality) else municipality
    mail, _made = Mail.objects.get_or_create(
        key=key,
        defaults={
            "municipality_id": owner,
            "to": to,
            "language": language,
            "subject": " ".join(subject.split())[:300],
            "body": body,
            "queued_at": at,
            "not_before": not_before or at,
        },
    )
    return mail


def due(at: datetime) -> list[Mail]:
    """What would be sent now: the preview, and the dry run of the command line."""
    return list(_due(at).order_by("pk")[:200])


def is_due(at: datetime) -> bool:
    return _due(at).exists()


def _due(at: datetime) -> QuerySet[Mail]:
    stuck = Q(state=MailState.SENDING, not_before__lt=at - STUCK_AFTER)
    return Mail.objects.filter(Q(state=MailState.WAITING, not_before__lte=at) | stuck)


def known(keys: Iterable[str]) -> set[str]:
    """Which of these keys have a mail already: one query."""
    return set(Mail.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def mails_of(municipality: Municipality) -> QuerySet[Mail]:
    """Everything that was, is or will be sent for a municipality, the newest first.

    Sign-in codes are left out: whoever may look into the outbox must not be able to sign in
    as somebody else.
    """
    return (
        Mail.objects.filter(municipality=municipality)
        .exclude(key__startswith=SECRET)
        .order_by("-queued_at", "-pk")
    )


def deliver(*, at: datetime) -> Delivery:
    """Send what is due. A mail is claimed before it is sent, so two workers never send it twice."""
    sent = failed = 0
    for mail in due(at):
        claimed = Mail.objects.filter(pk=mail.pk, state=mail.state, not_before=mail.not_before)
        if not claimed.update(state=MailState.SENDING, attempts=F("attempts") + 1, not_before=at):
            continue
        if _send(mail, at=at):
            sent += 1
        else:
            failed += 1
    return Delivery(sent, failed, Mail.objects.filter(state=MailState.WAITING).count())


def forget(addresses: Iterable[str], *, municipality: int) -> int:
    """Drop every mail to these addresses (erasure); how many. What waits is not sent any more."""
    return Mail.objects.filter(municipality=municipality, to__in=list(addresses)).delete()[0]


def sent_long_ago(at: datetime) -> QuerySet[Mail]:
    return Mail.objects.filter(state=MailState.SENT, sent_at__lt=at - KEPT)


def sweep(*, at: datetime) -> int:
    """Drop mails that were sent long ago; how many. The events say that they were written."""
    return sent_long_ago(at).delete()[0]


def _send(mail: Mail, *, at: datetime) -> bool:
    message = EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.to])
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.extra_headers["Content-Language"] = mail.language
    # The same key gives the same Message-ID: should a mail go out twice after a crash between
    # sending and noting it, mail programs recognise the double.
    message.extra_headers["Message-ID"] = f"<{mail.pk}.{mail.queued_at:%Y%m%d%H%M%S}@miteinander>"
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as problem:
        attempts = mail.attempts + 1
        last = attempts >= ATTEMPTS
        Mail.objects.filter(pk=mail.pk).update(
            state=MailState.FAILED if last else MailState.WAITING,
            error=f"{type(problem).__name__}: {problem}"[:300],
            not_before=at + timedelta(minutes=2**attempts),
        )
        log.warning("mail not sent", extra={"mail": mail.pk, "attempts": attempts})
        return False
    Mail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=at, error="")
    return True
