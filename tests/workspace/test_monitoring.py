"""Monitoring in the workspace: who is asked, who reports on behalf, what was sent and what runs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community.models import Person
from miteinander.core import outbox
from miteinander.core.models import Event, Job
from miteinander.monitoring.models import StatusReport
from tests.factories import MeasureFactory, MunicipalityFactory, StatusReportFactory, sign_in
from tests.monitoring.test_actions import led_measure

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
QUERIES = 9


@pytest.fixture(autouse=True)
def _towns_answer(settings):
    settings.ALLOWED_HOSTS = [".example"]


def at(name, *args):
    return reverse(f"workspace:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().split())


def silent_measure(**facts):
    measure = led_measure(**facts)
    concept = measure.goal.field.concept
    type(concept).objects.filter(pk=concept.pk).update(
        state="adopted", happened_on=timezone.localdate() - 900 * DAY
    )
    return measure


def test_the_silent_ones_come_first_with_the_two_ways_to_end_it(client):
    measure = silent_measure()
    told = MeasureFactory(goal=measure.goal, state="adopted")
    StatusReportFactory(measure=told)
    sign_in(client, measure.municipality)
    response = client.get(at("monitoring"))
    assert [row for row, _asked in response.context["rows"]] == [measure, told]
    assert "1 Maßnahme ohne Meldung" in text(response)
    assert at("report_ask", measure.identifier) in text(response)
    assert at("report_new", measure.identifier) in text(response)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_as_for_many(client, count, django_assert_num_queries):
    measure = silent_measure()
    for _ in range(count - 1):
        MeasureFactory(goal=measure.goal, state="adopted", lead=measure.lead)
    sign_in(client, measure.municipality)
    client.get(at("monitoring"))  # the frame remembers the office
    with django_assert_num_queries(QUERIES):
        response = client.get(at("monitoring"))
    assert len(response.context["rows"]) == count


def test_asking_is_done_once_a_day_and_said(client):
    measure = silent_measure()
    sign_in(client, measure.municipality)
    first = client.post(at("report_ask", measure.identifier), follow=True)
    assert measure.lead.title in text(first)
    client.post(at("report_ask", measure.identifier))
    assert Event.objects.filter(kind="report.requested").count() == 1
    assert "gefragt am" in text(client.get(at("monitoring")))


def test_asking_all_reaches_every_silent_lead(client):
    measure = silent_measure()
    MeasureFactory(goal=measure.goal, state="adopted", lead=measure.lead)
    MeasureFactory(goal=measure.goal, state="adopted")
    sign_in(client, measure.municipality)
    response = client.post(at("report_ask_all"), follow=True)
    assert "2 Federführungen wurden gefragt" in text(response)
    assert "1 Maßnahme hat keine Federführung" in text(response)


def test_the_coordination_reports_on_behalf(client):
    measure = silent_measure()
    sign_in(client, measure.municipality, function="Koordination")
    response = client.post(
        at("report_new", measure.identifier), {"light": "at_risk", "text": "Die Förderung fehlt."}
    )
    report = StatusReport.objects.get()
    assert response["Location"] == report.get_absolute_url()
    assert (report.light, report.function) == ("at_risk", "Koordination")


def test_a_refused_report_keeps_what_was_typed(client):
    measure = silent_measure(permits=())
    sign_in(client, measure.municipality)
    response = client.post(
        at("report_new", measure.identifier), {"light": "done", "text": "Ist fertig geworden."}
    )
    assert response.status_code == 422
    assert "Ist fertig geworden." in text(response)
    assert not StatusReport.objects.exists()


def test_a_member_sees_and_reports_what_the_own_organisation_leads(client):
    measure = silent_measure()
    other = MeasureFactory(goal=measure.goal, state="adopted")
    user = sign_in(client, measure.municipality, "member")
    assert "leitet keine Maßnahme" in text(client.get(at("monitoring")))
    Person.objects.filter(user=user).update(organisation=measure.lead)
    shown = client.get(at("monitoring"))
    assert [row for row, _asked in shown.context["rows"]] == [measure]
    assert at("report_ask", measure.identifier) not in text(shown)
    assert client.post(at("report_ask", measure.identifier)).status_code == 403
    assert client.post(at("report_ask_all")).status_code == 403
    assert client.get(at("report_new", other.identifier)).status_code == 403
    assert client.post(at("report_new", measure.identifier), {"light": "done"}).status_code == 302


def test_the_outbox_shows_the_text_but_no_sign_in_codes(client):
    town = MunicipalityFactory()
    facts = {"to": "verein@stadt.example", "municipality": town, "at": timezone.now()}
    outbox.queue(key="event:1:a", subject="Wie steht es?", body="Bitte melden Sie sich.", **facts)
    outbox.queue(key="account:1", subject="Ihr Code", body="482913", **facts)
    outbox.queue(key="event:2:a", subject="Fremd", body="x", **(facts | {"municipality": None}))
    sign_in(client, town)
    shown = text(client.get(at("outbox")))
    assert "Wie steht es?" in shown
    assert "Bitte melden Sie sich." in shown
    assert "482913" not in shown
    assert "Fremd" not in shown


def test_background_work_is_shown_with_its_state_and_its_error(client):
    town = MunicipalityFactory()
    Job.objects.create(
        name="core.deliver_mail",
        state="failed",
        error="OSError: no route",
        queued_at=timezone.now(),
    )
    Job.objects.create(
        name="x", municipality=MunicipalityFactory(), error="fremd", queued_at=timezone.now()
    )
    sign_in(client, town)
    shown = text(client.get(at("jobs")))
    assert "OSError: no route" in shown
    assert "Post versenden" in shown
    assert "fremd" not in shown


@pytest.mark.parametrize("name", ["outbox", "jobs"])
def test_the_engine_room_is_for_the_coordination(client, name):
    town = MunicipalityFactory()
    sign_in(client, town, "member")
    assert client.get(at(name)).status_code == 403


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("get", "monitoring"),
        ("get", "outbox"),
        ("get", "jobs"),
        ("post", "report_ask_all"),
        ("get", "report_new"),
        ("post", "report_new"),
        ("post", "report_ask"),
    ],
)
def test_nobody_of_another_town_finds_any_of_it(client, method, name):
    measure = silent_measure()
    sign_in(client, MunicipalityFactory())
    args = [measure.identifier] if name in {"report_new", "report_ask"} else []
    client.defaults["HTTP_HOST"] = measure.municipality.host
    assert getattr(client, method)(at(name, *args)).status_code == 404


def test_whoever_is_not_signed_in_is_led_to_the_door(client):
    town = MunicipalityFactory()
    response = client.get(at("monitoring"), headers={"host": town.host})
    assert response.status_code == 302
    assert "/anmelden/" in response["Location"]
