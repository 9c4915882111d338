"""A call on whose statements people vote: two camps, some in between, and what all agree on.

The map is drawn by the worker, in the first minute of a demo.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from miteinander.community import actions as community
from miteinander.core.standing import Standing
from miteinander.example.calling import open_call
from miteinander.example.source import days_from, read
from miteinander.example.town import Town
from miteinander.participation import actions as participation
from miteinander.participation.states import Allowed, CallMethod, Channel, Stance

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Statement
    from miteinander.process.models import Phase

SEEN = 0.62
"""So much of all statements each person votes on."""


def vote_on_statements(town: Town, phase: Phase, *, now: datetime) -> Call:
    """Open the call, write the statements, take in a proposal, and let people vote."""
    data = read("voting")
    call, by = open_call(town, phase, data["call"], CallMethod.STATEMENTS, [Allowed.PROPOSALS])
    texts = [each["text"] for each in data["statements"]]
    statements = participation.write_statements(call, texts, is_example=True, by=by, at=by.at)
    for statement, each in zip(statements, data["statements"], strict=True):
        community.translate(statement, "title", "en", each["en"], state="checked", by=by, at=by.at)
    _propose(town, call, now)
    _vote(call, statements, data, min(by.at + timedelta(days=2), now))
    return call


def _propose(town: Town, call: Call, now: datetime) -> None:
    for row in read("voting")["proposals"]:
        by = town.coordination(days_from(town.today, row["days"]), 9)
        at = min(by.at, now)
        made, _code = participation.submit_contribution(
            call,
            text=row["text"],
            may_publish=True,
            form_key=participation.fresh_form_key(at=at),
            language="de",
            is_example=True,
            by=Standing(municipality=town.municipality.pk, at=at),
            at=at,
        )
        if row["adopted"]:
            participation.adopt_proposal(made, text=row["text"], by=by, at=at)


def _vote(call: Call, statements: list[Statement], data: dict[str, Any], at: datetime) -> None:
    """Nobody says something to everything; every ninth came on paper."""
    for person in range(data["people"]):
        code = participation.participant_code(call, f"example {person}")
        camp = person % 5 // 2
        channel = Channel.PAPER if person % 9 == 0 else Channel.ONLINE
        for number, (statement, row) in enumerate(zip(statements, data["statements"], strict=True)):
            if _chance("seen", person, number) > SEEN:
                continue
            value = Stance.AGREE
            if 100 * _chance("agrees", person, number) >= row["lean"][camp]:
                value = Stance.DISAGREE
            if _chance("passes", person, number) < 0.08:
                value = Stance.PASS
            participation.cast_vote(
                call,
                code,
                statement=statement.identifier,
                value=int(value),
                channel=channel,
                at=at,
            )


def _chance(what: str, person: int, number: int) -> float:
    """Between 0 and 1, as if by chance, and the same in each demo."""
    digest = hashlib.sha256(f"{what} {person} {number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
