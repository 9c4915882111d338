"""The process as everybody may follow it: what is shown, what is not, what it costs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community.queries import frame_of
from miteinander.process import actions
from miteinander.process.actions import Agreement
from miteinander.process.models import Milestone
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def process(town):
    return make.ProcessFactory(municipality=town, question="Wie leben wir gut zusammen?")


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("name", "factory"),
    [
        ("process", make.ProcessFactory),
        ("meeting", make.MeetingFactory),
        ("resolution", make.ResolutionFactory),
    ],
)
def test_what_is_not_public_or_of_another_town_is_not_there(client, town, name, factory):
    of_town = (
        {"municipality": town}
        if name == "process"
        else {"process": make.ProcessFactory(municipality=town)}
    )
    public, hidden, abroad = factory(**of_town), factory(**of_town, is_public=False), factory()

    def status(row):
        return client.get(reverse(f"public:{name}", args=[row.identifier])).status_code

    assert [status(row) for row in (public, hidden, abroad)] == [200, 404, 404]


def test_member_of_another_town_sees_no_more_than_a_visitor(client, town, process):
    hidden = make.ProcessFactory(municipality=town, is_public=False)
    make.sign_in(client, make.MunicipalityFactory())
    client.defaults["HTTP_HOST"] = "testserver"

    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert hidden.title not in text(client.get(reverse("public:processes")))


def test_process_shows_question_phases_and_both_durations(client, process):
    process.starts, process.planned_months = TODAY - 800 * DAY, 18
    process.save()
    make.PhaseFactory(process=process, title="Beteiligung läuft", permits=["contribute"])
    make.PhaseFactory(
        process=process,
        title="Fachrunden vorbei",
        starts=TODAY - 90 * DAY,
        ends=TODAY - 30 * DAY,
        closed_despite="Zwei Beiträge waren nicht lesbar.",
    )
    make.PhaseFactory(process=process, title="Beschluss folgt", starts=TODAY + 30 * DAY, ends=None)

    shown = text(client.get(process.get_absolute_url()))

    assert "Wie leben wir gut zusammen?" in shown
    assert "18 Monate" in shown
    assert "26 Monate" in shown
    assert "Zwei Beiträge waren nicht lesbar." in shown
    current = shown.split('aria-current="step"')[1]
    assert current.index("Beteiligung läuft") < 200
    assert shown.count('aria-current="step"') == 2  # on the line across the page and in the list


def test_process_names_seats_by_function_and_no_person(client, town, process):
    body = make.BodyFactory(municipality=town, title="Steuerungsgruppe")
    person = make.PersonFactory(municipality=town, name="Ada Muster", email="ada@stadt.example")
    perspective = make.PerspectiveFactory(municipality=town, title="Blick der Schulen")
    make.SeatFactory(body=body, function="Leitung", holder=person, perspective=perspective)
    process.bodies.add(body)

    for address in (process.get_absolute_url(), body.get_absolute_url()):
        shown = text(client.get(address))
        assert "Leitung" in shown
        assert "Blick der Schulen" in shown
        assert "Ada Muster" not in shown
        assert "ada@stadt.example" not in shown


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("language", "queries"), [("de", 7), ("en", 8)])
def test_process_costs_the_same_for_one_row_as_for_many(
    *, client, process, count, language, queries, django_assert_num_queries
):
    make.PhaseFactory.create_batch(count, process=process)
    make.MeetingFactory.create_batch(count, process=process)
    make.ResolutionFactory.create_batch(count, process=process)
    for number in range(count):
        Milestone.objects.create(process=process, title=f"Stein {number}", on=TODAY)
        body = make.BodyFactory(municipality=process.municipality)
        make.SeatFactory.create_batch(count, body=body)
        process.bodies.add(body)
    address = process.get_absolute_url().replace("/de/", f"/{language}/")
    frame_of(process.municipality)  # the frame is warm

    with django_assert_num_queries(queries):
        # town, process, phases, milestones, happenings, bodies; translations
        response = client.get(address)

    assert len(response.context["page"].happenings) == 2 * count


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_row_as_for_many(
    client, process, count, django_assert_num_queries
):
    for number in range(count):
        make.MeetingFactory(process=process, happened_on=TODAY + DAY, title=f"Später {number}")
        make.MeetingFactory(process=process, happened_on=TODAY - DAY, title=f"Früher {number}")
        make.ProcessFactory(municipality=process.municipality)
    hidden = make.MeetingFactory(process=process, title="Geheime Runde", is_public=False)

    with django_assert_num_queries(7):  # town, upcoming, count and page of the past, frame thrice
        dates = client.get(reverse("public:meetings"))
    with django_assert_num_queries(3):  # town, count and page; the frame is warm
        processes = client.get(reverse("public:processes"))

    assert (len(dates.context["upcoming"]), len(dates.context["earlier"])) == (count, count)
    assert hidden.title not in text(dates)
    assert len(processes.context["rows"]) == count + 1


def test_empty_lists_say_why_and_what_comes_next(client, town):
    assert "Noch ist kein Prozess öffentlich." in text(client.get(reverse("public:processes")))
    assert "Neue Termine stehen hier, sobald sie feststehen." in text(
        client.get(reverse("public:meetings"))
    )


def test_past_meetings_are_shown_page_by_page(client, process):
    for number in range(21):
        make.MeetingFactory(process=process, happened_on=TODAY - (number + 1) * DAY)

    first = client.get(reverse("public:meetings"))
    second = client.get(reverse("public:meetings"), {"page": 2})

    assert (len(first.context["earlier"]), len(second.context["earlier"])) == (20, 1)


def test_minutes_and_agreements_appear_with_the_approval(client, process, by):
    body = make.BodyFactory(municipality=process.municipality)
    meeting = actions.announce_meeting(
        process, body=body, title="Auftakt", on=TODAY, agenda=["Begrüßung"], **by
    )
    minutes = actions.record_minutes(
        meeting,
        text="Wir haben **viel** gehört.",
        agreements=[Agreement("Einen Raum suchen", "Amt für Integration")],
        **by,
    )

    before = text(client.get(meeting.get_absolute_url()))
    assert "Begrüßung" in before
    assert "Einen Raum suchen" not in before
    assert client.get(minutes.get_absolute_url()).status_code == 404

    actions.approve_minutes(minutes, **by)

    after = text(client.get(meeting.get_absolute_url()))
    assert "Einen Raum suchen" in after
    assert minutes.get_absolute_url() in after
    assert "<strong>viel</strong>" in text(client.get(minutes.get_absolute_url()))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("language", "queries"), [("de", 7), ("en", 8)])
def test_meeting_costs_the_same_for_one_row_as_for_many(
    *, client, process, by, count, language, queries, django_assert_num_queries
):
    body = make.BodyFactory(municipality=process.municipality)
    meeting = actions.announce_meeting(
        process, body=body, title="Auftakt", on=TODAY, agenda=["Punkt"] * count, **by
    )
    minutes = actions.record_minutes(
        meeting,
        text="Gesagt",
        agreements=[Agreement(f"Aufgabe {n}", "Amt") for n in range(count)],
        **by,
    )
    actions.approve_minutes(minutes, **by)
    for number in range(count):
        actions.resolve(
            process,
            body=body,
            meeting=meeting,
            title=f"Beschluss {number}",
            on=TODAY,
            kind="other",
            result="agreed",
            **by,
        )
    address = meeting.get_absolute_url().replace("/de/", f"/{language}/")
    process.municipality.refresh_from_db()
    frame_of(process.municipality)  # the frame is warm

    with django_assert_num_queries(queries):
        # town, meeting, minutes, lines, thread twice; translations
        response = client.get(address)

    page = response.context["page"]
    assert (len(page.agenda), len(page.tasks), len(page.resolutions)) == (count, count, count)


def test_resolution_shows_votes_wording_and_where_it_leads(client, process, by):
    committee = make.BodyFactory(municipality=process.municipality, body_kind="committee")
    mandate = actions.resolve(
        process,
        body=committee,
        title="Auftrag an die Verwaltung",
        text="Die Stadt soll ein Konzept bekommen.",
        on=TODAY,
        kind="mandate",
        result="majority",
        votes_for=12,
        votes_against=3,
        **by,
    )

    shown = text(client.get(mandate.get_absolute_url()))

    assert "12 dafür, 3 dagegen, 0 enthalten" in shown
    assert "Die Stadt soll ein Konzept bekommen." in shown
    thread = shown.split('class="thread')[1]
    assert process.title in thread


def test_invented_things_carry_the_mark(client, process):
    make.MeetingFactory(process=process, title="Erfunden", is_example=True)
    make.MeetingFactory(process=process, title="Belegt")

    shown = text(client.get(reverse("public:meetings")))

    assert shown.count("Beispiel</") == 1
    assert shown.index("Erfunden") < shown.index("Beispiel</")
