"""Who drafts is told once what a lead has answered, and no more once it is settled."""

from __future__ import annotations

import pytest
from django.utils import timezone

from miteinander.core.models import Mail
from miteinander.core.standing import Role
from miteinander.notices import leads, mail
from miteinander.strategy import actions
from miteinander.strategy.models import FieldOfAction
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    town = concept.municipality
    group = make.BodyFactory(municipality=town)
    field = make.FieldOfActionFactory(concept=concept, working_group=group)
    for name in ("gruppe", "vertretung"):
        person = make.agreed(make.PersonFactory(municipality=town, email=f"{name}@stadt.example"))
        make.SeatFactory(body=group, holder=person)
    account = make.UserFactory()
    make.MembershipFactory(user=account, municipality=town, role=Role.COORDINATOR)
    make.agreed(make.PersonFactory(municipality=town, user=account, email="amt@stadt.example"))
    lead = make.OrganisationFactory(municipality=town, email="vhs@lead.example", title="VHS")
    measure = make.MeasureFactory(goal=make.GoalFactory(field=field), lead=lead)
    return actions.ask_lead(measure, by=make.coordinator(town), at=timezone.now())


def told():
    return sorted(Mail.objects.values_list("to", flat=True))


@pytest.mark.parametrize("answer", [actions.wish_change, actions.decline_lead])
def test_the_coordination_and_the_working_group_are_told_once(asked, answer):
    at, by = timezone.now(), make.coordinator(asked.municipality)
    answer(asked, reason="Uns fehlt eine halbe Stelle", by=by, at=at)
    assert leads.are_missing(at)
    assert leads.letters(at=at) == 3
    assert leads.letters(at=at) == 0
    assert not leads.are_missing(at)
    assert told() == ["amt@stadt.example", "gruppe@stadt.example", "vertretung@stadt.example"]
    written = Mail.objects.first()
    assert "halbe Stelle" in written.body
    assert asked.identifier in written.body


def test_nobody_is_told_of_what_was_answered_meanwhile(asked):
    at, by = timezone.now(), make.coordinator(asked.municipality)
    wished = actions.wish_change(asked, reason="Zu teuer", by=by, at=at)
    actions.answer_wish(wished, note="Günstiger gerechnet", by=by, at=at)
    assert leads.letters(at=at) == 0


def test_the_lead_hears_the_answer_with_a_new_link(asked):
    at, by = timezone.now(), make.coordinator(asked.municipality)
    wished = actions.wish_change(asked, reason="Zu teuer", by=by, at=at)
    actions.answer_wish(wished, note="Günstiger gerechnet", by=by, at=at)
    # The first question was asked a moment ago: it is still the same one that is open.
    mail.letters(at=at)
    again = Mail.objects.get(body__contains="Günstiger gerechnet")
    assert again.to == "vhs@lead.example"
    assert "/l/" in again.body


def test_who_had_accepted_hears_why_another_is_asked(asked):
    at, by = timezone.now(), make.coordinator(asked.municipality)
    actions.accept_lead(asked, by=by, at=at)
    other = make.OrganisationFactory(municipality=asked.municipality, email="verein@lead.example")
    actions.ask_lead(asked, organisation=other, note="Getauscht", by=by, at=at)
    mail.letters(at=at)
    assert told() == ["verein@lead.example", "vhs@lead.example"]
    assert "Getauscht" in Mail.objects.get(to="vhs@lead.example").body


def test_without_a_working_group_the_coordination_is_told(asked):
    FieldOfAction.objects.filter(pk=asked.goal.field_id).update(working_group=None)
    at = timezone.now()
    actions.decline_lead(asked, reason="Nein", by=make.coordinator(asked.municipality), at=at)
    leads.letters(at=at)
    assert told() == ["amt@stadt.example"]
