"""The pages of planning: agenda, papers, calling off, and dates from another calendar."""

from __future__ import annotations

import base64
import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from miteinander.process import actions
from miteinander.process.models import CalendarAddress, Meeting, MeetingFile
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
A_PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"


@pytest.fixture(autouse=True)
def _german_pages():
    with translation.override("de"):
        yield


@pytest.fixture
def meeting(client):
    town = make.MunicipalityFactory(host="testserver")
    make.sign_in(client, town)
    return make.MeetingFactory(
        process=make.ProcessFactory(municipality=town), title="Klausur",
        happened_on=TODAY + 20 * DAY, starts_at=dt.time(18),
    )  # fmt: skip


def to(name, *keys):
    return reverse(f"workspace:{name}", args=keys)


def text(response):
    return " ".join(response.content.decode().split())


# --- the agenda ----------------------------------------------------------------------------------


def rows(*points):
    titles, minutes, numbers = zip(*points, strict=True)
    return {"title": list(titles), "minutes": list(minutes), "pk": list(numbers)}


def kept(meeting):
    return list(meeting.agenda.order_by("position").values_list("title", "minutes"))


@pytest.mark.parametrize(
    ("button", "order"),
    [
        ("up:1", ["Wahl", "Begrüßung"]),
        ("down:0", ["Wahl", "Begrüßung"]),
        ("up:0", ["Begrüßung", "Wahl"]),
        ("remove:0", ["Wahl"]),
        ("add", ["Begrüßung", "Wahl", ""]),
        ("up:9", ["Begrüßung", "Wahl"]),
        ("nonsense", ["Begrüßung", "Wahl"]),
    ],
)
def test_buttons_move_the_points_and_nothing_is_kept_before_it_is_saved(
    client, meeting, button, order
):
    typed = rows(("Begrüßung", "10", ""), ("Wahl", "", ""))

    page = client.post(to("meeting_agenda", meeting.identifier), typed | {"move": button})

    assert [point.title for point in page.context["form"].points] == order
    assert kept(meeting) == []


def test_a_saved_agenda_keeps_its_rows_in_the_new_order_with_their_times(client, meeting):
    address = to("meeting_agenda", meeting.identifier)
    client.post(address, rows(("Begrüßung", "10", ""), ("Wahl", "20", "")))
    first, second = meeting.agenda.order_by("position")

    page = client.get(address)
    assert page.context["clocks"] == [dt.time(18), dt.time(18, 10)]
    answer = client.post(
        address, rows(("Wahlen", "20", str(second.pk)), ("Begrüßung", "10", str(first.pk)))
    )

    assert answer.status_code == 303
    assert kept(meeting) == [("Wahlen", 20), ("Begrüßung", 10)]
    assert set(meeting.agenda.values_list("pk", flat=True)) == {first.pk, second.pk}


def test_of_two_points_with_one_number_neither_is_lost(client, meeting):
    address = to("meeting_agenda", meeting.identifier)
    client.post(address, rows(("Begrüßung", "", "")))
    number = str(meeting.agenda.get().pk)

    client.post(address, rows(("Begrüßung", "", number), ("Wahl", "", number)))

    assert kept(meeting) == [("Begrüßung", None), ("Wahl", None)]


@pytest.mark.parametrize(
    ("point", "why"),
    [
        (("Wahl", "lang", ""), "0 bis 600"),
        (("Wahl", "601", ""), "0 bis 600"),
        (("x" * 201, "", ""), "200 Zeichen"),
    ],
)
def test_a_point_that_does_not_fit_is_named_and_keeps_what_was_typed(client, meeting, point, why):
    page = client.post(to("meeting_agenda", meeting.identifier), rows(point, ("Ende", "5", "")))

    assert page.status_code == 422
    assert [(number, why in error) for number, _point, error in page.context["form"].rows] == [
        (0, True),
        (1, False),
    ]
    assert why in text(page)
    assert point[0] in text(page)
    assert kept(meeting) == []


# --- papers, calling off -------------------------------------------------------------------------


def test_a_paper_is_added_opened_closed_and_removed(client, meeting):
    answer = client.post(
        to("meeting_file_new", meeting.identifier),
        {"file": SimpleUploadedFile("Haushalt.pdf", A_PDF), "title": ""},
    )
    assert answer.status_code == 303
    row = MeetingFile.objects.get()
    assert (row.title, row.is_public) == ("Haushalt", False)

    for word, is_public in (("yes", True), ("no", False)):
        client.post(to("meeting_file_show", row.pk), {"is_public": word})
        row.refresh_from_db()
        assert row.is_public is is_public
    client.post(to("meeting_file_remove", row.pk))
    assert not MeetingFile.objects.exists()


def test_a_paper_that_is_none_is_refused_beside_its_field(client, meeting):
    page = client.post(
        to("meeting_file_new", meeting.identifier),
        {"file": SimpleUploadedFile("a.pdf", b"<html>"), "title": "Haushalt"},
    )

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["file"])
    assert "Haushalt" in text(page)


def test_a_meeting_is_called_off_with_a_reason(client, meeting):
    address = to("meeting_cancel", meeting.identifier)
    assert client.post(address, {"because": ""}).status_code == 422

    assert client.post(address, {"because": "Der Saal ist nass."}).status_code == 303

    assert "Der Saal ist nass." in text(client.get(to("meeting", meeting.identifier)))


# --- calendars -----------------------------------------------------------------------------------


def calendar(*days, title="Beirat"):
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}@anderswo\r\nSUMMARY:{title} {number}\r\n"
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\nEND:VEVENT\r\n"
        for number, day in enumerate(days)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode()


def read(client, meeting, data):
    address = to("calendar_read", meeting.process.identifier)
    upload = SimpleUploadedFile("termine.ics", data)
    return client.post(address, {"body": meeting.body.pk, "kind": "", "file": upload})


def enter(client, meeting, preview):
    sent = {name: preview.context[name] for name in ("body", "kind", "content")}
    return client.post(to("calendar_read", meeting.process.identifier), sent)


def states(preview):
    return [str(row[-1].text) for row in preview.context["rows"]]


def test_a_calendar_is_shown_first_then_entered_and_known_the_second_time(client, meeting):
    ahead = TODAY + 30 * DAY
    preview = read(client, meeting, calendar(ahead, ahead + DAY))
    assert states(preview) == ["neu", "neu"]
    assert not Meeting.objects.filter(title__startswith="Beirat").exists()

    assert enter(client, meeting, preview).status_code == 303
    assert enter(client, meeting, preview).status_code == 303

    entered = Meeting.objects.filter(title__startswith="Beirat").order_by("happened_on")
    assert [found.happened_on for found in entered] == [ahead, ahead + DAY]
    again = read(client, meeting, calendar(ahead, ahead + 2 * DAY))
    assert states(again) == ["bekannt", "geändert, wird übernommen"]


def test_a_name_that_is_cut_off_is_the_same_when_it_is_read_again(client, meeting):
    data = calendar(TODAY + 30 * DAY, title=r"Beirat\nund " + "x" * 187 + " y")
    enter(client, meeting, read(client, meeting, data))

    assert states(read(client, meeting, data)) == ["bekannt"]
    assert Meeting.objects.filter(title__startswith="Beirat und xxx").count() == 1


def test_what_is_no_calendar_is_refused_beside_its_field(client, meeting):
    page = read(client, meeting, b"Name;Tag")

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["file"])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("kein Base64", "noch einmal"),
        (base64.b64encode(b"Name;Tag").decode(), "noch einmal"),
        ("", "füllen Sie dieses Feld aus"),
    ],
)
def test_a_file_that_got_lost_on_the_way_is_said_in_a_sentence(client, meeting, content, why):
    page = client.post(
        to("calendar_read", meeting.process.identifier),
        {"body": meeting.body.pk, "kind": "", "content": content},
    )

    assert page.status_code == 422
    notice = text(page).partition('class="kern-alert')[2].partition("</form>")[0]
    assert why in notice
    assert "__all__" not in notice
    assert "content" not in notice


def test_an_own_address_is_made_and_renewed_on_its_page(client, meeting):
    page = client.get(to("calendars"))
    assert [line["url"] for line in page.context["lines"]] == [""]

    shown = []
    for _time in range(2):
        assert client.post(to("calendar_renew"), {"body": ""}).status_code == 303
        (line,) = client.get(to("calendars")).context["lines"]
        shown.append(line["url"])

    assert shown[0] != shown[1]
    assert [client.get(url).status_code for url in shown] == [404, 200]
    assert CalendarAddress.objects.count() == 1


# --- who registered without being asked ----------------------------------------------------------


def test_who_registered_unasked_is_named_so_and_not_counted_as_to_be_invited(client, meeting):
    person = make.PersonFactory(municipality=meeting.municipality, email="a@stadt.example")
    person.consents.create(given_on=TODAY, way="form")
    meeting.registration = "members"
    meeting.save()
    by = make.coordinator(meeting.municipality)
    row = actions.register_member(meeting, person, by=by, at=timezone.now())

    page = client.get(to("invitations", meeting.identifier))
    assert page.context["ready"] == 0
    assert "selbst angemeldet" in text(page)
    assert to("invitation_note", row.pk) not in text(page)

    page = client.post(to("invitation_note", row.pk), {"what": "drop"})
    assert page.status_code == 422
    assert "hat sich selbst angemeldet" in text(page)
    assert meeting.attendances.filter(pk=row.pk).exists()
