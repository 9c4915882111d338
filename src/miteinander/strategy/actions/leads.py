"""One lead per measure, who has accepted it: asked, answered through a link or signed in.

A lead that asks for a change has neither accepted nor declined. Whoever drafts the measure
changes it, or explains why it stays, and asks again; the new link is a new question.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation
from miteinander.core.errors import Closed, Invalid, LinkForged, filled
from miteinander.core.events.read import recent_of
from miteinander.core.events.record import record
from miteinander.core.links import SignedLink, spend
from miteinander.core.standing import Standing
from miteinander.strategy import events, queries
from miteinander.strategy.actions.ground import locked, require_living, required
from miteinander.strategy.actions.measures import edit_measure
from miteinander.strategy.actions.wordings import remember
from miteinander.strategy.models import TERMS, Measure
from miteinander.strategy.rules import ACCEPT_LEAD
from miteinander.strategy.states import LeadState

TWICE = timedelta(minutes=10)
"""The same question within this time is a button pressed twice, not a reminder."""


@transaction.atomic
def ask_lead(
    measure: Measure,
    *,
    organisation: Organisation | None = None,
    note: str = "",
    by: Standing,
    at: datetime,
) -> Measure:
    """Ask an organisation (else the one on the sheet) to take the lead; notices mails the link.

    There is one lead. Where somebody has accepted, `note` says why another is asked, and both
    are remembered; where the one asked waits for a change, `note` answers it.
    """
    measure = locked(measure)
    require_living(measure)
    asked = organisation or measure.lead
    if asked is None:
        raise Invalid({"organisation": _("Please choose an organisation to ask.")})
    if asked.retired_on:
        raise Invalid({"organisation": filled(GONE, lead=asked.title)})
    before, is_same = measure.lead, asked.pk == measure.lead_id
    if measure.lead_state == LeadState.ACCEPTED and before is not None:
        if is_same:
            raise Closed(
                _("%(lead)s has accepted the lead already.") % {"lead": asked.title},
                where=measure.title,
            )
        if not note.strip():
            raise Invalid({"note": filled(TAKEN, lead=before.title)})
        released = {"lead": before.title, "organisation": before.pk, "reason": note.strip()}
        record(events.LEAD_RELEASED.name, measure, by=by, at=at, data=released)
    elif measure.lead_state == LeadState.WISHED and is_same:
        return _ask_again(measure, note=note, by=by, at=at)
    elif measure.lead_state == LeadState.ASKED and is_same and _was_just_asked(measure, at):
        return measure
    said, seen = queries.said(measure), measure.revision
    _put(measure, asked, note="")
    remember(measure, before=said, seen=seen, by=by, at=at)
    record(
        events.LEAD_ASKED.name,
        measure,
        by=by,
        at=at,
        data={"lead": asked.title, "organisation": asked.pk},
    )
    return measure


@transaction.atomic
def answer_wish(
    measure: Measure, *, note: str, takes_over: bool = False, by: Standing, at: datetime
) -> Measure:
    """Say what was changed, or why it stays, and ask the same organisation again.

    With `takes_over`, the words and figures that it asked for are written into the draft first.
    """
    measure = locked(measure)
    require_living(measure)
    if measure.lead is None or measure.lead_state != LeadState.WISHED:
        raise Closed(_("This question is not open any more."), where=measure.title)
    required(note=note)
    if takes_over and measure.lead_terms:
        edit_measure(
            measure,
            changes=queries.read_terms(measure.lead_terms),
            revision=measure.revision,
            by=by,
            at=at,
        )
        measure = locked(measure)
    return _ask_again(measure, note=note, by=by, at=at)


def _ask_again(measure: Measure, *, note: str, by: Standing, at: datetime) -> Measure:
    required(note=note)
    lead = measure.lead
    assert lead is not None, "asked for a change before"
    if lead.retired_on:
        raise Closed(filled(GONE, lead=lead.title), where=measure.title)
    _put(measure, lead, note=note.strip())
    data = {"lead": lead.title, "organisation": lead.pk, "note": note.strip()}
    record(events.LEAD_ASKED_AGAIN.name, measure, by=by, at=at, data=data)
    return measure


def _put(measure: Measure, asked: Organisation, *, note: str) -> None:
    measure.lead = asked
    measure.lead_state = LeadState.ASKED
    measure.lead_reason, measure.lead_terms, measure.lead_note = "", {}, note
    measure.lead_answered_on = None
    measure.revision += 1
    measure.save()


def _was_just_asked(measure: Measure, at: datetime) -> bool:
    kinds = (events.LEAD_ASKED.name, events.LEAD_ASKED_AGAIN.name)
    return any(
        event.data.get("organisation") == measure.lead_id
        for event in recent_of(measure, kinds, since=at - TWICE)
    )


@transaction.atomic
def accept_lead(
    measure: Measure, *, by: Standing, at: datetime, link: SignedLink | None = None
) -> Measure:
    """Take the lead, for the organisation asked. A link is used up in the same transaction."""
    return _answer(measure, LeadState.ACCEPTED, reason="", by=by, at=at, link=link)


@transaction.atomic
def decline_lead(
    measure: Measure, *, reason: str, by: Standing, at: datetime, link: SignedLink | None = None
) -> Measure:
    """Decline the lead, for the organisation asked, and say why."""
    required(reason=reason)
    return _answer(measure, LeadState.DECLINED, reason=reason, by=by, at=at, link=link)


@transaction.atomic
def wish_change(
    measure: Measure,
    *,
    reason: str,
    terms: Mapping[str, object] | None = None,
    by: Standing,
    at: datetime,
    link: SignedLink | None = None,
) -> Measure:
    """Ask for a change first, for the organisation asked: what, and what it would accept.

    `terms` are values of :data:`TERMS`; those that the sheet has already are left out.
    """
    required(reason=reason)
    wanted = dict(terms or {})
    assert wanted.keys() <= set(TERMS)
    starts = wanted.get("starts", measure.starts)
    ends = wanted.get("ends", measure.ends)
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        raise Invalid({"ends": _("A measure cannot end before it starts.")})
    different = {
        name: _plain(wanted[name])
        for name in TERMS
        if name in wanted and _lines(wanted[name]) != _lines(getattr(measure, name))
    }
    return _answer(
        measure, LeadState.WISHED, reason=reason, terms=different, by=by, at=at, link=link
    )


def _lines(value: object) -> object:
    """A browser ends lines in its own way; that is no wish."""
    return value.strip().splitlines() if isinstance(value, str) else value


def _plain(value: object) -> object:
    """As JSON can hold it, and `read_terms` reads it back."""
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def _answer(
    measure: Measure,
    answer: LeadState,
    *,
    reason: str,
    terms: Mapping[str, object] | None = None,
    by: Standing,
    at: datetime,
    link: SignedLink | None,
) -> Measure:
    measure = locked(measure)
    if link is not None:
        if (link.purpose, link.thing) != (ACCEPT_LEAD, measure.pk):
            raise LinkForged
        # Spending comes first: a replay must hear that the link is used up, not that the
        # question is closed. The transaction takes it back when anything below refuses.
        spend(link, at=at)
    if measure.lead is None or measure.lead_state != LeadState.ASKED:
        raise Closed(
            _("This question is not open any more."),
            where=measure.title,
            do=_("Please ask the coordination if you need to change something."),
        )
    if link is not None and link.function != measure.lead.title:
        raise Closed(
            _("Meanwhile another organisation has been asked to take the lead."),
            where=measure.title,
        )
    if measure.lead.retired_on:
        raise Closed(filled(GONE, lead=measure.lead.title), where=measure.title)
    measure.lead_state = answer
    measure.lead_reason = reason.strip()
    measure.lead_terms = dict(terms or {})
    measure.lead_answered_on = localdate(at)
    measure.revision += 1
    measure.save()
    data: dict[str, Any] = {"lead": measure.lead.title, "organisation": measure.lead.pk}
    if reason:
        data["reason"] = measure.lead_reason
    # Somebody may belong to two institutions: here they speak for the one that was asked.
    function = measure.lead.title
    record(ANSWERED[answer].name, measure, by=by.speaking_as(function), at=at, data=data)
    return measure


ANSWERED = {
    LeadState.ACCEPTED: events.LEAD_ACCEPTED,
    LeadState.DECLINED: events.LEAD_DECLINED,
    LeadState.WISHED: events.LEAD_WISHED,
}
GONE = _("%(lead)s does not exist any more. Please choose another organisation.")
TAKEN = _(
    "%(lead)s has accepted the lead, and there is only one. Please say why another organisation "
    "is to take it over; both are told."
)
