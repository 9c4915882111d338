"""Those concerned are told once what was handed in, and no more once it has gone on."""

from __future__ import annotations

import pytest
from django.utils import timezone

from miteinander.core.models import Mail
from miteinander.core.standing import Role
from miteinander.notices import handed
from miteinander.strategy import actions
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def field():
    phase = make.PhaseFactory(permits=["draft", "review"])
    concept = make.ConceptFactory(process=phase.process)
    town = concept.municipality
    for name, kind in (("gruppe", "working_group"), ("steuerung", "steering_group")):
        body = make.BodyFactory(municipality=town, body_kind=kind)
        person = make.PersonFactory(municipality=town, email=f"{name}@stadt.example")
        make.SeatFactory(body=body, holder=make.agreed(person))
        silent = make.PersonFactory(municipality=town, email=f"nein-{name}@stadt.example")
        make.SeatFactory(body=body, holder=silent)
        if kind == "working_group":
            group = body
    account = make.UserFactory()
    make.MembershipFactory(user=account, municipality=town, role=Role.COORDINATOR)
    make.agreed(make.PersonFactory(municipality=town, user=account, email="amt@stadt.example"))
    return make.FieldOfActionFactory(concept=concept, working_group=group, title="Wohnen")


@pytest.fixture
def hand_over(field, now):
    by = make.coordinator(field.municipality)
    return actions.hand_in(field, parts=[field.pk], note="Bis Freitag", by=by, at=now)


def told():
    return sorted(Mail.objects.values_list("to", flat=True))


def step(hand_over, to, now):
    by = make.coordinator(hand_over.field.municipality)
    return actions.answer_hand_over(hand_over, to=to, reason="Wer zahlt?", by=by, at=now)


def test_coordination_and_steering_group_are_told_once_if_they_agreed(hand_over, now):
    assert handed.are_missing(now)
    assert handed.letters(at=now) == 2
    assert handed.letters(at=now) == 0
    assert not handed.are_missing(now)
    assert told() == ["amt@stadt.example", "steuerung@stadt.example"]
    assert "Bis Freitag" in Mail.objects.first().body
    assert f"/abgabe/{hand_over.pk}/" in Mail.objects.first().body


@pytest.mark.parametrize("to", ["given_back", "taken_on"])
def test_the_group_is_told_of_the_answer_with_its_reason(hand_over, now, to):
    step(hand_over, to, now)
    assert handed.letters(at=now) == 1, "nobody hears of what has gone on meanwhile"
    assert told() == ["gruppe@stadt.example"]
    assert "Wer zahlt?" in Mail.objects.get().body


def test_taking_it_back_is_told_to_those_who_would_have_looked_at_it(hand_over, now):
    step(hand_over, "taken_back", now)
    handed.letters(at=now)
    assert told() == ["amt@stadt.example", "steuerung@stadt.example"]
    assert "Wer zahlt?" in Mail.objects.first().body


def test_beginning_is_told_to_nobody(hand_over, now):
    step(hand_over, "begun", now)
    assert handed.letters(at=now) == 0
