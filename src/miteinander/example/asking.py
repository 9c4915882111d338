"""A round of questions before and in a meeting: asked, supported, one of them answered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from miteinander.community import actions as community
from miteinander.core.standing import Standing
from miteinander.example.calling import open_call
from miteinander.example.source import read
from miteinander.example.town import Town
from miteinander.participation import actions as participation
from miteinander.participation import queries
from miteinander.participation.states import Allowed, CallMethod

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Contribution
    from miteinander.process.models import Phase


def take_questions(town: Town, phase: Phase, *, now: datetime) -> Call:
    """Open the call for the next meeting of the process, and let people ask."""
    call, by = open_call(town, phase, read("questions")["call"], CallMethod.LIVE, [Allowed.SUPPORT])
    steering = town.bodies["steuerungsgruppe"]
    meetings = queries.meetings_of(phase.process)  # the latest first
    meeting = next(m for m in meetings if m.body_id == steering.pk)
    participation.set_up_questions(call, meeting=meeting, at_once=False, by=by, at=by.at)
    _ask(town, call, now)
    return call


def _ask(town: Town, call: Call, now: datetime) -> None:
    by = town.coordination(town.today)
    at = min(by.at, now)
    people = [
        participation.take_part(
            call, participation.participant_code(call, participation.fresh_token()), at=at
        )
        for _person in range(max(row.get("supports", 0) for row in read("questions")["questions"]))
    ]
    for row in read("questions")["questions"]:
        question, _code = participation.ask_question(
            call,
            text=row["text"],
            form_key=participation.fresh_form_key(at=at),
            language=row.get("language", "de"),
            is_example=True,
            by=Standing(municipality=town.municipality.pk, at=at),
            at=at,
        )
        if row["state"] == "submitted":
            continue
        question = participation.publish_contribution(question, by=by, at=at)
        for person in people[: row.get("supports", 0)]:
            participation.support(question, person, at=at)
        _go_on(question, row, by, at)


def _go_on(question: Contribution, row: dict[str, str], by: Standing, at: datetime) -> None:
    if translation := row.get("translation_de"):
        community.translate(question, "text", "de", translation, state="checked", by=by, at=at)
    if row["state"] == "current":
        participation.take_up_question(question, by=by, at=at)
    if row["state"] == "answered":
        participation.answer_question(question, note=row["note"], by=by, at=at)
