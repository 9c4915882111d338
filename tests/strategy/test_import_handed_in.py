"""A document that is taken over leaves alone what lies with the review."""

from __future__ import annotations

import pytest

from miteinander.strategy import actions
from miteinander.strategy.models import FieldOfAction, Goal, Measure
from tests import factories as make
from tests.strategy.papers import docx, h, sheet_of
from tests.strategy.test_import_taking import outcomes, taken

pytestmark = pytest.mark.django_db
FIELD, GOAL = h(1, "Handlungsfeld 1: Wohnen"), h(2, "Ziel 1: Schneller wohnen")
MEASURE = sheet_of(("Maßnahme", "Lotsen begleiten"), ("Kosten", "5 €"))


@pytest.fixture
def concept():
    found = make.ConceptFactory()
    make.PhaseFactory(process=found.process, permits=["draft", "gather"])
    return found


def test_what_belongs_to_something_handed_in_is_left_out(concept):
    taken(concept, docx(FIELD, GOAL))
    field, goal = FieldOfAction.objects.get(), Goal.objects.get()
    by = make.coordinator(concept.municipality)
    actions.hand_in(field, parts=[field.pk, goal.pk], by=by, at=by.at)
    more = docx(FIELD, GOAL, MEASURE, h(2, "Ziel 2: Günstiger wohnen"))
    found = outcomes(concept, more)
    assert (found["Lotsen begleiten"], found["Günstiger wohnen"]) == ("fixed", "fixed")
    taken(concept, more)
    assert (Goal.objects.count(), Measure.objects.count()) == (1, 0)


def test_after_it_was_given_back_the_document_goes_on(concept):
    taken(concept, docx(FIELD, GOAL))
    field, goal = FieldOfAction.objects.get(), Goal.objects.get()
    by = make.coordinator(concept.municipality)
    made = actions.hand_in(field, parts=[field.pk, goal.pk], by=by, at=by.at)
    actions.answer_hand_over(made, to="given_back", reason="Es fehlt etwas.", by=by, at=by.at)
    taken(concept, docx(FIELD, GOAL, MEASURE))
    assert Measure.objects.get().goal == goal
