"""Remembered events become mail: who is told what, once, in their language.

Nothing here is sent. A scheduled job looks at the events of the last hours again and again and
writes what is missing into the outbox. There is no cursor that could skip an event: on
PostgreSQL a transaction may commit after a later one has been seen. The key of a mail is the
event and its recipient, so looking twice writes once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.core import outbox
from miteinander.core.events import read
from miteinander.core.links import address_of
from miteinander.monitoring import queries as monitoring
from miteinander.strategy import queries as strategy
from miteinander.strategy.states import LeadState

if TYPE_CHECKING:
    from miteinander.core.models import Event
    from miteinander.strategy.models import Measure

LOOK_BACK = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to be written: to whom, in which language, what."""

    to: str
    language: str
    subject: str
    body: str


def letters(*, at: datetime) -> int:
    """Write what is missing into the outbox; returns how many mails were added."""
    added = 0
    for event in _unwritten(at):
        letter = WRITERS[event.kind](event, at)
        if letter is None:
            continue
        outbox.queue(
            key=_key(event),
            to=letter.to,
            subject=letter.subject,
            body=letter.body,
            language=letter.language,
            municipality=event.municipality,
            at=at,
        )
        added += 1
    return added


def are_missing(at: datetime) -> bool:
    """Whether there is a letter to write; only reads.

    What nobody will be told (no address, answered meanwhile) must not count: the worker would
    note a run every few seconds until the event is old.
    """
    return any(WRITERS[event.kind](event, at) is not None for event in _unwritten(at))


def _unwritten(at: datetime) -> list[Event]:
    events = read.recent(WRITERS, since=at - LOOK_BACK)
    known = outbox.known(_key(event) for event in events)
    return [event for event in events if _key(event) not in known]


def _key(event: Event) -> str:
    return f"event:{event.pk}:organisation:{event.data.get('organisation', '')}"


def _lead_asked(event: Event, at: datetime) -> Letter | None:
    """Ask for the lead, unless it was answered meanwhile or somebody else was asked."""
    measure = _measure_of(event)
    if measure is None or measure.lead_state != LeadState.ASKED:
        return None
    with override(_language(measure)):
        return _to_lead(
            measure,
            subject=_("Will you take the lead for “%(measure)s”?"),
            template="notices/lead_asked.txt",
            path=strategy.accept_link(measure, at=at).path,
        )


def _report_requested(event: Event, at: datetime) -> Letter | None:
    """Ask how a measure stands, unless a report has come in meanwhile."""
    measure = _measure_of(event)
    if measure is None or monitoring.reports_of(measure).filter(reported_at__gt=event.at).exists():
        return None
    with override(_language(measure)):
        return _to_lead(
            measure,
            subject=_("How does “%(measure)s” stand?"),
            template="notices/report_requested.txt",
            path=monitoring.report_link(measure, at=at).path,
        )


WRITERS: dict[str, Callable[[Event, datetime], Letter | None]] = {
    "measure.lead_asked": _lead_asked,
    "report.requested": _report_requested,
}
"""Which kinds of event are told to somebody, and how. All others are read on the pages."""


def _measure_of(event: Event) -> Measure | None:
    """Return the event's measure if its lead is still the one that was asked and has an address."""
    if event.thing_id is None:
        return None
    measure = monitoring.measure_of_link(event.municipality, event.thing_id)
    if measure is None or measure.lead is None or not measure.lead.email:
        return None
    return measure if measure.lead.pk == event.data.get("organisation") else None


def _language(measure: Measure) -> str:
    assert measure.lead is not None, "checked by _measure_of"
    known = dict(settings.LANGUAGES)
    return measure.lead.language if measure.lead.language in known else settings.LANGUAGE_CODE


def _to_lead(measure: Measure, *, subject: str, template: str, path: str) -> Letter:
    assert measure.lead is not None, "checked by _measure_of"
    body = render_to_string(
        template,
        {
            "measure": measure,
            "lead": measure.lead,
            "town": measure.municipality,
            "link": address_of(measure.municipality) + path,
            "page": address_of(measure.municipality) + measure.get_absolute_url(),
            "days": settings.SIGNED_LINK_DAYS,
        },
    )
    return Letter(
        to=measure.lead.email,
        language=_language(measure),
        subject=subject % {"measure": measure.title},
        body=body.strip() + "\n",
    )
