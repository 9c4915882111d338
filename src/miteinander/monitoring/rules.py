"""Who may say how a measure stands, and who may ask."""

from __future__ import annotations

import rules
from django.utils.timezone import localdate

from miteinander.community.rules import is_coordinator, is_member, is_public
from miteinander.core.standing import Standing
from miteinander.process.states import Permit
from miteinander.strategy.models import Measure
from miteinander.strategy.states import MeasureState

REPORT_LINK = "report-status"
"""The purpose of the signed link by which a lead reports without an account."""


@rules.predicate
def leads_the_measure(standing: Standing, measure: Measure | None = None) -> bool:
    """People of the lead organisation, as long as it has not declined."""
    return (
        measure is not None
        and standing.is_member
        and measure.municipality_id == standing.municipality
        and measure.lead_id is not None
        and measure.lead_id in standing.organisations
    )


@rules.predicate
def holds_the_report_link(standing: Standing, measure: Measure | None = None) -> bool:
    return (
        measure is not None
        and measure.municipality_id == standing.municipality
        and standing.holds_link(REPORT_LINK, measure.pk)
    )


@rules.predicate
def reporting_is_open(standing: Standing, measure: Measure | None = None) -> bool:
    """Adopted, and a phase of its process permits reports today; reads the phases, once."""
    if measure is None or measure.state != MeasureState.ADOPTED:
        return False
    return measure.goal.field.concept.process.permits(Permit.REPORT, localdate(standing.at))


speaks_for_the_measure = leads_the_measure | holds_the_report_link | is_coordinator

# Who may report at all (403), whether it is possible today (422), and both (the button).
rules.add_perm("monitoring.speak_for", speaks_for_the_measure)
rules.add_perm("monitoring.report_now", reporting_is_open)
rules.add_perm("monitoring.report", speaks_for_the_measure & reporting_is_open)
rules.add_perm("monitoring.ask_for_reports", is_coordinator)
rules.add_perm("monitoring.see_report", is_public | is_member)
rules.add_perm("monitoring.see_background", is_coordinator)
