"""The open pages of the implementation, and reporting by a signed link without an account."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from miteinander.community.queries import frame_of
from miteinander.core.links import read_link, sign_link
from miteinander.core.models import SpentLink
from miteinander.monitoring import queries
from miteinander.monitoring.models import StatusReport
from miteinander.strategy.models import CrossCuttingTheme, Measure
from tests.factories import (
    ConceptFactory,
    FieldOfActionFactory,
    GoalFactory,
    MeasureFactory,
    MunicipalityFactory,
    OfficeFactory,
    StatusReportFactory,
    sign_in,
)
from tests.monitoring.test_actions import led_measure

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _towns_answer(settings):
    settings.ALLOWED_HOSTS = [".example"]


def page(client, town, name, *args, **query):
    return client.get(reverse(f"public:{name}", args=args), query, headers={"host": town.host})


def text(response):
    return " ".join(response.content.decode().split())


def concept_under_way(count=1, *, fields=1):
    """An adopted concept: per field `count` measures each on time, at risk, silent and done."""
    concept = ConceptFactory(state="adopted", happened_on=timezone.localdate() - 800 * DAY)
    for _ in range(fields):
        goal = GoalFactory(field=FieldOfActionFactory(concept=concept))
        for _ in range(count):
            for light, days in (("on_time", 3), ("at_risk", 40), ("on_time", 500), ("done", 700)):
                measure = MeasureFactory(goal=goal, state="adopted")
                StatusReportFactory(
                    measure=measure, light=light, reported_at=timezone.now() - days * DAY
                )
    return concept


def test_the_page_tells_how_many_are_done_and_that_silence_is_unknown(client):
    concept = concept_under_way()
    response = page(client, concept.municipality, "implementation")
    assert "1 von 4 Maßnahmen ist erledigt" in text(response)
    assert "f-silent" in text(response), "silence is drawn, hatched"
    assert {row.state for row in response.context["rows"]} == {
        "on_time",
        "at_risk",
        "unknown",
        "done",
    }
    silent = next(row for row in response.context["rows"] if row.state == "unknown")
    assert silent.reported_on is not None, "the age of the last word stands beside it"


def test_before_a_concept_is_adopted_the_page_says_so(client):
    concept = ConceptFactory(state="drafting")
    assert "noch kein Konzept beschlossen" in text(
        page(client, concept.municipality, "implementation")
    )


@pytest.mark.parametrize("light", ["done", "unknown", "at_risk", "stuck"])
def test_the_filter_shows_what_it_says(client, light):
    concept = concept_under_way(2)
    response = page(client, concept.municipality, "implementation", light=light)
    assert {row.state for row in response.context["rows"]} <= {light}
    assert len(response.context["rows"]) == (0 if light == "stuck" else 2)
    if light == "stuck":
        assert "Keine Maßnahme passt" in text(response)


def test_a_field_can_be_chosen_and_nonsense_is_shown_as_everything(client):
    concept = concept_under_way(1, fields=2)
    field = concept.fields.first()
    one = page(client, concept.municipality, "implementation", field=field.identifier)
    assert len(one.context["rows"]) == 4
    odd = page(client, concept.municipality, "implementation", light="purple", page="many")
    assert len(odd.context["rows"]) == 8


def test_drafts_and_what_is_hidden_stay_out(client):
    concept = concept_under_way()
    goal = concept.fields.get().goals.get()
    draft = MeasureFactory(goal=goal, state="draft", title="Entwurf einer Idee")
    hidden = MeasureFactory(goal=goal, state="adopted", is_public=False, title="Nicht öffentlich")
    response = page(client, concept.municipality, "implementation")
    assert draft.title not in text(response)
    assert hidden.title not in text(response)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_costs_at_most_eight_queries(
    client, count, language, django_assert_max_num_queries
):
    concept = concept_under_way(count, fields=count)
    OfficeFactory(municipality=concept.municipality)
    frame_of(concept.municipality)  # the frame is warm
    with translation.override(language), django_assert_max_num_queries(8):
        response = page(client, concept.municipality, "implementation")
    assert len(response.context["rows"]) == min(20, 4 * count * count)


def test_a_long_list_has_pages_that_keep_the_filter(client):
    concept = concept_under_way(27)
    first = page(client, concept.municipality, "implementation", light="done")
    assert len(first.context["rows"]) == 20
    assert "light=done" in text(first)
    second = page(client, concept.municipality, "implementation", light="done", page=2)
    assert len(second.context["rows"]) == 7


def test_a_report_shows_its_words_its_function_and_the_earlier_ones(client):
    measure = led_measure()
    old = StatusReportFactory(measure=measure, is_latest=False, light="at_risk")
    new = StatusReportFactory(
        measure=measure, text="Der Treffpunkt ist offen.", reported_at=timezone.now() + DAY
    )
    shown = page(client, measure.municipality, "report", new.identifier)
    assert "Der Treffpunkt ist offen." in text(shown)
    assert "Federführung" in text(shown)
    assert old.get_absolute_url() in text(shown)
    earlier = page(client, measure.municipality, "report", old.identifier)
    assert "neuere Meldung" in text(earlier)


@pytest.mark.parametrize("count", [1, 3])
def test_a_report_costs_at_most_eight_queries(client, count, django_assert_max_num_queries):
    measure = led_measure()
    OfficeFactory(municipality=measure.municipality)
    for number in range(count):
        StatusReportFactory(measure=measure, is_latest=number == 0)
    report = StatusReport.objects.first()
    frame_of(measure.municipality)  # the frame is warm
    with django_assert_max_num_queries(8):
        response = page(client, measure.municipality, "report", report.identifier)
    assert len(response.context["others"]) == count - 1


def test_reports_of_another_town_or_hidden_ones_are_not_there(client):
    report = StatusReportFactory()
    hidden = StatusReportFactory(is_public=False)
    elsewhere = MunicipalityFactory()
    assert page(client, elsewhere, "report", report.identifier).status_code == 404
    assert page(client, hidden.municipality, "report", hidden.identifier).status_code == 404
    sign_in(client, hidden.municipality, "member")
    assert page(client, hidden.municipality, "report", hidden.identifier).status_code == 200


# --- by a signed link -------------------------------------------------------------------------


def link_for(measure, **more):
    facts = {"function": measure.lead.title, "at": timezone.now(), "days": 30} | more
    return sign_link("report-status", measure, **facts)


def send(client, measure, link, **data):
    return client.post(link.path, data, headers={"host": measure.municipality.host})


def opened(client, measure, link):
    return client.get(link.path, headers={"host": measure.municipality.host})


def test_the_lead_reports_without_an_account_and_is_told_where_it_stands(client):
    measure = led_measure()
    link = link_for(measure)
    form = opened(client, measure, link)
    assert measure.title in text(form)
    assert measure.lead.title in text(form)
    assert not SpentLink.objects.exists(), "looking does not use it up"

    done = send(client, measure, link, light="on_time", text="Läuft gut.", next_step="Weiter")

    report = StatusReport.objects.get()
    assert (report.light, report.text, report.function) == (
        "on_time",
        "Läuft gut.",
        measure.lead.title,
    )
    assert f"http://{measure.municipality.host}{report.get_absolute_url()}" in text(done)
    again = send(client, measure, link, light="done")
    assert again.status_code == 410
    assert opened(client, measure, link).status_code == 410
    assert StatusReport.objects.count() == 1


def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(client):
    measure = led_measure()
    link = link_for(measure)
    nothing = send(client, measure, link, text="Es fehlt an Räumen.")
    assert nothing.status_code == 422
    assert "Es fehlt an Räumen." in text(nothing)
    no_reason = send(client, measure, link, light="stuck", next_step="Gespräch")
    assert no_reason.status_code == 422
    assert "Gespräch" in text(no_reason)
    assert 'value="stuck"' in text(no_reason)
    assert not StatusReport.objects.exists()
    assert send(client, measure, link, light="stuck", text="Räume fehlen.").status_code == 200


def test_a_phase_that_does_not_permit_it_keeps_the_text_and_the_link(client):
    measure = led_measure(permits=())
    link = link_for(measure)
    assert "kann zurzeit nichts gemeldet werden" in text(opened(client, measure, link))
    refused = send(client, measure, link, light="done", text="Alles fertig.")
    assert refused.status_code == 422
    assert "Alles fertig." in text(refused)
    assert not SpentLink.objects.exists()


def test_forged_expired_and_foreign_links_lead_nowhere(client):
    measure = led_measure()
    link = link_for(measure)
    forged = client.get(f"{link.path[:-3]}xx/", headers={"host": measure.municipality.host})
    assert forged.status_code == 404
    expired = link_for(measure, at=timezone.now() - 31 * DAY)
    assert send(client, measure, expired, light="done").status_code == 410
    elsewhere = MunicipalityFactory()
    foreign = client.post(link.path, {"light": "done"}, headers={"host": elsewhere.host})
    assert foreign.status_code == 404
    assert not StatusReport.objects.exists()


def test_a_link_counts_for_its_measure_only_whoever_is_signed_in(client):
    measure = led_measure()
    sign_in(client, measure.municipality, "member")
    send(client, measure, link_for(measure), light="done")
    report = queries.reports_of(measure).get()
    assert report.function == measure.lead.title


def test_the_form_speaks_english_too(client):
    measure = led_measure()
    with translation.override("en"):
        link = link_for(measure)
        assert read_link(link.token, at=timezone.now()).thing == measure.pk
        assert "You need no account" in text(opened(client, measure, link))


# --- what moved, and where it is silent ---


def report(measure, light, days, **also):
    return StatusReportFactory(
        measure=measure,
        light=light,
        reported_at=timezone.now() - days * DAY,
        is_latest=also.pop("is_latest", True),
        **also,
    )


def adopted_measure(concept, **also):
    goal = GoalFactory(field=FieldOfActionFactory(concept=concept))
    return MeasureFactory(goal=goal, state="adopted", **also)


def test_only_what_changed_in_the_last_year_has_moved_and_the_newest_stands_first():
    concept = ConceptFactory(state="adopted", happened_on=timezone.localdate() - 800 * DAY)
    moved, moved_later, same, long_ago, first = (adopted_measure(concept) for _ in range(5))
    for measure, before, after, days in (
        (moved, "on_time", "at_risk", 40),
        (moved_later, "at_risk", "done", 3),
        (same, "on_time", "on_time", 5),
        (long_ago, "on_time", "done", 500),
    ):
        report(measure, before, days + 100, is_latest=False)
        report(measure, after, days)
    report(first, "on_time", 2)

    changes = queries.changes_since(concept, since=timezone.now() - 365 * DAY)

    assert [(c.measure.pk, c.before, c.report.light) for c in changes] == [
        (moved_later.pk, "at_risk", "done"),
        (moved.pk, "on_time", "at_risk"),
    ]


def test_a_report_that_is_not_public_moves_nothing():
    concept = ConceptFactory(state="adopted", happened_on=timezone.localdate() - 800 * DAY)
    measure = adopted_measure(concept)
    report(measure, "at_risk", 90, is_latest=False, is_public=False)
    report(measure, "on_time", 3)

    assert queries.changes_since(concept, since=timezone.now() - 365 * DAY) == []


def test_the_longest_silence_stands_first_and_never_comes_before_long_ago():
    concept = ConceptFactory(state="adopted", happened_on=timezone.localdate() - 800 * DAY)
    never, long_ago, longer_ago, heard = (adopted_measure(concept) for _ in range(4))
    report(long_ago, "on_time", 400)
    report(longer_ago, "on_time", 700)
    report(heard, "on_time", 3)

    found = queries.opening_of(concept, at=timezone.now(), most=1, silent=3, key=1).silent

    assert [measure.pk for measure in found] == [never.pk, longer_ago.pk, long_ago.pk]


def test_every_number_of_the_table_leads_to_the_measures_behind_it(client):
    concept = concept_under_way()
    field = concept.fields.get()
    shown = text(page(client, concept.municipality, "implementation"))

    assert f'href="?light=done&amp;field={field.identifier}#list">1</a>' in shown
    assert f'href="?light=&amp;field={field.identifier}#list">4</a>' in shown
    assert 'href="?light=stuck' not in shown.split("</table>")[0]  # nought leads nowhere


def test_the_list_is_chosen_by_theme_and_by_target_group(client):
    concept = concept_under_way(fields=2)
    first, second = concept.fields.order_by("pk")
    across = CrossCuttingTheme.objects.create(
        municipality=concept.municipality, concept=concept, title="Sozialraum", is_public=True
    )
    for field, group in ((first, "Eltern, Kinder"), (second, "Kinderärzte")):
        for measure in Measure.objects.filter(goal__field=field):
            measure.target_groups = group
            measure.save()
    Measure.objects.filter(goal__field=first).first().cross_cutting_themes.add(across)

    for choice, count in (
        ({"target_group": "Kinder"}, 4),
        ({"target_group": "Kinder", "light": "done"}, 1),
        ({"target_group": "Kinder", "field": second.identifier}, 0),
        ({"cross_cutting_theme": across.identifier}, 1),
        ({"cross_cutting_theme": across.identifier, "target_group": "Kinderärzte"}, 0),
    ):
        shown = page(client, concept.municipality, "implementation", **choice)
        assert len(shown.context["rows"]) == count, choice
        assert shown.context["page"].paginator.count == count, choice
        assert shown.context["is_filtered"]


def test_every_number_across_the_fields_leads_to_its_measures(client):
    concept = concept_under_way(fields=2)
    across = CrossCuttingTheme.objects.create(
        municipality=concept.municipality, concept=concept, title="Sozialraum", is_public=True
    )
    adopted = list(Measure.objects.filter(goal__field=concept.fields.first())[:3])
    across.measures.set(adopted)
    hidden = MeasureFactory(goal=adopted[0].goal, state="adopted", is_public=False)
    draft = MeasureFactory(goal=adopted[0].goal, state="submitted")
    across.measures.add(hidden, draft)

    matrix = page(client, concept.municipality, "implementation").context["matrix"]

    (row,) = matrix.rows
    assert [cell.text for cell in row.cells] == [3, 0]
    assert row.cells[1].url == ""
    query = dict(
        part.split("=")
        for part in row.cells[0].url.removeprefix("?").removesuffix("#list").split("&")
    )
    behind = page(client, concept.municipality, "implementation", **query)
    assert behind.context["page"].paginator.count == 3


def test_key_measures_stand_apart_with_their_status_in_the_order_of_the_concept(client):
    concept = concept_under_way(count=8)
    last = Measure.objects.filter(goal__field__concept=concept).order_by("-position", "-pk").first()
    last.is_key = True
    last.save()
    MeasureFactory(goal=last.goal, state="adopted", is_public=False, is_key=True)
    MeasureFactory(goal=last.goal, state="submitted", is_key=True)

    shown = page(client, concept.municipality, "implementation")

    assert [row.url for row in shown.context["key"]] == [last.get_absolute_url()]
    assert (
        shown.context["key"][0].state == queries.status_of([last], at=timezone.now())[last.pk].light
    )
    assert len(shown.context["rows"]) == 20
    assert last.get_absolute_url() not in {row.url for row in shown.context["rows"]}


def test_three_lists_in_one_query_are_the_lists_one_by_one(django_assert_num_queries):
    concept = concept_under_way(count=7, fields=2)
    at = timezone.now()
    for measure in Measure.objects.filter(goal__field__concept=concept)[::5]:
        measure.is_key = True
        measure.save()
    with django_assert_num_queries(1):
        opening = queries.opening_of(concept, at=at, most=5, silent=4, key=3)
    every = list(queries.measures_under_way(concept, at=at))
    silent = [m for m in every if m.light == "unknown"]
    assert [m.pk for m in opening.first] == [m.pk for m in every[:5]]
    assert [m.pk for m in opening.key] == [m.pk for m in every if m.is_key][:3]
    assert [m.pk for m in opening.silent] == [
        m.pk for m in sorted(silent, key=lambda m: (m.reported_at, m.pk))[:4]
    ]


def test_history_tells_status_and_reports_together(django_assert_num_queries):
    concept = ConceptFactory(state="adopted", happened_on=timezone.localdate() - 800 * DAY)
    measure = adopted_measure(concept)
    report(measure, "at_risk", 300, is_latest=False)
    report(measure, "stuck", 200, is_latest=False, is_public=False)
    report(measure, "on_time", 3)

    with django_assert_num_queries(1):
        history = queries.history_of(measure, at=timezone.now())

    assert history.status == queries.status_of([measure], at=timezone.now())[measure.pk]
    assert [one.light for one in history.reports] == ["on_time", "at_risk"]
    assert queries.history_of(adopted_measure(concept), at=timezone.now()).reports == ()
