"""Who may agree, object, answer, freeze and adopt.

cast_voice            a seat of the steering group: its holder, the deputy only while the
                      holder is absent; while a phase permits review and the measure is
                      handed in
answer_objection      the coordination, while the objection waits
withdraw_objection    the seat that objected
carry_objection       the coordination, or the seat that objected
freeze_version, adopt_version   the coordination, while a phase permits it
keep_ballots          the coordination: prepare, put on an agenda, open, end early, record the
                      resolution
count_papers          the coordination, and who leads the body that votes on paper
cast_ballot           a seat of the body that is asked, its deputy as above, until the end
see_thing             everybody what is public; members the rest
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules

from miteinander.adoption.states import BallotState, ObjectionState, VersionState
from miteinander.community.rules import is_coordinator, is_member, is_public
from miteinander.community.states import BodyKind
from miteinander.strategy.rules import is_submitted, phase_permits

if TYPE_CHECKING:
    from miteinander.core.standing import SeatHeld, Standing


def speaking_seat(standing: Standing) -> SeatHeld | None:
    """Return the steering-group seat that somebody may speak for now, a holder's first."""
    held = [
        seat for seat in standing.seats if seat.speaks and seat.body_kind == BodyKind.STEERING_GROUP
    ]
    return min(held, key=lambda seat: (seat.as_deputy, seat.seat), default=None)


@rules.predicate
def speaks_in_steering_group(standing: Standing, thing: Any = None) -> bool:
    """Ask for a seat; all seats lie in the standing's municipality, so must the thing."""
    return speaking_seat(standing) is not None and (
        thing is None or thing.municipality_id == standing.municipality
    )


@rules.predicate
def speaks_for_objecting_seat(standing: Standing, objection: Any = None) -> bool:
    return objection is not None and any(
        seat.seat == objection.seat_id and seat.speaks for seat in standing.seats
    )


@rules.predicate
def waits_for_answer(standing: Standing, objection: Any = None) -> bool:
    return objection is not None and objection.state == ObjectionState.OPEN


@rules.predicate
def still_stands(standing: Standing, objection: Any = None) -> bool:
    return objection is not None and objection.state in (
        ObjectionState.OPEN,
        ObjectionState.ANSWERED,
    )


@rules.predicate
def is_frozen(standing: Standing, version: Any = None) -> bool:
    return version is not None and version.state == VersionState.FROZEN


@rules.predicate
def speaks_in_its_body(standing: Standing, ballot: Any = None) -> bool:
    """Which seats may vote is fixed when a ballot opens; the action looks there."""
    return ballot is not None and standing.speaks_for(ballot.body_id) is not None


@rules.predicate
def leads_its_body(standing: Standing, ballot: Any = None) -> bool:
    return ballot is not None and any(
        seat.body == ballot.body_id and seat.leads for seat in standing.seats
    )


@rules.predicate
def is_on_paper(standing: Standing, ballot: Any = None) -> bool:
    return ballot is not None and ballot.has_paper and ballot.state == BallotState.OPEN


@rules.predicate
def is_running(standing: Standing, ballot: Any = None) -> bool:
    return ballot is not None and ballot.is_running(standing.at)


@rules.predicate
def is_prepared(standing: Standing, ballot: Any = None) -> bool:
    return ballot is not None and ballot.state == BallotState.DRAFT


@rules.predicate
def is_counted(standing: Standing, ballot: Any = None) -> bool:
    return ballot is not None and ballot.state == BallotState.CLOSED


rules.add_perm("adoption.see_thing", is_public | is_member)
rules.add_perm("adoption.see_review", is_member)
rules.add_perm("adoption.speak", speaks_in_steering_group)
rules.add_perm(
    "adoption.cast_voice", speaks_in_steering_group & is_submitted & phase_permits("review")
)
rules.add_perm("adoption.answer_objection", is_coordinator & waits_for_answer)
rules.add_perm("adoption.withdraw_objection", speaks_for_objecting_seat & still_stands)
rules.add_perm(
    "adoption.carry_objection", (is_coordinator | speaks_for_objecting_seat) & still_stands
)
rules.add_perm("adoption.keep_versions", is_coordinator)
rules.add_perm("adoption.freeze_version", is_coordinator & phase_permits("adopt"))
rules.add_perm("adoption.adopt_version", is_coordinator & is_frozen & phase_permits("adopt"))
rules.add_perm("adoption.keep_ballots", is_coordinator)
rules.add_perm("adoption.prepare_ballot", is_coordinator & is_prepared)
rules.add_perm("adoption.place_ballot", is_coordinator & ~is_counted)
rules.add_perm("adoption.end_ballot", is_coordinator & is_running)
rules.add_perm("adoption.decide_ballot", is_coordinator & is_counted)
rules.add_perm("adoption.count_papers", (is_coordinator | leads_its_body) & is_on_paper)
rules.add_perm("adoption.speak_in_ballot", speaks_in_its_body)
rules.add_perm("adoption.cast_ballot", speaks_in_its_body & is_running)
