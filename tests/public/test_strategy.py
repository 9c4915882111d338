"""The concept as everybody reads it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community.actions import end_organisation
from miteinander.core.links import sign_link
from miteinander.core.standing import Role
from miteinander.monitoring.queries import Status
from miteinander.public.views.strategy import measure_rows
from miteinander.strategy import actions, queries
from miteinander.strategy.models import CrossCuttingTheme, FieldOfAction
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def concept():
    return make.ConceptFactory(process=make.PhaseFactory().process)


@pytest.fixture
def by(concept):
    return make.coordinator(concept.municipality)


@pytest.fixture
def field(concept):
    return make.FieldOfActionFactory(concept=concept, number="1", title="Sprache")


@pytest.fixture
def reader(client, concept):
    client.defaults["HTTP_HOST"] = concept.municipality.host
    return client


def page(client, thing):
    response = client.get(thing.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def measure_in(field, **more):
    return make.MeasureFactory(goal=make.GoalFactory(field=field), **more)


def test_the_concept_counts_its_goals_and_measures_itself(reader, concept, field):
    measure_in(field, state="adopted")
    measure_in(field, state="adopted")
    measure_in(field, is_public=False, title="Noch geheim")
    text = page(reader, concept)
    assert "Noch geheim" not in text
    context = reader.get(concept.get_absolute_url()).context
    assert (context["kept"], context["goals"], context["measures"]) == (1, 3, 2)


def test_a_retired_field_keeps_answering_and_says_where_things_went(reader, concept, field, by):
    housing = make.FieldOfActionFactory(concept=concept, title="Wohnen")
    goal = actions.grow_goal(housing, title="Wohnung finden", by=by, at=by.at)
    actions.retire_field(housing, reason="Zu groß", moved_to={goal: field}, by=by, at=by.at)
    text = page(reader, housing)
    assert "Zu groß" in text
    assert field.get_absolute_url() in text
    assert housing.get_absolute_url() in page(reader, field)
    assert housing.get_absolute_url() in page(reader, concept)


def test_a_renamed_field_says_what_it_was_called(reader, field, by):
    actions.rename_field(field, title="Sprache und Bildung", by=by, at=by.at)
    text = page(reader, field)
    assert "<h1>Sprache und Bildung</h1>" in text
    assert " Sprache</p>" in text


def test_a_field_is_filtered_by_lead_theme_and_state(reader, concept, field):
    lead = make.OrganisationFactory(municipality=concept.municipality, title="Volkshochschule")
    across = CrossCuttingTheme.objects.create(
        municipality=concept.municipality, concept=concept, title="Sozialraum", is_public=True
    )
    wanted = measure_in(field, lead=lead, state="submitted", title="Gesucht")
    wanted.cross_cutting_themes.add(across)
    measure_in(field, state="submitted", title="Anderes")
    for choice in ({"lead": lead.identifier}, {"cross_cutting_theme": across.identifier}):
        text = reader.get(field.get_absolute_url(), choice).content.decode()
        assert "Gesucht" in text
        assert "Anderes" not in text
    context = reader.get(field.get_absolute_url(), {"lead": "unbekannt"}).context
    assert context["form"].errors


def test_a_field_is_filtered_by_target_group(reader, field):
    measure_in(field, state="submitted", title="Gesucht", target_groups="Eltern; kinder")
    measure_in(field, state="submitted", title="Anderes", target_groups="Kinderärzte, Eltern")
    response = reader.get(field.get_absolute_url(), {"target_group": "kinder"})
    assert "Gesucht" in response.content.decode()
    assert "Anderes" not in response.content.decode()
    offered = [value for value, _label in response.context["form"].fields["target_group"].choices]
    assert offered == ["", "Eltern", "kinder", "Kinderärzte"]
    unknown = reader.get(field.get_absolute_url(), {"target_group": "<b>"})
    assert unknown.context["form"].errors
    assert "<b>" not in unknown.content.decode().split("Ziele")[1].split("Zielgruppe")[0]


def test_every_number_across_the_fields_leads_to_so_many_measures(reader, concept, field):
    other = make.FieldOfActionFactory(concept=concept, title="Gesundheit", is_public=True)
    empty = make.FieldOfActionFactory(concept=concept, title="Noch leer", is_public=True)
    across, never = (
        CrossCuttingTheme.objects.create(
            municipality=concept.municipality, concept=concept, title=title, is_public=True
        )
        for title in ("Sozialraum", "Strukturen")
    )
    for where, count in ((field, 2), (other, 1)):
        for _ in range(count):
            measure_in(where, state="submitted").cross_cutting_themes.add(across)
    measure_in(field, state="retired").cross_cutting_themes.add(across)
    measure_in(field, state="draft", is_public=False).cross_cutting_themes.add(across)

    matrix = reader.get(concept.get_absolute_url()).context["matrix"]

    assert [head.label for head in matrix.columns] == [field.title, other.title]
    assert empty.title not in {head.label for head in matrix.columns}
    assert [[cell.text for cell in row.cells] for row in matrix.rows] == [[2, 1], [0, 0]]
    assert [cell.url for cell in matrix.rows[1].cells] == ["", ""], never.title
    for cell in matrix.rows[0].cells:
        behind = reader.get(cell.url.partition("#")[0])
        assert behind.context["found"] == cell.text
    assert "„Sozialraum“ kommt am häufigsten vor: in 3 Maßnahmen." in str(matrix.sentence)


def test_key_measures_stand_on_the_page_of_their_edition(client, reader, concept, field):
    measure_in(field, state="submitted", title="Vorn", is_key=True)
    measure_in(field, state="submitted", title="Später")
    measure_in(field, state="draft", title="Entwurf", is_key=True, is_public=False)
    measure_in(field, state="retired", title="Aufgegeben", is_key=True)
    shown = reader.get(concept.get_absolute_url())
    assert [row.title for row in shown.context["key"]] == ["Vorn"]
    assert "Schlüsselmaßnahmen" in shown.content.decode()


def test_without_key_measures_and_themes_the_page_is_silent_about_them(reader, concept, field):
    measure_in(field, state="submitted")
    shown = reader.get(concept.get_absolute_url())
    assert shown.context["matrix"] is None
    assert "Schlüsselmaßnahmen" not in shown.content.decode()


def test_a_measure_shows_that_its_lead_has_not_accepted(reader, field, by):
    lead = make.OrganisationFactory(municipality=field.municipality, title="Volkshochschule")
    measure = measure_in(field, state="submitted")
    actions.ask_lead(measure, organisation=lead, by=by, at=by.at)
    shown = reader.get(measure.get_absolute_url()).context
    assert not shown["lead_accepted"]
    assert "Volkshochschule (" in shown["lead"]
    actions.accept_lead(measure, by=by, at=by.at)
    shown = reader.get(measure.get_absolute_url()).context
    assert shown["lead_accepted"]
    assert shown["lead"] == "Volkshochschule"


def test_a_measure_carries_its_objections_and_its_thread(reader, field, by):
    theme = make.ThemeFactory(process=field.concept.process, title="Deutsch im Alltag")
    goal = actions.grow_goal(field, title="Sprechen", themes=[theme], by=by, at=by.at)
    measure = make.MeasureFactory(goal=goal, state="submitted")
    make.ObjectionFactory(measure=measure, reason="Ehrenamtliche bleiben allein.")
    make.ObjectionFactory(measure=measure, state="withdrawn", reason="Nicht mehr gemeint.")
    text = page(reader, measure)
    assert "Ehrenamtliche bleiben allein." in text
    assert "Nicht mehr gemeint." not in text
    type(goal.as_thing()).objects.filter(pk=goal.pk).update(is_public=True)
    assert theme.get_absolute_url() in page(reader, goal)


def test_example_marks_stand_on_every_page(reader, concept, field):
    measure = measure_in(field, is_example=True, state="submitted")
    assert "Beispiel" in page(reader, measure)
    assert "Beispiel" in page(reader, field)


@pytest.mark.parametrize("kind", ["field", "goal", "measure"])
def test_drafts_are_hidden_from_visitors_and_open_to_members(client, reader, field, kind):
    goal = make.GoalFactory(field=field, is_public=False)
    measure = make.MeasureFactory(goal=goal, is_public=False)
    FieldOfAction.objects.filter(pk=field.pk).update(scope="Intern")
    type(field.as_thing()).objects.filter(pk=field.pk).update(is_public=False)
    thing = {"field": field, "goal": goal, "measure": measure}[kind]
    assert reader.get(thing.get_absolute_url()).status_code == 404
    make.sign_in(client, field.municipality, Role.MEMBER)
    assert client.get(thing.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("kind", ["concept", "field", "goal", "measure"])
def test_another_town_finds_nothing_here(client, field, kind):
    measure = measure_in(field)
    thing = {
        "concept": field.concept, "field": field, "goal": measure.goal, "measure": measure,
    }[kind]  # fmt: skip
    make.sign_in(client, make.MunicipalityFactory())
    assert client.get(thing.get_absolute_url()).status_code == 404


QUERIES = {"concepts": 2, "concept": 7, "field": 7, "goal": 6, "measure": 7, "theme": 5}


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_one_row_as_for_many(
    reader, field, name, count, django_assert_num_queries
):
    concept = field.concept
    across = CrossCuttingTheme.objects.create(
        municipality=concept.municipality, concept=concept, title="Sozialraum", is_public=True
    )
    goal = make.GoalFactory(field=field)
    for _ in range(count):
        lead = make.OrganisationFactory(municipality=concept.municipality)
        measure = make.MeasureFactory(goal=goal, state="adopted", lead=lead)
        measure.cross_cutting_themes.add(across)
        make.StatusReportFactory(measure=measure)
        make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))
    for _ in range(count):
        make.ObjectionFactory(measure=measure)
        measure.partners.add(make.OrganisationFactory(municipality=concept.municipality))
    address = {
        "concepts": reverse("public:concepts"),
        "concept": concept.get_absolute_url(),
        "field": field.get_absolute_url(),
        "goal": goal.get_absolute_url(),
        "measure": measure.get_absolute_url(),
        "theme": across.get_absolute_url(),
    }[name]
    reader.get(address)  # the frame remembers the office
    with django_assert_num_queries(QUERIES[name]):
        response = reader.get(address)
    assert response.status_code == 200
    if name in ("field", "goal", "theme"):
        assert response.content.decode().count('class="measure"') == count


# --- the lead answers by link ----------------------------------------------------------------


@pytest.fixture
def asked(field, by):
    lead = make.OrganisationFactory(municipality=field.municipality, title="Volkshochschule")
    return actions.ask_lead(measure_in(field, is_public=False), organisation=lead, by=by, at=by.at)


def test_the_lead_reads_the_sheet_and_declines_with_a_reason(reader, asked):
    link = queries.accept_link(asked, at=timezone.now())
    assert asked.title in reader.get(link.path).content.decode()
    refused = reader.post(link.path, {"answer": "decline", "reason": ""})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    reader.post(link.path, {"answer": "decline", "reason": "Kein Personal"})
    assert (asked.refreshed().lead_state, asked.refreshed().lead_reason) == (
        "declined", "Kein Personal",
    )  # fmt: skip
    assert reader.post(link.path, {"answer": "accept"}).status_code == 410


def test_forged_expired_and_foreign_links_are_refused(client, reader, asked):
    now = timezone.now()
    link = queries.accept_link(asked, at=now)
    assert reader.get(f"{link.path[:-3]}x/").status_code == 404
    old = queries.accept_link(asked, at=now - dt.timedelta(days=400))
    assert reader.post(old.path, {"answer": "accept"}).status_code == 410
    other = sign_link("report-nothing", asked, function="x", at=now, days=1)
    assert reader.post(other.path, {"answer": "accept"}).status_code == 404
    client.defaults["HTTP_HOST"] = make.MunicipalityFactory().host
    assert client.post(link.path, {"answer": "accept"}).status_code == 404
    assert asked.refreshed().lead_state == "asked"


def test_the_link_of_the_organisation_asked_before_is_closed(reader, asked, by):
    link = queries.accept_link(asked, at=timezone.now())
    other = make.OrganisationFactory(municipality=asked.municipality)
    actions.ask_lead(asked, organisation=other, by=by, at=by.at)
    assert reader.get(link.path).status_code == 422
    assert reader.post(link.path, {"answer": "accept"}).status_code == 422
    assert asked.refreshed().lead_state == "asked"


def test_the_lead_asks_for_a_change_by_link_and_everybody_sees_that_it_has_not_accepted(
    reader, asked
):
    link = queries.accept_link(asked, at=timezone.now())
    unchanged = {"text": asked.text, "starts": "", "ends": "", "cost_once": "", "staff_need": ""}
    refused = reader.post(link.path, {"answer": "wish", "cost_yearly": "5.000", **unchanged})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert "5.000" in refused.content.decode()
    answer = {"answer": "wish", "reason": "Eine halbe Stelle fehlt", "cost_yearly": "5.000"}
    assert reader.post(link.path, answer | unchanged).status_code == 200
    measure = asked.refreshed()
    assert (measure.lead_state, measure.lead_terms) == ("wished", {"cost_yearly": 5000})
    assert reader.get(link.path).status_code == 410
    type(measure).objects.filter(pk=measure.pk).update(is_public=True)
    text = page(reader, measure)
    assert "Eine halbe Stelle fehlt" in text
    assert not reader.get(measure.get_absolute_url()).context["lead_accepted"]


def test_the_sheet_to_write_over_is_folded_until_a_change_is_asked_for(reader, asked):
    link = queries.accept_link(asked, at=timezone.now())
    folded = '<details class="fold"><summary>'
    assert folded in reader.get(link.path).content.decode()
    for answer in ({"answer": "wish"}, {"answer": "decline", "cost_yearly": "viel"}):
        refused = reader.post(link.path, answer).content.decode()
        assert folded not in refused
        assert '<details class="fold" open><summary>' in refused


def test_a_lead_that_does_not_exist_any_more_is_told_so_and_is_asked_nothing(reader, asked, by):
    link = queries.accept_link(asked, at=timezone.now())
    end_organisation(asked.lead, by=by, at=by.at)
    page = reader.get(link.path)
    assert (page.context["is_open"], "nicht mehr gibt" in page.content.decode()) == (False, True)
    assert reader.post(link.path, {"answer": "accept"}).status_code == 422
    assert asked.refreshed().lead_state == "asked"


def test_a_lead_that_wishes_an_unexpected_cost_is_asked_back_as_well(reader, asked):
    link = queries.accept_link(asked, at=timezone.now())
    wish = {"answer": "wish", "reason": "Zu wenig", "cost_yearly": "18.000.000"}
    page = reader.post(link.path, wish)
    assert page.status_code == 422
    assert 'name="sure" value="18000000"' in page.content.decode()
    assert "Zu wenig" in page.content.decode()
    assert reader.post(link.path, wish | {"sure": "18000000"}).status_code == 200
    assert asked.refreshed().lead_terms["cost_yearly"] == 18_000_000


def test_the_answer_to_a_wish_stands_above_the_question(reader, asked, by):
    actions.wish_change(asked, reason="Zu teuer", by=by, at=by.at)
    again = actions.answer_wish(asked, note="Wir haben gekürzt", by=by, at=by.at)
    link = queries.accept_link(again, at=timezone.now())
    assert "Wir haben gekürzt" in reader.get(link.path).content.decode()


def test_a_report_after_midnight_lies_on_the_day_of_the_town(field):
    measure = make.MeasureFactory(goal__field=field)
    night = dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)  # half past midnight, 2 July
    [row] = measure_rows([measure], {measure.pk: Status("green", night)})
    assert row.reported_on == dt.date(2026, 7, 2)


def test_the_bar_of_a_field_says_what_was_handed_in(reader, field):
    FieldOfAction.objects.filter(pk=field.pk).update(is_public=True, state="kept")
    goal = make.GoalFactory(field=field, is_public=True)
    make.MeasureFactory.create_batch(2, goal=goal, state="submitted", is_public=True)
    text = page(reader, field)
    legend = text[text.index('class="legend"') :].partition("</ul>")[0]
    assert "abgegeben" in legend
    assert "Entwurf" not in legend
