"""Remembered events become mail: who is told what, once, in their language.

Nothing here is sent. A scheduled job looks at the events of the last hours again and again and
writes what is missing into the outbox. There is no cursor that could skip an event: on
PostgreSQL a transaction may commit after a later one has been seen. The key of a mail is the
event and its recipient, so looking twice writes once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from miteinander.core import outbox
from miteinander.core.events import read
from miteinander.core.links import address_of
from miteinander.core.mailtexts import Letters, MailKind, Word, speaking
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
    kind, more = LEAD_ASKED, {}
    if "note" in event.data:
        kind, more = LEAD_ASKED_AGAIN, {"note": event.data["note"]}
    return _to_lead(kind, measure, lambda: strategy.accept_link(measure, at=at).path, more)


def _lead_released(event: Event, at: datetime) -> Letter | None:
    """Tell an organisation that had accepted a lead that another one is asked now, and why."""
    del at
    measure = strategy.measure_to_tell(event.thing_id or 0)
    before = strategy.organisation_to_tell(event.municipality, event.data["organisation"])
    if measure is None or before is None or not before.email:
        return None
    town = measure.municipality
    letters = Letters(LEAD_RELEASED, town)
    language = letters.language_for(before.language)
    with speaking(language):
        words = {
            "lead": before.title,
            "municipality": town.name,
            "measure": f"{measure.number} {measure.title}".strip(),
            "reason": event.data["reason"],
            "page": address_of(town) + measure.get_absolute_url(),
        }
    letter = letters.write(language, words)
    return Letter(before.email, letter.language, letter.subject, letter.body)


def _report_requested(event: Event, at: datetime) -> Letter | None:
    """Ask how a measure stands, unless a report has come in meanwhile."""
    measure = _measure_of(event)
    if measure is None or monitoring.reports_of(measure).filter(reported_at__gt=event.at).exists():
        return None
    return _to_lead(REPORT_REQUESTED, measure, lambda: monitoring.report_link(measure, at=at).path)


_WORDS = {
    "lead": Word(_("Organisation"), _("Example adult education centre")),
    "municipality": Word(_("Municipality"), _("Town of Example")),
    "measure": Word(_("Measure"), _("2.4 Language courses with child care")),
    "page": Word(_("Page of the measure"), "https://miteinander.example/massnahmen/abc/"),
    "link": Word(_("Link to answer"), "https://miteinander.example/link/abc/"),
    "time": Word(_("How long the link works"), _("30 days")),
}
LEAD_ASKED = MailKind(
    "measure.lead_asked",
    label=_("Question whether an organisation takes a lead"),
    subject=_("Will you take the lead for “%(measure)s”?"),
    body=_(
        """To: %(lead)s

%(municipality)s is asking you to take the lead for a measure of the integration concept:

%(measure)s
%(page)s

Please accept or decline here. You need no account:
%(link)s

The link works once, within %(time)s."""
    ),
    words=_WORDS,
    needed=frozenset({"link"}),
)
LEAD_ASKED_AGAIN = MailKind(
    "measure.lead_asked_again",
    label=_("Answer to the wish of an organisation, and the question again"),
    subject=_("Your wish for “%(measure)s”: will you take the lead?"),
    body=_(
        """To: %(lead)s

You asked for a change before you take the lead for a measure of the integration concept:

%(measure)s
%(page)s

This is the answer:
%(note)s

Please read the measure again and accept or decline here. You need no account:
%(link)s

The link works once, within %(time)s.

%(municipality)s"""
    ),
    words={
        **_WORDS,
        "note": Word(_("Answer to the wish"), _("We have put the start off by a year.")),
    },
    needed=frozenset({"link", "note"}),
)
LEAD_RELEASED = MailKind(
    "measure.lead_released",
    label=_("News that another organisation is asked for a lead"),
    subject=_("Another organisation is asked to lead “%(measure)s”"),
    body=_(
        """To: %(lead)s

You had accepted the lead for a measure of the integration concept. Another organisation has
been asked to take it over:

%(measure)s
%(page)s

This is the reason:
%(reason)s

If this surprises you, please write to us.

%(municipality)s"""
    ),
    words={
        **{name: _WORDS[name] for name in ("lead", "municipality", "measure", "page")},
        "reason": Word(_("Reason"), _("Both organisations have agreed on it.")),
    },
    needed=frozenset({"reason"}),
)
REPORT_REQUESTED = MailKind(
    "report.requested",
    label=_("Request for a status report"),
    subject=_("How does “%(measure)s” stand?"),
    body=_(
        """To: %(lead)s

You have the lead for a measure of the integration concept of %(municipality)s:

%(measure)s
%(page)s

Please tell in two or three sentences how it stands. That takes three minutes, and you need
no account:
%(link)s

The link works once, within %(time)s. What you write is public at once.
As long as nobody reports, the page shows “no report”."""
    ),
    words=_WORDS,
    needed=frozenset({"link"}),
)
WRITERS: dict[str, Callable[[Event, datetime], Letter | None]] = {
    "measure.lead_asked": _lead_asked,
    "measure.lead_asked_again": _lead_asked,
    "measure.lead_released": _lead_released,
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


def _to_lead(
    kind: MailKind,
    measure: Measure,
    path: Callable[[], str],
    more: Mapping[str, str] | None = None,
) -> Letter:
    lead, town = measure.lead, measure.municipality
    assert lead is not None, "checked by _measure_of"
    letters = Letters(kind, town)
    language = letters.language_for(lead.language)
    # Addresses are in a language that has pages, even where the words are in another.
    with speaking(language):
        host, days = address_of(town), settings.SIGNED_LINK_DAYS
        words = {
            "lead": lead.title,
            "municipality": town.name,
            "measure": f"{measure.number} {measure.title}".strip(),
            "page": host + measure.get_absolute_url(),
            "link": host + path(),
            "time": ngettext("%(days)d day", "%(days)d days", days) % {"days": days},
            **(more or {}),
        }
    letter = letters.write(language, words)
    return Letter(to=lead.email, language=letter.language, subject=letter.subject, body=letter.body)
