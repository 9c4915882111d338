"""Who may do what with calls, contributions and answers.

What a phase permits is data and is asked by the actions; here is only who somebody is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from miteinander.community.rules import is_coordinator
from miteinander.core.models import Thing
from miteinander.core.standing import Standing
from miteinander.participation.states import Audience, CallMethod, ContributionState
from miteinander.process.rules import leads_body

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Contribution, Statement


@rules.predicate
def is_open_to_all(standing: Standing, thing: Thing | None = None) -> bool:
    """Published here: what another municipality publishes is read at its own address."""
    return thing is not None and thing.is_public and thing.municipality_id == standing.municipality


@rules.predicate
def is_put_to(standing: Standing, call: Call | None = None) -> bool:
    """The call is not for everybody, but for this person: as a member, by a seat, with its code."""
    if call is None or call.municipality_id != standing.municipality:
        return False
    match call.audience:
        case Audience.MEMBERS:
            return standing.is_member
        case Audience.BODY:
            return call.body_id in standing.bodies
        case Audience.CODE:
            return call.access_code in standing.codes
    return False


@rules.predicate
def is_said_among_them(standing: Standing, contribution: Contribution | None = None) -> bool:
    """Published in a call that is put to this person; reads `call` (select it)."""
    return (
        contribution is not None
        and contribution.state == ContributionState.PUBLISHED
        and bool(is_put_to(standing, contribution.call))
    )


@rules.predicate
def holds_round(standing: Standing, call: Call | None = None) -> bool:
    """Leads the body that the call is put to, or the one in whose meeting it takes questions.

    Reads `question_time__meeting` (select it).
    """
    if call is None or call.municipality_id != standing.municipality:
        return False
    if call.method != CallMethod.LIVE:
        return False
    taken = getattr(call, "question_time", None)
    meeting = taken.meeting if taken is not None else None
    bodies = {call.body_id, meeting.body_id if meeting is not None else None}
    return any(seat.leads and seat.body in bodies for seat in standing.seats)


@rules.predicate
def is_asked_among_them(standing: Standing, statement: Statement | None = None) -> bool:
    """Part of a call that is put to this person; reads `call` (select it)."""
    return statement is not None and bool(is_put_to(standing, statement.call))


# “No, only the office may read it” means the office: members of bodies see what everybody sees.
rules.add_perm(
    "participation.see_contribution", is_open_to_all | is_coordinator | is_said_among_them
)
rules.add_perm("participation.see_call", is_open_to_all | is_coordinator | is_put_to)
rules.add_perm("participation.see_theme", is_open_to_all | is_coordinator)
rules.add_perm("participation.see_statement", is_open_to_all | is_coordinator | is_asked_among_them)

rules.add_perm("participation.open_call", is_coordinator)
rules.add_perm("participation.moderate", is_coordinator)
rules.add_perm("participation.write_statements", is_coordinator)
rules.add_perm("participation.export_votes", is_coordinator)
rules.add_perm("participation.record_contribution", is_coordinator)
# Asked about the meeting: whoever holds it enters what is said in the room.
rules.add_perm("participation.record_in_meeting", is_coordinator | leads_body)
# Asked about the call: whoever leads the body that it is put to, or that meets (see `holds_round`).
rules.add_perm("participation.hold_questions", is_coordinator | holds_round)
rules.add_perm("participation.gather", is_coordinator)
rules.add_perm("participation.answer", is_coordinator)
rules.add_perm("participation.keep_text_blocks", is_coordinator)
rules.add_perm("participation.close_phase", is_coordinator)
rules.add_perm("participation.see_call_radar", is_coordinator)
