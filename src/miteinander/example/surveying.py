"""A survey with every kind of question, answered by sixty invented people."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from miteinander.community import actions as community
from miteinander.core.codes import code_from
from miteinander.core.standing import Standing
from miteinander.example.calling import open_call
from miteinander.example.source import read
from miteinander.example.town import Town
from miteinander.participation import actions as participation
from miteinander.participation import queries
from miteinander.participation.states import CallMethod, Channel, QuestionKind, ResultsShown

if TYPE_CHECKING:
    from miteinander.participation.models import Call, SurveyQuestion
    from miteinander.process.models import Phase

COLUMNS = ("title", "help", "options", "rows", "low", "high", "steps", "longest",
           "is_required", "is_contribution", "is_personal")  # fmt: skip
SHARES = {"learning": (5, 3, 2), "way": (6, 3, 2, 1), "since": (4, 5, 3, 2)}
"""How the answers fall, so that the charts have something to say."""


def ask_survey(town: Town, phase: Phase) -> Call:
    """Open it, ask, and let people answer: some on paper, typed in by the office."""
    data = read("survey")
    call, by = open_call(town, phase, data["call"], CallMethod.SURVEY)
    asked = _ask(call, data["questions"], by)
    participation.show_results(call, when=ResultsShown.OPEN, by=by, at=by.at)
    _answer(call, asked, data, by)
    return call


def _ask(call: Call, rows: list[dict[str, Any]], by: Standing) -> dict[str, SurveyQuestion]:
    asked: dict[str, SurveyQuestion] = {}
    for row in rows:
        after = row.get("after")
        question = participation.add_question(
            call,
            question_kind=row["kind"],
            shown_if=asked[after["question"]] if after else None,
            shown_values=after["values"] if after else (),
            is_example=True,
            by=by,
            at=by.at,
            **{name: row[name] for name in COLUMNS if name in row},
        )
        for language in ("en", "ar"):
            for field, text in row[language].items():
                community.translate(
                    question, field, language, text, state="checked", by=by, at=by.at
                )
        asked[row["key"]] = question
    return asked


def _answer(
    call: Call, asked: dict[str, SurveyQuestion], data: dict[str, Any], by: Standing
) -> None:
    chance = Random(call.title)  # noqa: S311 -- the same invented answers each time
    at = by.at + timedelta(hours=1)
    for number in range(data["responses"] + data["on_paper"]):
        raw = {
            name: values
            for key, question in asked.items()
            for name, values in _typed(key, question, chance, data["words"]).items()
        }
        if number < data["on_paper"]:
            participation.record_response(
                call, raw, channel=Channel.PAPER, form_key=f"example-{number}", by=by, at=at
            )
            continue
        code = code_from("example.survey", call.identifier, str(number))
        who = participation.take_part(call, code, at=at)
        participation.keep_draft(who, list(asked.values()), raw)
        nobody = Standing(municipality=call.municipality_id, at=at)
        participation.send_response(who, code=code, by=nobody, at=at)


def _typed(
    key: str, question: SurveyQuestion, chance: Random, words: list[str]
) -> dict[str, list[str]]:
    """What one invented person types at one question."""
    kind = QuestionKind(question.question_kind)
    names = queries.fields_of(question)
    if kind == QuestionKind.TEXT:
        return {names[0]: [chance.choice(words)]} if chance.random() < 0.2 else {}
    if kind == QuestionKind.MATRIX:
        return {name: [chance.choice("1112230")] for name in names}
    if kind == QuestionKind.RANKING:
        places = sorted(range(1, len(names) + 1), key=lambda place: place + 2 * chance.random())
        return {name: [str(place)] for name, place in zip(names, places, strict=True)}
    if kind == QuestionKind.SCALE:
        return {names[0]: [chance.choice("12333444550")]}
    if kind == QuestionKind.MULTIPLE:
        return {names[0]: [str(option) for option in (1, 2, 3, 4) if chance.random() < 0.4]}
    shares = SHARES[key]
    return {names[0]: [str(chance.choices(range(1, len(shares) + 1), shares)[0])]}
