"""A lead accepts, declines, or asks for a change; and there is only one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from miteinander.community.actions import end_organisation, resume_organisation
from miteinander.core import links
from miteinander.core.errors import Closed, Invalid, LinkSpent
from miteinander.core.models import Event
from miteinander.core.rights import allowed
from miteinander.core.standing import Role
from miteinander.strategy import actions, queries
from miteinander.strategy.queries import founded, open_points
from miteinander.strategy.states import LeadState
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def concept():
    return make.ConceptFactory(process=make.PhaseFactory().process)


@pytest.fixture
def who(concept):
    return make.coordinator(concept.municipality)


@pytest.fixture
def asked(concept, who, now):
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))
    lead = make.OrganisationFactory(municipality=concept.municipality, title="Volkshochschule")
    measure = make.MeasureFactory(
        goal=goal, text="Alt", lead=lead, cost_yearly=9000, staff_need=Decimal("0.50")
    )
    return actions.ask_lead(measure, by=who, at=now)


def kinds_of(thing):
    return list(Event.objects.filter(thing=thing.pk).order_by("pk").values_list("kind", flat=True))


def wished(measure, who, now, **terms):
    return actions.wish_change(measure, reason="Zu teuer", terms=terms, by=who, at=now)


def test_a_wish_is_neither_yes_nor_no_and_keeps_only_what_differs(asked, who, now):
    link = queries.accept_link(asked, at=now)
    measure = actions.wish_change(
        asked,
        reason=" Zu teuer ",
        terms={"text": "Alt\r\n", "cost_yearly": 5000, "staff_need": Decimal("0.5"), "ends": None},
        by=who,
        at=now,
        link=link,
    )
    assert (measure.lead_state, measure.lead_reason) == ("wished", "Zu teuer")
    assert measure.lead_terms == {"cost_yearly": 5000}
    assert not queries.is_settled(measure)
    assert kinds_of(measure)[-1] == "measure.lead_wished"
    with pytest.raises(LinkSpent):
        actions.accept_lead(measure, by=who, at=now, link=link)


def test_a_wish_says_what_and_is_possible(asked, who, now):
    link = queries.accept_link(asked, at=now)
    with pytest.raises(Invalid):
        actions.wish_change(asked, reason=" ", by=who, at=now, link=link)
    with pytest.raises(Invalid) as refused:
        wished(asked, who, now, starts=dt.date(2027, 5, 1), ends=dt.date(2027, 4, 1))
    assert list(refused.value.fields) == ["ends"]
    assert not links.is_spent(link)
    assert asked.refreshed().lead_state == "asked"


def test_what_is_wished_stands_beside_what_is_there(asked, who, now):
    measure = wished(asked, who, now, cost_yearly=None, ends=dt.date(2028, 12, 31))
    assert [term.name for term in queries.terms_of(measure)] == ["ends", "cost_yearly"]
    ends, cost = queries.terms_of(measure)
    assert "2028" in ends.wanted
    assert "9.000" in cost.now
    assert ends.now == cost.wanted


def test_a_wish_is_answered_by_taking_it_over_and_asking_again(asked, who, now):
    measure = wished(asked, who, now, cost_yearly=5000, staff_need=Decimal("0.25"), text="Neu")
    again = actions.answer_wish(
        measure, note="So geändert", takes_over=True, by=who, at=now + dt.timedelta(days=1)
    )
    assert (again.text, again.cost_yearly, again.staff_need) == ("Neu", 5000, Decimal("0.25"))
    assert (again.lead_state, again.lead_note, again.lead_terms) == ("asked", "So geändert", {})
    assert kinds_of(again)[-2:] == ["measure.edited", "measure.lead_asked_again"]


def test_a_wish_is_answered_by_explaining_and_asking_again(asked, who, now):
    measure = wished(asked, who, now, cost_yearly=5000)
    with pytest.raises(Invalid):
        actions.answer_wish(measure, note="", by=who, at=now)
    with pytest.raises(Invalid):  # the same organisation without a word
        actions.ask_lead(measure, by=who, at=now)
    again = actions.answer_wish(measure, note="Das Geld ist da", by=who, at=now)
    assert (again.cost_yearly, again.lead_state) == (9000, "asked")
    with pytest.raises(Closed):  # sent twice
        actions.answer_wish(measure, note="Das Geld ist da", by=who, at=now)


def test_what_was_handed_in_is_not_rewritten_by_a_wish(asked, who, now):
    measure = wished(asked, who, now, text="Neu")
    type(measure).objects.filter(pk=measure.pk).update(state="submitted")
    with pytest.raises(Closed):
        actions.answer_wish(measure, note="Ja", takes_over=True, by=who, at=now)
    assert (measure.refreshed().lead_state, measure.refreshed().text) == ("wished", "Alt")


@pytest.mark.parametrize("state", LeadState)
def test_only_who_drafts_answers_a_wish_and_only_while_it_waits(concept, asked, who, now, state):
    group = make.BodyFactory(municipality=concept.municipality)
    asked.goal.field.working_group = group
    asked.lead_state = state
    member = replace(who, role=Role.MEMBER)
    waits = state == LeadState.WISHED
    assert allowed(who, "strategy.answer_wish", asked) == waits
    assert not allowed(member, "strategy.answer_wish", asked)
    of_the_group = replace(member, bodies=frozenset({group.pk}))
    assert allowed(of_the_group, "strategy.answer_wish", asked) == waits
    asked.state = "retired"
    assert not allowed(who, "strategy.answer_wish", asked)


def test_whose_answer_is_missing_waits_for_those_who_give_it(concept, asked, who, now):
    town = concept.municipality
    group = make.BodyFactory(municipality=town)
    type(asked.goal.field).objects.filter(pk=asked.goal.field_id).update(working_group=group)
    member = replace(who, role=Role.MEMBER)
    of_the_lead = replace(member, organisations=frozenset({asked.lead_id}))
    of_the_group = replace(member, bodies=frozenset({group.pk}))

    def waits(standing):
        return list(queries.leads_to_answer(town, standing)) == [asked]

    people = (who, member, of_the_lead, of_the_group)
    assert [waits(one) for one in people] == [False, False, True, False]
    wished(asked, who, now)
    assert [waits(one) for one in people] == [True, False, False, True]


# --- one lead ------------------------------------------------------------------------------------


def test_a_second_lead_takes_over_with_a_reason_and_both_are_remembered(asked, who, now):
    accepted = actions.accept_lead(asked, by=who, at=now)
    other = make.OrganisationFactory(municipality=asked.municipality, title="Verein")
    with pytest.raises(Invalid) as refused:
        actions.ask_lead(accepted, organisation=other, by=who, at=now)
    assert list(refused.value.fields) == ["note"]
    assert accepted.refreshed().lead_state == "accepted"
    moved = actions.ask_lead(accepted, organisation=other, note="Getauscht", by=who, at=now)
    assert (moved.lead, moved.lead_state) == (other, "asked")
    assert kinds_of(moved)[-2:] == ["measure.lead_released", "measure.lead_asked"]


def test_a_button_pressed_twice_asks_once_and_a_reminder_asks_again(asked, who, now):
    actions.ask_lead(asked, by=who, at=now + dt.timedelta(seconds=5))
    assert kinds_of(asked).count("measure.lead_asked") == 1
    actions.ask_lead(asked, by=who, at=now + dt.timedelta(days=14))
    assert kinds_of(asked).count("measure.lead_asked") == 2


def test_who_belongs_to_two_institutions_is_recorded_as_the_one_that_was_asked(asked, who, now):
    person = replace(who, role=Role.MEMBER, function="Vorstand des Vereins")
    actions.accept_lead(asked, by=person, at=now)
    event = Event.objects.get(kind="measure.lead_accepted")
    assert event.function == "Volkshochschule"


# --- a lead that ceases to exist -----------------------------------------------------------------


def test_a_lead_that_ceases_to_exist_has_not_accepted_any_more(asked, who, now):
    accepted = actions.accept_lead(asked, by=who, at=now)
    end_organisation(accepted.lead, by=who, at=now)
    end_organisation(accepted.lead, by=who, at=now)  # sent twice
    measure = accepted.refreshed()
    assert Event.objects.filter(kind="organisation.ended").count() == 1
    assert not queries.is_settled(measure)
    assert queries.lead_words(measure) != "Volkshochschule"
    assert "lead" in [
        point.name
        for point in open_points(measure, founded=founded([measure.goal]))
        if point.blocks
    ]
    found = queries.load_map(measure.goal.field.concept)
    assert measure in next(lack.measures for lack in found.lacks if lack.name == "lead")
    resume_organisation(measure.lead, by=who, at=now)
    assert queries.is_settled(measure.refreshed())


def test_who_does_not_exist_is_neither_asked_nor_answers(asked, who, now):
    end_organisation(asked.lead, by=who, at=now)
    with pytest.raises(Closed):
        actions.accept_lead(asked, by=who, at=now)
    with pytest.raises(Invalid) as refused:
        actions.ask_lead(asked, organisation=asked.lead.refreshed(), by=who, at=now)
    assert list(refused.value.fields) == ["organisation"]


def test_an_office_that_people_turn_to_does_not_end(who, now):
    office = make.OfficeFactory(organisation__municipality_id=who.municipality)
    with pytest.raises(Closed):
        end_organisation(office.organisation, by=who, at=now)
    assert office.organisation.refreshed().retired_on is None


@pytest.mark.parametrize(
    ("state", "settled"), [(state, state == LeadState.ACCEPTED) for state in LeadState]
)
def test_only_an_accepted_lead_stands_there_by_its_bare_name(asked, state, settled):
    asked.lead_state = state
    assert queries.is_settled(asked) == settled
    assert (queries.lead_words(asked) == "Volkshochschule") == settled
