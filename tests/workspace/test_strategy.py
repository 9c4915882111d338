"""The room of strategy: from an empty board to a measure that is handed in and led."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.links import is_spent
from miteinander.core.standing import Role
from miteinander.strategy import actions, queries
from miteinander.strategy.models import Concept, FieldOfAction, Goal, Measure
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def concept():
    return make.ConceptFactory(process=make.PhaseFactory().process)


@pytest.fixture
def measure(concept):
    goal = make.GoalFactory(
        field=make.FieldOfActionFactory(concept=concept), need="Not", evidence="Ja", indicator="X"
    )
    return make.MeasureFactory(goal=goal, is_public=False)


@pytest.fixture
def office(client, concept):
    make.sign_in(client, concept.municipality)
    return client


def address(name, *args):
    return reverse(f"workspace:{name}", args=args)


def sheet(measure, **more):
    organisation = make.OrganisationFactory(municipality=measure.municipality)
    return {
        "title": measure.title,
        "text": "Offene Treffpunkte.",
        "target_groups": "Alle",
        "lead": organisation.pk,
        "partners": [organisation.pk],
        "starts": "2027-01-01",
        "ends": "2028-12-31",
        "cost_once": "0",
        "cost_yearly": "18.000 €",
        "funding": "secured",
        "seen": measure.revision,
    } | more


def test_the_whole_way_from_a_process_to_a_measure(client):
    process = make.PhaseFactory().process
    town = process.municipality
    theme = make.ThemeFactory(process=process, gathered=1)
    card = make.ContributionFactory(process=process, theme=theme)
    make.sign_in(client, town)
    client.post(address("concept_new"), {"process": process.pk, "title": "Konzept"})
    concept = Concept.objects.get(process=process)
    client.post(address("field_new", concept.identifier), {"title": "Wohnen"})
    client.post(address("field_new", concept.identifier), {"title": "Sprache"})
    housing, speech = FieldOfAction.objects.order_by("pk")
    client.post(address("field_collect", housing.identifier), {"theme": theme.pk})
    client.post(address("field_keep", speech.identifier))
    client.post(
        address("field_retire", housing.identifier),
        {"reason": "Zu groß", f"to_{theme.pk}": speech.pk},
    )
    client.post(address("field_rename", speech.identifier), {"title": "Sprache und Bildung"})
    grow = client.get(address("theme_grow", theme.identifier)).content.decode()
    ask = f"{address('goal_new', speech.identifier)}?theme={theme.identifier}"
    assert ask in grow
    assert card.text in client.get(ask).content.decode()
    client.post(ask, {"title": "Sprechen", "themes": [theme.pk], "contributions": [card.pk]})
    goal = Goal.objects.get()
    client.post(address("measure_new", goal.identifier), {"title": "Café"})
    measure = Measure.objects.get()
    assert {link.source_id for link in queries.sources_of([goal.pk])} == {theme.pk, card.pk}
    assert (measure.number, measure.goal.field.title) == ("1.1", "Sprache und Bildung")
    board = client.get(address("concept", concept.identifier)).content.decode()
    assert board.index("Sprache und Bildung") < board.index("Café") < board.index("Wohnen")


def test_the_sheet_is_saved_handed_in_and_taken_back(office, measure):
    here = address("measure", measure.identifier)
    assert office.post(here, sheet(measure)).status_code == 303
    measure.refresh_from_db()
    assert (measure.cost_yearly, measure.lead_state, measure.partners.count()) == (
        18_000,
        "none",
        1,
    )
    assert office.post(address("measure_submit", measure.identifier)).status_code == 303
    assert measure.refreshed().state == "submitted"
    assert office.post(address("measure_take_back", measure.identifier)).status_code == 303
    assert measure.refreshed().state == "draft"


def test_handing_in_too_early_shows_all_open_points(office, measure):
    response = office.post(address("measure_submit", measure.identifier))
    assert response.status_code == 422
    text = response.content.decode()
    points = [
        point
        for point in queries.open_points(measure, founded=queries.founded([measure.goal]))
        if point.blocks
    ]
    assert len(points) > 3
    for point in points:
        assert str(point.text) in text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"ends": "2026-12-31"}, "ends"),
        ({"starts": "31.02.2027"}, "starts"),
        ({"starts": "0207-01-01"}, "starts"),
        ({"cost_once": "-5"}, "cost_once"),
        ({"cost_once": "99999999999"}, "cost_once"),
        ({"cost_yearly": "viel"}, "cost_yearly"),
        ({"title": ""}, "title"),
        ({"lead": "999999"}, "lead"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_typed_is_lost(office, measure, typed, field):
    here = address("measure", measure.identifier)
    response = office.post(here, sheet(measure, text="Mein langer Text", **typed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Mein langer Text" in response.content.decode()
    assert measure.refreshed().text == ""


def test_a_cost_below_zero_is_refused_in_words(office, measure):
    refused = office.post(address("measure", measure.identifier), sheet(measure, cost_yearly="-5"))
    said = refused.context["form"].errors["cost_yearly"]
    assert said == ["Kosten können nicht unter null liegen."]


def test_a_cost_that_nobody_expects_is_asked_back_and_one_press_confirms_it(office, measure):
    here = address("measure", measure.identifier)
    typed = sheet(
        measure, text="Mein langer Text", cost_yearly="50.000.000", cost_once="20.000.000"
    )
    asked = office.post(here, typed)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Wirklich 50.000.000" in page
    assert "Mein langer Text" in page
    assert measure.refreshed().cost_yearly is None
    sure = asked.context["form"].doubtful
    assert f'name="sure" value="{sure}"' in page
    # Something else is wrong too: what was confirmed is not asked again, another sum is.
    again = office.post(here, typed | {"title": "", "sure": sure})
    assert list(again.context["form"].errors) == ["title"]
    assert again.context["form"]["sure"].value() == sure
    other = office.post(here, typed | {"cost_yearly": "60.000.000", "sure": sure})
    assert list(other.context["form"].errors) == ["cost_yearly"]
    assert office.post(here, typed | {"sure": sure}).status_code == 303
    assert measure.refreshed().cost_yearly == 50_000_000
    assert office.post(here, typed | {"seen": measure.refreshed().revision}).status_code == 303, (
        "what stands there already is not asked about"
    )


def test_far_above_is_measured_by_the_rest_of_the_same_plan(office, measure):
    here = address("measure", measure.identifier)
    for cost in (1_000, 2_000, 3_000, 4_000, 5_000):
        make.MeasureFactory(goal=measure.goal, cost_yearly=cost)
        make.MeasureFactory(cost_yearly=900_000)  # of another edition
    assert office.post(here, sheet(measure, cost_yearly="300.000")).status_code == 422
    assert office.post(here, sheet(measure, cost_once="300.000")).status_code == 303, (
        "of one-off costs too little is known"
    )
    sent = sheet(measure.refreshed(), cost_yearly="299.999")
    assert office.post(here, sent).status_code == 303


def test_two_editors_see_both_texts_and_the_second_may_then_save(office, measure):
    here = address("measure", measure.identifier)
    actions.edit_measure(
        measure,
        changes={"text": "Ihr Text"},
        revision=measure.revision,
        by=make.coordinator(measure.municipality),
        at=timezone.now(),
    )
    mine = sheet(measure, text="Mein Wortlaut")
    response = office.post(here, mine)
    assert response.status_code == 409
    text = response.content.decode()
    assert "Mein" in text
    assert "Wortlaut" in text
    assert "Ihr" in text
    assert measure.refreshed().text == "Ihr Text"
    seen = response.context["form"]["seen"].value()
    assert office.post(here, mine | {"seen": seen}).status_code == 303
    assert measure.refreshed().text == "Mein Wortlaut"


def test_open_points_of_what_is_typed_are_told_without_saving(office, measure):
    here = address("measure_points", measure.identifier)
    response = office.post(here, sheet(measure))
    assert [point.name for point in response.context["points"] if point.blocks] == []
    response = office.post(here, sheet(measure, starts="", funding=""))
    names = [point.name for point in response.context["points"] if point.blocks]
    assert names == ["starts", "funding"]
    assert measure.refreshed().text == ""


def test_asking_a_lead_asks_that_organisation(office, measure):
    lead = make.OrganisationFactory(municipality=measure.municipality)
    office.post(address("measure_ask_lead", measure.identifier), {"organisation": lead.pk})
    measure.refresh_from_db()
    assert (measure.lead, measure.lead_state) == (lead, "asked")


def test_a_person_of_the_lead_answers_signed_in(client, measure):
    lead = make.OrganisationFactory(municipality=measure.municipality)
    by = make.coordinator(measure.municipality)
    actions.ask_lead(measure, organisation=lead, by=by, at=timezone.now())
    make.sign_in(client, measure.municipality, Role.MEMBER, organisation=lead)
    here = address("measure_answer_lead", measure.identifier)
    assert client.post(here, {"answer": "decline"}).status_code == 422
    assert client.post(here, {"answer": "accept"}).status_code == 303
    assert measure.refreshed().lead_state == "accepted"


@pytest.mark.parametrize(
    "name", ["measure_submit", "measure_take_back", "measure_retire", "measure_ask_lead"]
)
def test_members_without_a_seat_may_look_but_not_act(client, measure, name):
    make.sign_in(client, measure.municipality, Role.MEMBER)
    assert measure.title in client.get(address("measure", measure.identifier)).content.decode()
    assert client.post(address(name, measure.identifier)).status_code == 403
    assert client.post(address("measure", measure.identifier), sheet(measure)).status_code == 403
    assert measure.refreshed().state == "draft"


def test_the_working_group_writes_in_its_own_field_and_does_not_shape_the_concept(client, measure):
    town = measure.municipality
    group = make.BodyFactory(municipality=town, body_kind="working_group")
    FieldOfAction.objects.filter(pk=measure.goal.field_id).update(working_group=group)
    user = make.sign_in(client, town, Role.MEMBER)
    make.SeatFactory(body=group, holder=user.people.get())
    assert client.post(address("measure", measure.identifier), sheet(measure)).status_code == 303
    field = measure.goal.field.identifier
    assert client.post(address("field_rename", field), {"title": "Anders"}).status_code == 403
    other = make.FieldOfActionFactory(concept=measure.goal.field.concept)
    assert client.post(address("goal_new", other.identifier), {"title": "X"}).status_code == 403


def test_a_phase_that_is_over_refuses_and_keeps_the_text(office, measure):
    phase = measure.goal.field.concept.process.phases.get()
    phase.starts = timezone.localdate() - dt.timedelta(days=60)
    phase.ends = timezone.localdate() - dt.timedelta(days=30)
    phase.save()
    response = office.post(
        address("measure", measure.identifier), sheet(measure, text="Zu spät geschrieben")
    )
    assert response.status_code == 422
    assert "Zu spät geschrieben" in response.content.decode()
    assert measure.refreshed().text == ""


@pytest.mark.parametrize("name", ["concept", "field_edit", "goal_edit", "measure", "measure_move"])
def test_another_town_finds_nothing_here(client, measure, name):
    make.sign_in(client, make.MunicipalityFactory())
    thing = {
        "concept": measure.goal.field.concept,
        "field_edit": measure.goal.field,
        "goal_edit": measure.goal,
    }.get(name, measure)
    assert client.get(address(name, thing.identifier)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_the_same_for_one_field_as_for_many(
    office, concept, count, django_assert_num_queries
):
    for _ in range(count):
        goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))
        make.MeasureFactory(
            goal=goal, lead=make.OrganisationFactory(municipality=concept.municipality)
        )
    office.get(address("concept", concept.identifier))  # the frame remembers the office
    # town, session, account, membership with person, seats; concept, phases, four of the outline
    with django_assert_num_queries(11):
        response = office.get(address("concept", concept.identifier))
    assert len(response.context["fields"]) == count


def test_the_link_of_the_lead_is_not_spent_by_looking(client, measure):
    lead = make.OrganisationFactory(municipality=measure.municipality, title="Volkshochschule")
    now = timezone.now()
    asked = actions.ask_lead(
        measure, organisation=lead, by=make.coordinator(measure.municipality), at=now
    )
    link = queries.accept_link(asked, at=now)
    client.defaults["HTTP_HOST"] = measure.municipality.host
    assert "Volkshochschule" in client.get(link.path).content.decode()
    assert client.post(link.path, {"answer": "decline", "reason": ""}).status_code == 422
    assert not is_spent(link)
    assert client.post(link.path, {"answer": "accept"}).status_code == 200
    assert measure.refreshed().lead_state == "accepted"
    assert client.get(link.path).status_code == 410
    assert client.post(link.path, {"answer": "decline", "reason": "Doch nicht"}).status_code == 410
    assert measure.refreshed().lead_state == "accepted"


def test_a_wish_is_shown_beside_the_sheet_and_answered(office, measure):
    lead = make.OrganisationFactory(municipality=measure.municipality)
    by, now = make.coordinator(measure.municipality), timezone.now()
    actions.ask_lead(measure, organisation=lead, by=by, at=now)
    actions.wish_change(measure, reason="Zu teuer", terms={"cost_yearly": 70}, by=by, at=now)
    assert "Zu teuer" in office.get(address("today")).content.decode()
    here = address("measure_answer_wish", measure.identifier)
    text = office.get(here).content.decode()
    assert "70" in text
    refused = office.post(here, {"takes_over": "on", "note": ""})
    assert refused.status_code == 422
    assert refused.context["form"]["takes_over"].value()
    assert office.post(here, {"takes_over": "on", "note": "So geändert"}).status_code == 303
    measure.refresh_from_db()
    assert (measure.cost_yearly, measure.lead_state) == (70, "asked")
    assert office.get(here).status_code == 403, "nothing waits any more"


def test_another_lead_in_place_of_one_that_accepted_needs_a_reason(office, measure):
    town, now = measure.municipality, timezone.now()
    first, second = (make.OrganisationFactory(municipality=town) for _ in range(2))
    by = make.coordinator(town)
    actions.ask_lead(measure, organisation=first, by=by, at=now)
    actions.accept_lead(measure, by=by, at=now)
    here = address("measure_ask_lead", measure.identifier)
    assert office.post(here, {"organisation": second.pk, "note": ""}).status_code == 422
    assert measure.refreshed().lead == first
    office.post(here, {"organisation": second.pk, "note": "Getauscht"})
    assert measure.refreshed().lead == second


def test_a_split_is_shown_before_it_is_done(office, concept):
    field = make.FieldOfActionFactory(concept=concept, title="Sprache")
    goals = [make.GoalFactory(field=field, position=n, title=f"Ziel {n}") for n in (1, 2)]
    here = address("field_split", field.identifier)
    typed = {"title": "Bildung", "goals": [goals[1].pk], "reason": "Zu groß"}
    shown = office.post(here, typed | {"preview": "1"})
    assert shown.status_code == 200
    assert [g.title for g in shown.context["removal"].goals] == ["Ziel 2"]
    assert shown.context["form"]["title"].value() == "Bildung"
    assert concept.fields.count() == 1
    assert office.post(here, typed | {"goals": []}).status_code == 422
    assert office.post(here, typed).status_code == 303
    assert goals[1].refreshed().field.title == "Bildung"


def test_an_organisation_that_is_gone_is_not_offered_any_more(office, measure):
    lead = make.OrganisationFactory(municipality=measure.municipality, title="Früherer Verein")
    here = address("organisation_end", lead.identifier)
    assert office.post(here, {"ended": "on"}).status_code == 303
    asking = office.get(address("measure_ask_lead", measure.identifier))
    assert "Früherer Verein" not in asking.content.decode()
    assert office.post(here, {}).status_code == 303
    assert lead.refreshed().retired_on is None
