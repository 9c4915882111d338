"""Who may do what with the concept.

    see_thing           everybody what is public; members the rest
    work_on_field       the coordination, and everybody with a seat in the field's working group
    draft               … while the concept is being drafted and a phase permits it
    edit_measure        … and the measure is a draft; submit_measure alike
    take_back_measure   … and the measure is handed in, by itself
    write_goal          … draft, and the goal or field does not lie with the review
    hand_in             … draft: a field, or goals and measures of it, for review
    take_back_hand_over the coordination and the working group, as long as nobody has begun
    review_hand_over    the coordination, and whoever speaks in a steering group
    shape_concept       the coordination: propose, keep, rename, merge and retire fields, renumber
    write_chapter       the coordination, while the edition is being drafted and a phase permits
                        any work on it, up to the adoption
    ask_lead            the coordination, for a measure that lives
    answer_wish         the coordination and the working group, while a lead waits for a change
    answer_as_lead      whoever came by the signed link, or belongs to the organisation asked
    retire_measure      the coordination

Rights that depend on a phase say so here, for buttons; the actions refuse again with a reason.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

import rules
from django.utils.timezone import localdate

from miteinander.community.rules import is_coordinator, is_member, is_public
from miteinander.community.states import BodyKind
from miteinander.strategy.states import (
    HAND_OVER_RIGHTS,
    HAND_OVER_ROADS,
    ConceptState,
    FieldState,
    HandOverState,
    LeadState,
    MeasureState,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.core.standing import Standing
    from miteinander.strategy.models import Concept

ACCEPT_LEAD = "accept-lead"
"""The purpose of the signed link by which a lead answers."""

ENOUGH_COSTS = 5
"""Fewer other costs say nothing about what is usual."""
FAR_ABOVE = 100
"""So many times the usual cost is asked back: a comma or a dot read wrongly makes 100 or 1,000."""
UNHEARD_OF = 10_000_000
"""Euros that a single measure of a municipality does not cost, whatever else is planned."""

WRITING = ("gather", "draft", "review", "adopt")
"""While a phase permits any of these, chapters are written."""


def _field_of(thing: Any) -> Any:
    """The field that a measure, a goal or a hand-over lies in; anything else is itself."""
    if thing.KIND == "measure":
        thing = thing.goal
    return thing.field if thing.KIND in ("goal", "hand_over") else thing


def concept_of(thing: Any) -> Concept | None:
    """Return the concept that something belongs to; follows relations, so select them."""
    if thing is None:
        return None
    thing = _field_of(thing)
    if thing.KIND in ("field", "cross_cutting_theme", "version"):
        thing = thing.concept
    return thing if thing.KIND == "concept" else None


def working_group_of(thing: Any) -> int | None:
    """Return the body that works on the field of something; follows relations."""
    if thing is None:
        return None
    thing = _field_of(thing)
    return thing.working_group_id if thing.KIND == "field" else None


def phase_permits(*what: str) -> Any:
    """Return a predicate: does a phase that runs today permit any of it? That is data."""

    @rules.predicate(f"phase_permits_{'_or_'.join(what)}")
    def permits(standing: Standing, thing: Any = None) -> bool:
        concept = concept_of(thing)
        if concept is None:
            return False
        running = concept.process.current_phases(localdate(standing.at))
        return any(name in phase.permits for phase in running for name in what)

    return permits


@rules.predicate
def works_on_field(standing: Standing, thing: Any = None) -> bool:
    group = working_group_of(thing)
    return group is not None and group in standing.bodies


@rules.predicate
def is_being_drafted(standing: Standing, thing: Any = None) -> bool:
    concept = concept_of(thing)
    return (
        concept is not None
        and concept.state == ConceptState.DRAFTING
        and getattr(thing, "state", "") not in (FieldState.RETIRED, MeasureState.RETIRED)
    )


@rules.predicate
def is_draft(standing: Standing, measure: Any = None) -> bool:
    return measure is not None and measure.state == MeasureState.DRAFT


@rules.predicate
def is_submitted(standing: Standing, measure: Any = None) -> bool:
    return measure is not None and measure.state == MeasureState.SUBMITTED


@rules.predicate
def is_in_own_hands(standing: Standing, thing: Any = None) -> bool:
    return thing is not None and thing.handed_in_id is None


@rules.predicate
def is_untouched(standing: Standing, hand_over: Any = None) -> bool:
    return hand_over is not None and hand_over.state == HandOverState.HANDED_IN


@rules.predicate
def can_be_answered(standing: Standing, hand_over: Any = None) -> bool:
    return hand_over is not None and any(
        HAND_OVER_RIGHTS[to] == "strategy.review_hand_over"
        for to in HAND_OVER_ROADS[hand_over.state]
    )


@rules.predicate
def speaks_in_steering_group(standing: Standing, thing: Any = None) -> bool:
    concept = concept_of(thing)
    return (
        concept is not None
        and concept.municipality_id == standing.municipality
        and any(s.speaks and s.body_kind == BodyKind.STEERING_GROUP for s in standing.seats)
    )


@rules.predicate
def is_living(standing: Standing, measure: Any = None) -> bool:
    return measure is not None and measure.state != MeasureState.RETIRED


@rules.predicate
def lead_was_asked(standing: Standing, measure: Any = None) -> bool:
    return measure is not None and measure.lead_state == LeadState.ASKED


@rules.predicate
def lead_wishes(standing: Standing, measure: Any = None) -> bool:
    return measure is not None and measure.lead_state == LeadState.WISHED


@rules.predicate
def came_by_link(standing: Standing, measure: Any = None) -> bool:
    return measure is not None and standing.holds_link(ACCEPT_LEAD, measure.pk)


@rules.predicate
def belongs_to_lead(standing: Standing, measure: Any = None) -> bool:
    return (
        measure is not None
        and measure.lead_id is not None
        and measure.lead_id in standing.organisations
    )


def is_unusual_cost(cost: int, others: Sequence[int]) -> bool:
    """Whether to ask back before a cost is kept; `others` are those of the same plan."""
    known = [other for other in others if other > 0]
    usual = median(known) if len(known) >= ENOUGH_COSTS else UNHEARD_OF / FAR_ABOVE
    return cost >= min(UNHEARD_OF, FAR_ABOVE * usual)


works = is_coordinator | works_on_field
drafts = works & is_being_drafted & phase_permits("draft")

rules.add_perm("strategy.see_thing", is_public | is_member)
rules.add_perm("strategy.see_board", is_member)
rules.add_perm("strategy.work_on_field", works)
rules.add_perm("strategy.draft", drafts)
rules.add_perm("strategy.edit_measure", drafts & is_draft)
rules.add_perm("strategy.submit_measure", drafts & is_draft)
rules.add_perm("strategy.take_back_measure", drafts & is_submitted & is_in_own_hands)
rules.add_perm("strategy.write_goal", drafts & is_in_own_hands)
rules.add_perm("strategy.hand_in", drafts)
rules.add_perm(
    "strategy.take_back_hand_over",
    works & is_being_drafted & phase_permits("draft", "review") & is_untouched,
)
rules.add_perm(
    "strategy.review_hand_over",
    (is_coordinator | speaks_in_steering_group)
    & is_being_drafted
    & phase_permits("draft", "review")
    & can_be_answered,
)
rules.add_perm("strategy.shape_concept", is_coordinator)
rules.add_perm(
    "strategy.write_chapter", is_coordinator & is_being_drafted & phase_permits(*WRITING)
)
rules.add_perm("strategy.ask_lead", is_coordinator & is_living)
rules.add_perm("strategy.answer_wish", works & is_living & lead_wishes)
rules.add_perm("strategy.answer_as_lead", lead_was_asked & (came_by_link | belongs_to_lead))
rules.add_perm("strategy.retire_measure", is_coordinator & is_living)
