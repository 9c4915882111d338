"""One lead per measure, who has accepted it: asked, answered through a link or signed in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation
from miteinander.core.errors import Closed, Invalid, LinkForged
from miteinander.core.events.record import record
from miteinander.core.links import SignedLink, spend
from miteinander.core.standing import Standing
from miteinander.strategy import events
from miteinander.strategy.actions.ground import locked, require_living, required
from miteinander.strategy.models import Measure
from miteinander.strategy.rules import ACCEPT_LEAD
from miteinander.strategy.states import LeadState


@transaction.atomic
def ask_lead(
    measure: Measure,
    *,
    organisation: Organisation | None = None,
    by: Standing,
    at: datetime,
) -> Measure:
    """Ask an organisation (else the one on the sheet) to take the lead; notices mails the link."""
    measure = locked(measure)
    require_living(measure)
    asked = organisation or measure.lead
    if asked is None:
        raise Invalid({"organisation": _("Please choose an organisation to ask.")})
    if asked.pk == measure.lead_id and measure.lead_state == LeadState.ACCEPTED:
        raise Closed(
            _("%(lead)s has accepted the lead already.") % {"lead": asked.title},
            where=measure.title,
        )
    measure.lead = asked
    measure.lead_state = LeadState.ASKED
    measure.lead_reason = ""
    measure.lead_answered_on = None
    measure.revision += 1
    measure.save()
    record(
        events.LEAD_ASKED.name,
        measure,
        by=by,
        at=at,
        data={"lead": asked.title, "organisation": asked.pk},
    )
    return measure


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


def _answer(
    measure: Measure,
    answer: LeadState,
    *,
    reason: str,
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
    measure.lead_state = answer
    measure.lead_reason = reason
    measure.lead_answered_on = localdate(at)
    measure.revision += 1
    measure.save()
    data = {"lead": measure.lead.title}
    kind = events.LEAD_ACCEPTED
    if answer == LeadState.DECLINED:
        kind, data = events.LEAD_DECLINED, {**data, "reason": reason}
    record(kind.name, measure, by=by, at=at, data=data)
    return measure
