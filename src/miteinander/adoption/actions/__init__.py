"""From review to resolution: one verb, one transaction, one event."""

from miteinander.adoption.actions.reviewing import (
    adopt_version,
    answer_objection,
    carry_objection,
    cast_voice,
    freeze_version,
    withdraw_objection,
)

__all__ = [
    "adopt_version",
    "answer_objection",
    "carry_objection",
    "cast_voice",
    "freeze_version",
    "withdraw_objection",
]
