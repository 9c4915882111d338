"""The outbox: mail is rows first, sent by the worker, idempotent, in the recipient's language."""

from __future__ import annotations

import logging
import re
import smtplib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Q, QuerySet

from miteinander.core.models import Mail, MailState, Municipality

log = logging.getLogger("miteinander.outbox")
ATTEMPTS = 5
KEPT = timedelta(days=90)
"""So long a sent mail can be looked up in the outbox."""
STUCK_AFTER = timedelta(minutes=10)
SECRET = "account:"  # noqa: S105 -- the beginning of a key, no password
"""Keys of mails that open a door begin with this; their text is nobody else's business."""


METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to be queued together with others: to whom, in which language, what."""

    key: str
    to: str
    subject: str
    body: str
    language: str = "de"
    calendar: str = ""


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
    calendar: str = "",
) -> Mail:
    """Write one mail into the outbox; a second call with the same key changes nothing."""
    owner = municipality.pk if isinstance(municipality, Municipality) else municipality
    mail, _made = Mail.objects.get_or_create(
        key=key,
        defaults={
            "municipality_id": owner,
            "to": to,
            "language": language,
            "subject": _one_line(subject),
            "body": body,
            "calendar": calendar,
            "queued_at": at,
            "not_before": not_before or at,
        },
    )
    return mail


def queue_all(letters: Iterable[Letter], *, municipality: Municipality | int, at: datetime) -> None:
    """Write many mails at once, in the caller's transaction; keys that are known change nothing."""
    owner = municipality.pk if isinstance(municipality, Municipality) else municipality
    Mail.objects.bulk_create(
        (
            Mail(
                municipality_id=owner,
                key=letter.key,
                to=letter.to,
                language=letter.language,
                subject=_one_line(letter.subject),
                body=letter.body,
                calendar=letter.calendar,
                queued_at=at,
                not_before=at,
            )
            for letter in letters
        ),
        ignore_conflicts=True,
    )


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:300]


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
    """Send what is due. A mail is claimed before it is sent, so two workers never send it twice.

    All go through one connection. Whatever lies between claiming a mail and noting that it was
    sent can be cut off by a power cut; the mail is then taken up again after `STUCK_AFTER`.
    """
    sent = failed = 0
    with _connected() as connection:
        for mail in due(at):
            claimed = Mail.objects.filter(pk=mail.pk, state=mail.state, not_before=mail.not_before)
            if not claimed.update(
                state=MailState.SENDING, attempts=F("attempts") + 1, not_before=at
            ):
                continue
            if _send(mail, connection, at=at):
                sent += 1
            else:
                failed += 1
    return Delivery(sent, failed, Mail.objects.filter(state=MailState.WAITING).count())


@contextmanager
def _connected() -> Iterator[Any]:
    """One connection for many mails: opened with the first, closed at the end or when it broke."""
    connection = get_connection()
    try:
        yield connection
    finally:
        connection.close()


def forget(addresses: Iterable[str], *, municipality: int) -> int:
    """Drop every mail to these addresses (erasure); how many. What waits is not sent any more."""
    return Mail.objects.filter(municipality=municipality, to__in=list(addresses)).delete()[0]


def sent_with(key: str) -> QuerySet[Mail]:
    """Mails that went out whose key begins so: for addresses that are kept no longer than that."""
    return Mail.objects.filter(state=MailState.SENT, key__startswith=key)


def sent_long_ago(at: datetime) -> QuerySet[Mail]:
    return Mail.objects.filter(state=MailState.SENT, sent_at__lt=at - KEPT)


def sweep(*, at: datetime) -> int:
    """Drop mails that were sent long ago; how many. The events say that they were written."""
    return sent_long_ago(at).delete()[0]


def _send(mail: Mail, connection: Any, *, at: datetime) -> bool:
    message = _message(mail)
    message.connection = connection
    try:
        connection.open()
        message.send()
    except (smtplib.SMTPException, OSError) as problem:
        connection.close()
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


def _message(mail: Mail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.to]
    )
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.extra_headers["Content-Language"] = mail.language
    # The same key gives the same Message-ID: should a mail go out twice after a crash between
    # sending and noting it, mail programs recognise the double.
    message.extra_headers["Message-ID"] = f"<{mail.pk}.{mail.queued_at:%Y%m%d%H%M%S}@miteinander>"
    if mail.calendar:
        method = METHOD.search(mail.calendar)
        kind = method[1] if method else "PUBLISH"
        # As an alternative, calendars take it by themselves; as a file, it can be opened by hand.
        message.attach_alternative(mail.calendar, f"text/calendar; method={kind}")
        message.attach("termin.ics", mail.calendar.encode(), "application/ics")
    return message
