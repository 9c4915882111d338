"""Pages of the radar: sentences first, nothing small anywhere, targets with what was typed."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from miteinander.community import insights as community
from miteinander.community import queries
from miteinander.community.models import Characteristic, SelfDescription, Target, TargetShare
from miteinander.process import insights as process
from miteinander.process.models import Attendance
from tests import factories as make
from tests.core.books import saved

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def desk(client, town):
    make.sign_in(client, town)
    return client


@pytest.fixture
def perspectives(town):
    return [make.PerspectiveFactory(municipality=town, title=t) for t in ("Schule", "Arbeitsmarkt")]


@pytest.fixture
def body(town, perspectives):
    found = make.BodyFactory(municipality=town, title="Steuerungsgruppe")
    for _n in range(6):
        holder = make.PersonFactory(municipality=town)
        make.SeatFactory(body=found, perspective=perspectives[0], holder=holder)
    return found


def wanted(town, kind, **amounts):
    target = Target.objects.create(
        municipality=town, kind=kind, unit="people", source="Beirat", set_on=TODAY
    )
    for word, amount in amounts.items():
        TargetShare.objects.create(target=target, word=word, amount=amount)
    return target


def wanted_perspectives(town, perspectives):
    return wanted(town, "perspective", **{str(each.pk): 2 for each in perspectives})


def to(name, *keys):
    return reverse(f"workspace:{name}", args=keys)


def text(response):
    return " ".join(response.content.decode().split())


# --- targets ---


def test_a_target_is_entered_changed_and_dropped(desk, town, perspectives):
    typed = {"share_0": "7,5", "share_1": "2,5", "unit": "people", "source": "Beschluss vom Mai"}

    response = desk.post(to("target_edit", "perspective"), typed)
    assert response.status_code == 303
    again = desk.post(to("target_edit", "perspective"), typed)
    assert again.status_code == 303
    shown = text(desk.get(to("targets")))

    assert "Beschluss vom Mai" in shown
    assert "75 %" in shown.replace("\xa0", " ")
    assert shown.count("Es wurde festgelegt, wer dabei sein soll: Perspektive.") == 1
    assert desk.post(to("target_drop", "perspective")).status_code == 303
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"share_0": "60", "share_1": "30", "unit": "percent"}, "ergeben zusammen 90 Prozent"),
        ({"share_0": "viel", "unit": "percent"}, "Zahl"),
        ({"share_0": "-3", "unit": "people"}, "0"),
        ({"unit": "people"}, "bei mindestens einem Wert"),
    ],
)
def test_shares_that_do_not_fit_are_refused_and_stay_as_typed(
    desk, town, perspectives, typed, says
):
    response = desk.post(to("target_edit", "perspective"), {**typed, "source": "Unsere Quelle"})

    assert response.status_code == 422
    assert says in text(response)
    assert 'value="Unsere Quelle"' in text(response)
    assert all(f'value="{value}"' in text(response) for value in typed.values())
    assert not Target.objects.exists()


def upload(content):
    return SimpleUploadedFile("soll.csv", content.encode(), content_type="text/csv")


def test_a_table_fills_in_the_form_and_saves_nothing(desk, town, perspectives):
    content = "Perspektive;Anteil\nschule;62,5 %\nArbeitsmarkt;1.000\nSumme;100\n"

    typed = {"unit": "people", "source": "Statistik", "file": upload(content)}
    response = desk.post(to("target_edit", "perspective"), typed)

    assert response.status_code == 200
    assert 'value="62,5"' in text(response)
    assert 'value="1000"' in text(response)
    assert 'value="Statistik"' in text(response)
    assert not Target.objects.exists()


def test_percentages_of_a_spreadsheet_are_read_as_they_are_shown(desk, town, perspectives):
    made = Workbook()
    made.active.append(["Schule", 0.0725])
    made.active.append(["Arbeitsmarkt", 0.12125])
    for cell in made.active["B"]:
        cell.number_format = "0.0%"
    typed = {"unit": "percent", "source": "Statistik"}
    file = SimpleUploadedFile("soll.xlsx", saved(made))

    response = desk.post(to("target_edit", "perspective"), {**typed, "file": file})

    assert 'value="7,25"' in text(response)
    assert 'value="12,125"' in text(response), "one digit too many is for people to round"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Wert;Anteil\nSchule;10\nFeuerwehr;3\n", "Zeile 3 der Datei: „Feuerwehr“ ist hier kein"),
        ("Schule;10\nArbeitsmarkt;viel\n", "Zeile 2 der Datei: ein Anteil fehlt"),
        ("Schule;10\nSchule;10\n", "Zeile 2 der Datei: „Schule“ steht zweimal da"),
        ("Wert;Anteil\n", "In der Datei stehen keine Anteile"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_its_line(
    desk, town, perspectives, content, says
):
    typed = {"share_0": "4", "unit": "people", "source": "Statistik", "file": upload(content)}

    response = desk.post(to("target_edit", "perspective"), typed)

    assert response.status_code == 422
    assert says in text(response)
    assert 'value="4"' in text(response)


def test_what_is_not_asked_for_cannot_get_a_target(desk, town):
    shown = text(desk.get(to("targets")))
    assert "Danach wird hier nicht gefragt" in shown
    assert to("characteristics") in shown
    assert (
        desk.post(to("target_edit", "gender"), {"unit": "people", "source": "x"}).status_code == 422
    )
    assert desk.get(to("target_edit", "shoe-size")).status_code == 404


# --- a body ---


def test_a_body_says_first_who_is_missing_then_whom_to_invite(desk, town, body, perspectives):
    wanted_perspectives(town, perspectives)
    chamber = make.OrganisationFactory(municipality=town, title="Kammer")
    chamber.perspectives.add(perspectives[1])

    shown = text(desk.get(to("body_radar", body.identifier)))

    assert "Arbeitsmarkt (niemand statt etwa 3)" in shown
    assert "fehlt: niemand, gewünscht etwa 3" in shown
    assert (
        shown.index("niemand statt etwa 3") < shown.index('class="radar"') < shown.index("<table")
    )
    assert "bringt ein: Arbeitsmarkt" in shown
    seat = f"{to('seat_new', body.identifier)}?organisation={chamber.pk}&amp;function=Kammer"
    assert f"{seat}&amp;perspective={perspectives[1].pk}" in shown
    form = text(desk.get(seat.replace("&amp;", "&") + f"&perspective={perspectives[1].pk}"))
    assert 'value="Kammer"' in form
    assert f'<option value="{perspectives[1].pk}" selected' in form


def test_where_nothing_is_known_of_anybody_no_number_is_wanted(desk, town, body, perspectives):
    wanted_perspectives(town, perspectives)
    body.seats.update(perspective=None)

    shown = text(desk.get(to("body_radar", body.identifier)))

    assert "von niemandem etwas bekannt" in shown
    assert 'class="radar"' not in shown
    assert "gewünscht" not in shown


def test_without_targets_the_page_says_what_comes_first(desk, town, body):
    shown = text(desk.get(to("body_radar", body.identifier)))
    assert "noch nicht festgelegt, wer dabei sein soll" in shown
    assert to("targets") in shown


def test_members_of_the_body_see_the_radar_and_nobody_to_invite(client, town, body, perspectives):
    wanted_perspectives(town, perspectives)
    chamber = make.OrganisationFactory(municipality=town, title="Kammer")
    chamber.perspectives.add(perspectives[1])
    user = make.sign_in(client, town, "member")
    assert client.get(to("body_radar", body.identifier)).status_code == 403
    seat = body.seats.first()
    person = user.people.get()
    seat.holder = person
    seat.save()

    shown = text(client.get(to("body_radar", body.identifier)))
    assert "Arbeitsmarkt (niemand statt etwa 3)" in shown
    assert "Kammer" not in shown
    seat.leads = True
    seat.save()
    assert "Kammer" in text(client.get(to("body_radar", body.identifier)))


def cells_in(response, ending):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if ending == "csv":
        return [line.split(";") for line in content.decode("utf-8-sig").splitlines()]
    rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [[cell or "" for cell in row] for row in rows]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_small_number_stands_on_the_page_or_in_a_file(desk, town, body, ending):
    Characteristic.objects.create(municipality=town, kind="gender", words="Frau, Mann, divers")
    wanted(town, "gender", Frau=49, Mann=49, divers=2)
    said = ["Frau"] * 14 + ["Mann"] * 9 + ["divers"] * 3 + [""] * 2
    for word in said:
        person = make.PersonFactory(municipality=town)
        make.SeatFactory(body=body, holder=person)
        if word:
            SelfDescription.objects.create(person=person, gender=word, said_on=TODAY)
    community.release_bodies(town, at=NOW)

    page = text(desk.get(to("body_radar", body.identifier)))
    rows = cells_in(desk.get(to("body_radar_file", body.identifier, ending)), ending)

    by_value = {row[1]: row for row in rows[1:]}
    assert (by_value["Frau"][2], by_value["Mann"][2]) == ("14", "9")
    assert by_value["divers"][2] == "Zahl nicht gezeigt"
    assert by_value["divers"][3] == "", "no share either"
    assert "ist nichts bekannt" not in page, "the three would be the rest"
    assert "Gezählt am" in page
    assert not {"1", "2", "3", "4"} & {row[2] for row in rows[1:]}


# --- a meeting ---


@pytest.fixture
def meeting(town, body):
    return make.MeetingFactory(
        process__municipality=town, municipality=town, body=body, title="Fachrunde",
        happened_on=TODAY + 10 * DAY, precision="day",
    )  # fmt: skip


def test_before_a_meeting_who_is_expected_counts_and_afterwards_who_came(
    desk, town, body, meeting, perspectives
):
    wanted_perspectives(town, perspectives)
    seats = list(body.seats.all())
    Attendance.objects.create(
        meeting=meeting, person=seats[0].holder, seat=seats[0], state="declined"
    )
    waiting = make.OrganisationFactory(municipality=town)
    waiting.perspectives.add(perspectives[1])
    Attendance.objects.create(meeting=meeting, name="Gast", organisation=waiting, state="waiting")

    before = process.radar_of_meeting(meeting, day=TODAY)
    assert (before.radar.people, before.present.is_noted) == (5, False)
    assert "5 Menschen werden erwartet." in text(desk.get(to("meeting_radar", meeting.identifier)))

    Attendance.objects.filter(name="Gast").update(came=True, state="coming")
    after = process.radar_of_meeting(meeting, day=TODAY)
    assert (after.radar.people, after.present.is_noted) == (1, True)
    assert "1 Person war da." in text(desk.get(to("meeting_radar", meeting.identifier)))


def test_a_meeting_proposes_with_the_way_to_the_invitation(desk, town, meeting, perspectives):
    wanted_perspectives(town, perspectives)
    contact = make.PersonFactory(municipality=town)
    chamber = make.OrganisationFactory(municipality=town, title="Kammer", contact=contact)
    chamber.perspectives.add(perspectives[1])

    shown = text(desk.get(to("meeting_radar", meeting.identifier)))
    way = f"{to('invitations', meeting.identifier)}?person={contact.pk}"

    assert f'href="{way}#guests"' in shown
    assert f'<option value="{contact.pk}" selected' in text(desk.get(way))


def test_a_meeting_of_nearly_the_same_people_gets_no_figures_of_its_own(town, body, meeting):
    Characteristic.objects.create(municipality=town, kind="gender", words="Frau, Mann")
    wanted(town, "gender", Frau=50, Mann=50)
    for word in ["Frau"] * 9 + ["Mann"] * 9:
        person = make.PersonFactory(municipality=town)
        seat = make.SeatFactory(body=body, holder=person)
        SelfDescription.objects.create(person=person, gender=word, said_on=TODAY)
    community.release_bodies(town, at=NOW)
    Attendance.objects.create(meeting=meeting, person=person, seat=seat, state="declined")

    assert process.release_meetings(town, at=NOW) == 0
    radar = process.radar_of_meeting(meeting, day=TODAY).radar
    assert radar.gauges == ()
    assert radar.waiting == ("Geschlecht nach eigener Angabe",)


# --- a call ---


@pytest.fixture
def call(town):
    found = make.CallFactory(
        process__municipality=town, municipality=town, title="Orte",
        opens_at=NOW - 5 * DAY, closes_at=NOW + 5 * DAY,
    )  # fmt: skip
    found.phase.permits = ["contribute"]
    found.phase.save()
    return found


def say_in(call, language, times, channel="online"):
    for _n in range(times):
        make.ContributionFactory(
            process=call.process, municipality=call.municipality, call=call, language=language,
            channel=channel, state="published",
        )  # fmt: skip


def test_a_call_knows_languages_and_ways_and_nothing_small(desk, town, call):
    wanted(town, "language", de=50, ar=50)
    say_in(call, "de", 12)
    say_in(call, "ar", 3, channel="phone")
    say_in(call, "tr", 2, channel="card")

    shown = text(desk.get(to("call_radar", call.identifier)))

    assert "Bisher 17 Beiträge." in shown
    assert "Arabisch (weniger als 5 statt etwa 8)" in shown
    assert "online 12" in shown
    assert "am Telefon (nicht gezeigt)" in shown
    assert "sagen nichts über die Person" in shown
    rows = cells_in(desk.get(to("call_radar_file", call.identifier, "csv")), "csv")
    assert {row[1]: row[2] for row in rows[1:]} == {
        "Deutsch": "12",
        "Arabisch": "weniger als 5",
        "Türkisch": "Zahl nicht gezeigt",
    }


# --- the overview and *Heute* ---


def test_today_says_who_is_missing_while_there_is_time(desk, town, meeting, call, perspectives):
    wanted_perspectives(town, perspectives)
    wanted(town, "language", de=50, ar=50)
    say_in(call, "de", 12)

    shown = text(desk.get(to("today")))
    assert "Noch fehlen: Arbeitsmarkt" in shown
    assert to("meeting_radar", meeting.identifier) in shown
    assert "Kaum gehört: Arabisch" in shown
    assert to("call_radar", call.identifier) in shown

    meeting.happened_on = TODAY - DAY
    meeting.save()
    assert "Noch fehlen" not in text(desk.get(to("today")))


def test_the_overview_leads_to_bodies_meetings_and_calls(desk, town, body, meeting, call):
    wanted(town, "language", de=1)
    make.BodyFactory(municipality=town, title="Leer")

    shown = text(desk.get(to("radar")))

    for name, thing in (("body_radar", body), ("meeting_radar", meeting), ("call_radar", call)):
        assert to(name, thing.identifier) in shown
    assert "dort sitzt noch niemand" in shown


def asked(client, page):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(to(*page)).status_code == 200
    return len(queries)


def test_what_the_radar_asks_does_not_depend_on_rows(desk, town, meeting, call):
    body, (school, work) = meeting.body, town_perspectives(town)
    third = make.PerspectiveFactory(municipality=town)
    wanted_perspectives(town, [school, work, third])
    wanted(town, "language", de=50, ar=50)
    say_in(call, "de", 6)
    pages = {
        ("radar",): 8,
        ("targets",): 4,
        ("body_radar", body.identifier): 9,
        ("meeting_radar", meeting.identifier): 8,
        ("call_radar", call.identifier): 6,
    }
    brings = make.OrganisationFactory(municipality=town)
    brings.perspectives.add(work)
    holder = make.PersonFactory(municipality=town)
    make.SeatFactory(body=body, organisation=brings, holder=holder)
    asked(desk, ("stylebook",))  # what is asked only once has been asked
    own = asked(desk, ("stylebook",))  # what every page asks
    before = {page: asked(desk, page) - own for page in pages}
    for _n in range(6):
        organisation = make.OrganisationFactory(municipality=town)
        organisation.perspectives.add(work)
        holder = make.PersonFactory(municipality=town)
        make.SeatFactory(body=body, holder=holder, perspective=school)
        other = make.BodyFactory(municipality=town)
        make.SeatFactory(body=other, holder=holder, organisation=organisation)
    say_in(call, "de", 6)

    after = {page: asked(desk, page) - own for page in pages}
    # Which gaps there are decides whether somebody is looked for who could fill them.
    assert {page for page in pages if max(before[page], after[page]) != pages[page]} == set()


def town_perspectives(town):
    return list(queries.perspectives_of(town).order_by("pk"))
