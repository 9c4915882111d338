"""A survey with a question of each kind and a branch, and people who answer it."""

from __future__ import annotations

from django.utils import timezone

from miteinander.participation import actions, queries
from miteinander.participation.states import QuestionKind
from tests import factories as f

KINDS = QuestionKind


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


def built(call=None):
    """How, why (only after "Bus"), what, how well, judged, order, words: by short names."""
    call = call or f.SurveyFactory()
    facts = office(call)

    def add(kind, title, **more):
        return actions.add_question(call, question_kind=kind, title=title, **more, **facts)

    how = add(KINDS.SINGLE, "Wie kommen Sie?", options="Bus\nRad\nzu Fuß", is_required=True)
    return call, {
        "how": how,
        "why": add(
            KINDS.SINGLE, "Welche Linie?", options="1\n2", is_required=True,
            shown_if=how, shown_values=[1],
        ),
        "what": add(KINDS.MULTIPLE, "Was fehlt?", options="Bänke\nLicht\nTafeln"),
        "well": add(KINDS.SCALE, "Wie gut?", low="gar nicht", high="sehr gut"),
        "judged": add(KINDS.MATRIX, "Urteilen Sie.", rows="Weg\nRaum", options="gut\nschlecht"),
        "order": add(KINDS.RANKING, "Was zuerst?", options="Kurs\nTreff\nSport"),
        "words": add(KINDS.TEXT, "Was noch?", is_contribution=True),
    }  # fmt: skip


def typed(questions, **given):
    """As a form sends it: `how="1"`, `what=["1", "3"]`, `judged={1: "2"}`, `order={1: "2"}`."""
    raw = {}
    for name, value in given.items():
        question = questions[name]
        field = f"q_{question.identifier}"
        if isinstance(value, dict):
            mark = "r" if question.question_kind == KINDS.MATRIX else "o"
            raw |= {f"{field}_{mark}{number}": [typed] for number, typed in value.items()}
        else:
            raw[field] = value if isinstance(value, list) else [value]
    return raw


def answer(call, questions, code="AAAA-BBBB-0001", *, send=True, at=None, **given):
    """Somebody begins, and sends unless told otherwise; returns participant and response."""
    at = at or timezone.now()
    participant = actions.take_part(call, code, at=at)
    raw = typed(questions, **given)
    response = actions.keep_draft(participant, list(questions.values()), raw)
    if send:
        by = f.visitor(call.municipality)
        response = actions.send_response(participant, code=code, by=by, at=at)
    return participant, response


def rows_of(response):
    return sorted(
        (a.question.title, a.row, a.option, a.rank, queries.words_in(a))
        for a in response.answers.select_related("question", "contribution")
    )
