"""The pages of registering and of who came: for whom they are, what they cost, what files hold."""

from __future__ import annotations

import csv
import datetime as dt
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from miteinander.process.models import Attendance, Minutes
from tests import factories as make
from tests.workspace.roles import enter_as

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
OF_THE_LIST = ("attendance", "attendance_typed", "registrations", "door", "attendance_list")


@pytest.fixture
def meeting(town):
    return make.MeetingFactory(
        process=make.ProcessFactory(municipality=town),
        happened_on=timezone.localdate(),
        starts_at=None,
        registration="members",
        capacity=50,
    )


def to(name, meeting):
    ending = ["csv"] if name == "attendance_list" else []
    return reverse(f"workspace:{name}", args=[meeting.identifier, *ending])


@pytest.mark.parametrize("days", [-1, 0, 1], ids=["before", "on the day", "after"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("leader", 200),
        ("member of the body", 403),
        ("other member", 403),
        ("visitor", 302),
        ("stranger", 404),
    ],
)
def test_who_is_expected_is_seen_by_whoever_holds_the_meeting(client, meeting, who, status, days):
    meeting.happened_on -= days * DAY
    meeting.save()
    enter_as(client, meeting, who)
    line = make.AttendanceFactory(meeting=meeting, name="Zita Quell")

    assert {
        name: client.get(to(name, meeting)).status_code for name in OF_THE_LIST
    } == dict.fromkeys(OF_THE_LIST, status)
    tick = client.post(to("attendance_tick", meeting), {"who": f"G{line.pk}", "came": "yes"})
    line.refresh_from_db()
    assert (tick.status_code, line.came) == ((303, True) if status == 200 else (status, None))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("leader", 403),
        ("member of the body", 403),
        ("other member", 403),
        ("visitor", 302),
        ("stranger", 404),
    ],
)
def test_places_and_periods_are_set_by_the_coordination(client, meeting, who, status):
    enter_as(client, meeting, who)
    assert client.get(to("registration_edit", meeting)).status_code == status
    assert client.get(reverse("workspace:keeping")).status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 303),
        ("leader", 303),
        ("member of the body", 303),
        ("other member", 303),
        ("visitor", 302),
        ("stranger", 404),
    ],
)
def test_every_member_registers_for_an_open_meeting(client, meeting, who, status):
    enter_as(client, meeting, who)
    response = client.post(to("registering", meeting), {"language": "de"})

    assert response.status_code == status
    coming = Attendance.objects.filter(meeting=meeting, state="coming").count()
    assert coming == (1 if status == 303 else 0)


def test_a_leader_leads_only_their_own_body(client, meeting):
    other = make.MeetingFactory(
        process=meeting.process, body=make.BodyFactory(municipality=meeting.municipality)
    )
    enter_as(client, meeting, "leader")

    assert client.get(to("attendance", meeting)).status_code == 200
    assert client.get(to("attendance", other)).status_code == 403


def test_a_tick_for_nobody_is_nowhere(client, meeting):
    enter_as(client, meeting, "coordinator")
    for key in ("S0", "G99999999999999999", "x"):
        response = client.post(to("attendance_tick", meeting), {"who": key, "came": "yes"})
        assert response.status_code == 404


FRAME = 5
"""What every page of the workspace asks: town, session, account, role and person, seats."""
QUERIES = {
    "attendance": 3,
    "attendance_typed": 1,
    "attendance_list": 3,
    "registrations": 2,
    "registration_edit": 1,
    "registering": 3,
    "door": 1,
    "turnout": 3,
    "meeting_screen": 4,
}


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_pages_cost_the_same_for_one_as_for_many(client, meeting, rows):
    enter_as(client, meeting, "coordinator")
    town = meeting.municipality
    for number in range(rows):
        person = make.PersonFactory(
            municipality=town, organisation=make.OrganisationFactory(municipality=town)
        )
        deputy = make.PersonFactory(municipality=town)
        seat = make.SeatFactory(body=meeting.body, holder=person, deputy=deputy, position=number)
        make.AttendanceFactory(meeting=meeting, person=person, seat=seat, came=True)
        make.AttendanceFactory(meeting=meeting, name=f"Gast {number}", state="waiting")
    found = {}
    for name in QUERIES:
        subject = meeting.process if name == "turnout" else meeting
        client.get(to(name, subject))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(to(name, subject)).status_code == 200
        found[name] = len(queries) - FRAME

    assert found == QUERIES


def listed(client, meeting, ending):
    address = reverse("workspace:attendance_list", args=[meeting.identifier, ending])
    content = client.get(address).content
    if ending == "csv":
        return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    sheet = load_workbook(BytesIO(content)).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_file_holds_who_came_and_nothing_of_what_they_need(client, meeting, ending):
    enter_as(client, meeting, "coordinator")
    town = meeting.municipality
    house = make.OrganisationFactory(municipality=town, title="VHS")
    seat = make.SeatFactory(
        body=meeting.body,
        function="Bildung",
        organisation=house,
        holder=make.PersonFactory(municipality=town, name="Ayşe Kaya"),
        deputy=make.PersonFactory(municipality=town, name="Boris Petrov", email="b@petrov.example"),
    )
    make.AttendanceFactory(
        meeting=meeting, person=seat.deputy, seat=seat, came=True, noted_by="phone",
        state="silent", name="",
    )  # fmt: skip
    make.AttendanceFactory(
        meeting=meeting, name="=1+1", function="Chor", state="waiting", email="gast@chor.example",
        needs=["child_care", "other"], needs_note="Rollstuhl",
    )  # fmt: skip
    rows = listed(client, meeting, ending)

    assert rows == [
        [
            "Name",
            "Funktion",
            "Organisation",
            "Antwort",
            "War da",
            "Vermerkt",
            "Stellvertretung",
            "Gast",
        ],
        [
            "'=1+1" if ending == "csv" else "=1+1",
            "",
            "Chor",
            "auf der Warteliste",
            "",
            "",
            "",
            "ja",
        ],
        ["Ayşe Kaya", "Bildung", "VHS", "", "", "", "", ""],
        ["Boris Petrov", "Bildung", "VHS", "", "ja", "mit dem eigenen Telefon", "ja", ""],
    ]


def test_a_list_that_is_no_file_is_nowhere(client, meeting):
    enter_as(client, meeting, "coordinator")
    address = reverse("workspace:attendance_list", args=[meeting.identifier, "exe"])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("who", "days", "shown"),
    [
        ("coordinator", 0, True),
        ("leader", 0, True),
        ("coordinator", 1, False),
        ("member of the body", 0, False),
    ],
)
def test_the_screen_in_the_room_shows_the_code_for_being_there(client, meeting, who, days, shown):
    meeting.happened_on += days * DAY
    meeting.save()
    enter_as(client, meeting, who)
    page = client.get(to("meeting_screen", meeting)).content.decode()

    assert ("QR-Code: Ich bin da" in page) is shown


def test_the_screen_names_nobody_who_is_there(client, meeting):
    make.AttendanceFactory(meeting=meeting, name="Zita Quell", came=True)
    enter_as(client, meeting, "coordinator")

    assert "Zita" not in client.get(to("meeting_screen", meeting)).content.decode()


def test_the_figures_are_linked_from_the_process(client, meeting):
    enter_as(client, meeting, "other member")
    process = reverse("workspace:process", args=[meeting.process.identifier])

    assert to("turnout", meeting.process) in client.get(process).content.decode()


# --- a guest who was mistyped --------------------------------------------------------------------


def strike(client, meeting, row):
    return client.post(
        to("attendance_strike", meeting), {"who": f"G{row.pk}"}, follow=True
    ).content.decode()


def test_a_mistyped_guest_is_taken_off_the_list_and_twice_is_once(client, town, meeting):
    make.sign_in(client, town)
    row = make.AttendanceFactory(meeting=meeting, name="Zita Qell", state="silent", came=None)
    button = f'form="strike" name="who" value="G{row.pk}"'
    assert button in client.get(to("attendance", meeting)).content.decode()

    assert "Qell" not in strike(client, meeting, row)
    assert "Qell" not in strike(client, meeting, row)
    assert not Attendance.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    "known", [{"came": True, "state": "silent"}, {"came": None, "state": "coming"}]
)
def test_who_is_here_or_registered_is_not_struck(client, town, meeting, known):
    make.sign_in(client, town)
    row = make.AttendanceFactory(meeting=meeting, name="Zita Quell", **known)
    assert 'form="strike"' not in client.get(to("attendance", meeting)).content.decode()

    assert "Wählen Sie zuerst „doch nicht“" in strike(client, meeting, row)
    assert Attendance.objects.filter(pk=row.pk).exists()


def test_a_guest_who_cancelled_has_no_line_without_a_name(client, town, meeting):
    make.sign_in(client, town)
    gone = make.AttendanceFactory(meeting=meeting, name="", state="declined", came=None)
    make.AttendanceFactory(meeting=meeting, name="Zita Quell", state="coming", came=None)
    page = client.get(to("attendance", meeting))

    assert [line.name for line in page.context["lines"]] == ["Zita Quell"]
    client.post(to("attendance_tick", meeting), {"who": f"G{gone.pk}", "came": "yes"})
    assert len(client.get(to("attendance", meeting)).context["lines"]) == 2, "they came after all"


def test_the_list_is_closed_once_the_minutes_are_approved(client, town, meeting):
    make.sign_in(client, town)
    row = make.AttendanceFactory(meeting=meeting, name="Zita Quell", state="silent", came=None)
    Minutes.objects.create(
        meeting=meeting, municipality=town, title="Protokoll", state="approved",
        approved_on=timezone.localdate(),
    )  # fmt: skip

    assert "Das Protokoll ist genehmigt" in strike(client, meeting, row)
    assert Attendance.objects.filter(pk=row.pk).exists()
    make.sign_in(client, town, "member")
    assert client.post(to("attendance_strike", meeting), {"who": f"G{row.pk}"}).status_code == 403
