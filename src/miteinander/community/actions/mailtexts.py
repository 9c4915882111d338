"""The town's own words for its mails, and back to ours."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from miteinander.core.events.record import record
from miteinander.core.mailtexts import MailKind, as_kept
from miteinander.core.models import MailText, Municipality
from miteinander.core.standing import Standing


@transaction.atomic
def write_mail_text(
    municipality: Municipality,
    kind: MailKind,
    language: str,
    *,
    subject: str,
    body: str,
    by: Standing,
    at: datetime,
) -> MailText:
    """Keep the town's own words, as they were typed; the same words twice change nothing."""
    subject, body = as_kept(kind, subject=subject, body=body)
    text, made = MailText.objects.select_for_update().get_or_create(
        municipality=municipality,
        mail=kind.name,
        language=language,
        defaults={"subject": subject, "body": body},
    )
    if not made and (text.subject, text.body) == (subject, body):
        return text
    text.subject, text.body = subject, body
    text.save(update_fields=["subject", "body"])
    _remember("mailtext.written", municipality, kind, language, by=by, at=at)
    return text


@transaction.atomic
def drop_mail_text(
    municipality: Municipality, kind: MailKind, language: str, *, by: Standing, at: datetime
) -> None:
    """Go back to the words that come with Miteinander."""
    own = MailText.objects.filter(municipality=municipality, mail=kind.name, language=language)
    if own.delete()[0]:
        _remember("mailtext.dropped", municipality, kind, language, by=by, at=at)


def _remember(
    event: str,
    municipality: Municipality,
    kind: MailKind,
    language: str,
    *,
    by: Standing,
    at: datetime,
) -> None:
    record(
        event,
        None,
        by=by,
        at=at,
        municipality=municipality.pk,
        data={"mail": str(kind.label), "language": settings.LANGUAGE_NAMES.get(language, language)},
    )
