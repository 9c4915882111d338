"""Who takes the lead: in words, what a lead asks for, and whose answer is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from miteinander.community.models import Organisation
from miteinander.core.models import Municipality
from miteinander.core.standing import Standing
from miteinander.strategy.models import TERMS, Measure
from miteinander.strategy.queries.measures import measures_waiting_for_lead
from miteinander.strategy.states import LeadState
from miteinander.ui.words import written_day, written_money, written_number


def lead_words(measure: Measure) -> str:
    """Name the lead, and say so when it has not accepted; empty where nobody is named."""
    lead = measure.lead
    if lead is None:
        return ""
    if lead.retired_on:
        return _("%(lead)s (does not exist any more)") % {"lead": lead.title}
    words = {
        LeadState.NONE: _("%(lead)s (has not been asked)"),
        LeadState.ASKED: _("%(lead)s (has not accepted yet)"),
        LeadState.WISHED: _("%(lead)s (asks for a change)"),
        LeadState.DECLINED: _("%(lead)s (has declined)"),
    }
    wording = words.get(LeadState(measure.lead_state))
    return wording % {"lead": lead.title} if wording else lead.title


def is_settled(measure: Measure) -> bool:
    """Whether somebody who exists has accepted the lead."""
    lead = measure.lead
    return lead is not None and not lead.retired_on and measure.lead_state == LeadState.ACCEPTED


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a lead wants to be written differently: what stands there, what it wants."""

    name: str
    label: str
    now: str
    wanted: str


def terms_of(measure: Measure) -> list[Term]:
    """What the lead would accept, beside what stands on the sheet now; no query."""
    wanted = read_terms(measure.lead_terms)
    return [
        Term(
            name,
            capfirst(str(Measure._meta.get_field(name).verbose_name)),  # type: ignore[union-attr]  # TERMS are columns
            _written(name, getattr(measure, name)),
            _written(name, value),
        )
        for name, value in wanted.items()
    ]


def read_terms(kept: Mapping[str, Any]) -> dict[str, object]:
    """Values as the sheet has them, from what is kept as JSON."""
    read: dict[str, object] = {}
    for name in TERMS:
        if name not in kept:
            continue
        value = kept[name]
        if value is not None and name in ("starts", "ends"):
            value = date.fromisoformat(value)
        elif value is not None and name == "staff_need":
            value = Decimal(value)
        read[name] = value
    return read


def _written(name: str, value: Any) -> str:
    if value is None or value == "":
        return _("not stated")
    if name in ("starts", "ends"):
        return str(written_day(value))
    if name in ("cost_once", "cost_yearly"):
        return str(written_money(value))
    return str(written_number(value)) if name == "staff_need" else str(value)


def leads_to_answer(municipality: Municipality, standing: Standing) -> QuerySet[Measure]:
    """Measures whose lead waits for this person: asked of their organisation, or a wish to answer.

    A wish is answered by the coordination and by the working group of the field (*Heute*).
    """
    wished = Q(lead_state=LeadState.WISHED)
    if not standing.is_coordinator:
        wished &= Q(goal__field__working_group__in=standing.bodies)
    asked = Q(lead_state=LeadState.ASKED, lead__in=standing.organisations)
    return measures_waiting_for_lead(municipality).filter(asked | wished)


def organisation_to_tell(municipality: Municipality, pk: int) -> Organisation | None:
    """An organisation that a mail goes to; for notices."""
    return Organisation.objects.filter(municipality=municipality, pk=pk).first()


def measure_to_tell(pk: int) -> Measure | None:
    """A measure of which somebody is told by mail, with its lead, field and town; for notices."""
    rows = Measure.objects.filter(pk=pk)
    return rows.select_related("lead", "municipality", "goal__field__concept").first()
