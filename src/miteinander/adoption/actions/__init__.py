"""From review to resolution: one verb, one transaction, one event."""

from miteinander.adoption.actions.ballots import (
    Offered,
    Terms,
    change_ballot,
    decide_ballot,
    end_ballot,
    open_ballot,
    place_ballot,
    prepare_ballot,
)
from miteinander.adoption.actions.casting import cast_paper, forget_voter
from miteinander.adoption.actions.counting import close_ballot
from miteinander.adoption.actions.objections import (
    answer_objection,
    carry_objection,
    withdraw_objection,
)
from miteinander.adoption.actions.papers import (
    Slip,
    finish_papers,
    hand_out_papers,
    type_papers,
)
from miteinander.adoption.actions.reviewing import (
    adopt_version,
    cast_voice,
    freeze_version,
)

__all__ = [
    "Offered",
    "Slip",
    "Terms",
    "adopt_version",
    "answer_objection",
    "carry_objection",
    "cast_paper",
    "cast_voice",
    "change_ballot",
    "close_ballot",
    "decide_ballot",
    "end_ballot",
    "finish_papers",
    "forget_voter",
    "freeze_version",
    "hand_out_papers",
    "open_ballot",
    "place_ballot",
    "prepare_ballot",
    "type_papers",
    "withdraw_objection",
]
