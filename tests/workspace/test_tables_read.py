"""Tables filled in the room come back: shown first, entered once, errors named by their cell."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from miteinander.core.models import Event
from miteinander.documents.apart import made
from miteinander.participation.models import CardRow, Contribution
from miteinander.process.models import Attendance
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _made_right_here(monkeypatch):
    """What a process of its own does for the server; the kit is made by a real one."""
    monkeypatch.setattr("miteinander.workspace.views.process.papers.render_apart", made)


@pytest.fixture
def meeting(town, client):
    process = make.ProcessFactory(municipality=town)
    make.PhaseFactory(process=process)
    meeting = make.MeetingFactory(process=process, happened_on=timezone.localdate() - DAY)
    holder = make.PersonFactory(municipality=town, name="Zita Quell")
    make.SeatFactory(body=meeting.body, function="Elternbeirat", holder=holder, position=1)
    make.SeatFactory(body=meeting.body, function="Jugend", holder=None, position=2)
    Attendance.objects.create(meeting=meeting, name="Gast", function="Lehrerin", state="coming")
    make.OrganisationFactory(municipality=town, title="Haus International")
    make.CallFactory(process=process, phase=process.phases.get(), title="Orte")
    make.sign_in(client, town)
    return meeting


def to(name, *keys):
    return reverse(f"workspace:{name}", args=keys)


def text(response):
    return " ".join(response.content.decode().split())


def attendance_sheet(client, meeting):
    address = to("meeting_paper", meeting.identifier, "tabelle-anwesenheit", "xlsx")
    return load_workbook(BytesIO(client.get(address).content))


def cards_sheet(client, meeting):
    call = meeting.process.calls.get()
    address = to("meeting_cards", meeting.identifier, call.identifier, "xlsx")
    return load_workbook(BytesIO(client.get(address).content))


def file_of(book):
    kept = BytesIO()
    book.save(kept)
    return SimpleUploadedFile("tabelle.xlsx", kept.getvalue())


def fill(book, cells):
    for cell, value in cells.items():
        book.active[cell] = value
    return book


def attendance_page(meeting):
    return to("attendance_read", meeting.identifier)


def cards_page(meeting):
    return to("cards_read", meeting.identifier, meeting.process.calls.get().identifier)


def read(client, page, book):
    """Send a table and then press the button; returns the preview and what came after."""
    shown = client.post(page, {"file": file_of(book)})
    return shown, client.post(page, {"kept": shown.context["kept"]})


def came(meeting):
    rows = Attendance.objects.filter(meeting=meeting).select_related("seat", "organisation")
    return {
        (
            row.seat.function if row.seat else row.function,
            row.organisation.title if row.organisation else "",
            row.came,
        )
        for row in rows
    }


TICKED = {
    "D5": "ja", "D6": "x", "D7": "nein",
    "B8": "Pfarrerin", "C8": "Haus International", "D8": "ja",
    "B9": "Nachbar",
}  # fmt: skip


def test_the_preview_writes_nothing_and_the_button_writes_it(client, meeting):
    page = attendance_page(meeting)
    shown = client.post(page, {"file": file_of(fill(attendance_sheet(client, meeting), TICKED))})
    assert shown.status_code == 200
    assert "neu: <b>5</b>" in text(shown)
    assert came(meeting) == {("Lehrerin", "", None)}, "nothing is written yet"
    _shown, done = read(client, page, fill(attendance_sheet(client, meeting), TICKED))
    assert (done.status_code, done.url) == (303, to("papers", meeting.identifier))
    assert came(meeting) == {
        ("Elternbeirat", "", True),
        ("Jugend", "", True),
        ("Lehrerin", "", False),
        ("Pfarrerin", "Haus International", True),
        ("Nachbar", "", True),
    }
    assert set(Attendance.objects.values_list("noted_by", flat=True)) == {"paper"}
    meeting.refresh_from_db()
    assert meeting.participants == 4, "the number follows from those who came"
    assert Event.objects.get(kind="meeting.attendance_noted").data == {"entries": 5}


def test_the_same_table_twice_changes_nothing(client, meeting):
    book = fill(attendance_sheet(client, meeting), TICKED)
    read(client, attendance_page(meeting), book)
    before = came(meeting)
    shown, _done = read(client, attendance_page(meeting), book)
    assert "schon bekannt: <b>5</b>" in text(shown)
    assert "neu: <b>0</b>" in text(shown)
    assert came(meeting) == before
    assert Attendance.objects.filter(meeting=meeting).count() == 5
    assert Event.objects.filter(kind="meeting.attendance_noted").count() == 1


def test_a_table_made_afterwards_says_what_is_known(client, meeting):
    read(client, attendance_page(meeting), fill(attendance_sheet(client, meeting), TICKED))
    shown, _done = read(client, attendance_page(meeting), attendance_sheet(client, meeting))
    assert "schon bekannt: <b>5</b>" in text(shown)


def test_a_difference_is_shown_and_then_written(client, meeting):
    read(client, attendance_page(meeting), fill(attendance_sheet(client, meeting), {"D5": "ja"}))
    book = fill(attendance_sheet(client, meeting), {"D5": "nein"})
    shown, _done = read(client, attendance_page(meeting), book)
    assert "geändert: <b>1</b>" in text(shown)
    assert ("Elternbeirat", "", False) in came(meeting)


def test_two_of_the_same_function_are_two_people(client, meeting):
    book = fill(attendance_sheet(client, meeting), {"B8": "Mutter", "B9": "Mutter"})
    for _time in range(2):
        read(client, attendance_page(meeting), book)
    assert Attendance.objects.filter(meeting=meeting, function="Mutter").count() == 2


def test_unclear_cells_are_named_by_their_address_and_the_rest_is_read(client, meeting):
    cells = {"D5": "vielleicht", "D6": "ja", "A7": "S99999", "D7": "ja", "D9": "ja"}
    shown, _done = read(
        client, attendance_page(meeting), fill(attendance_sheet(client, meeting), cells)
    )
    said = text(shown)
    assert "<b>D5</b>: „vielleicht“ ist weder ja noch nein." in said
    assert "<b>D9</b>: Jemand war da" in said
    assert "Die Kennung S99999 gehört hier zu niemandem" in said
    assert "unklar: <b>3</b>" in said
    assert ("Jugend", "", True) in came(meeting)
    assert Attendance.objects.filter(meeting=meeting).count() == 2


def test_the_same_mark_twice_is_said_and_the_first_one_counts(client, meeting):
    book = attendance_sheet(client, meeting)
    cells = {"D5": "ja", "A6": book.active["A5"].value, "D6": "nein"}
    shown, _done = read(client, attendance_page(meeting), fill(book, cells))
    assert "<b>A6</b>: Die Kennung S" in text(shown)
    assert ("Elternbeirat", "", True) in came(meeting)


def test_a_mark_of_another_body_opens_nothing(client, meeting):
    foreign = make.SeatFactory(body=make.BodyFactory(municipality=meeting.municipality))
    cells = {"A5": f"S{foreign.pk}", "D5": "ja"}
    read(client, attendance_page(meeting), fill(attendance_sheet(client, meeting), cells))
    assert not Attendance.objects.filter(seat=foreign).exists()


def test_the_table_of_another_meeting_is_refused_with_both_marks(client, meeting):
    other = make.MeetingFactory(process=meeting.process, body=meeting.body)
    book = attendance_sheet(client, other)
    response = client.post(attendance_page(meeting), {"file": file_of(book)})
    assert response.status_code == 422
    assert "Diese Tabelle gehört zu etwas anderem" in text(response)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Die Datei ist leer"),
        (b"PK\x03\x04kaputt", "beschädigt"),
        (b"Name;War da\nAnna;ja\n", "keine Kennung"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(client, meeting, content, said):
    file = SimpleUploadedFile("x.xlsx", content)
    response = client.post(attendance_page(meeting), {"file": file})
    assert response.status_code == 422
    assert said in text(response)


def test_a_forged_preview_is_refused(client, meeting):
    response = client.post(attendance_page(meeting), {"kept": "eigenes"})
    assert response.status_code == 422
    assert "Bitte schicken Sie die Tabelle noch einmal." in text(response)
    other = make.MeetingFactory(process=meeting.process, body=meeting.body)
    shown = client.post(attendance_page(other), {"file": file_of(attendance_sheet(client, other))})
    assert client.post(attendance_page(meeting), {"kept": shown.context["kept"]}).status_code == 422


def test_moved_columns_and_csv_are_understood(client, meeting):
    rows = list(attendance_sheet(client, meeting).active.iter_rows(values_only=True))
    lines = [rows[1][0], "War da;Organisation;Funktion;Kennung", f"ja;;;{rows[4][0]}"]
    file = SimpleUploadedFile("x.csv", "\r\n".join(lines).encode("cp1252"))
    shown = client.post(attendance_page(meeting), {"file": file})
    assert "neu: <b>1</b>" in text(shown)


# --- cards --------------------------------------------------------------------------------------

FILLED = {
    "B5": "Ein Treffpunkt im Norden fehlt.", "C5": "ja",
    "B6": "Wir brauchen mehr Zeit zum Reden.", "D6": "Deutsch",
    "B8": "Kursa daha erken başlamak istiyorum.", "C8": "ja", "D8": "Türkçe",
}  # fmt: skip


def test_cards_become_contributions_of_the_call(client, meeting):
    shown, done = read(client, cards_page(meeting), fill(cards_sheet(client, meeting), FILLED))
    assert "neu: <b>3</b>" in text(shown)
    assert done.status_code == 303
    rows = {row.card_row.number: row for row in Contribution.objects.all()}
    assert set(rows) == {1, 2, 4}
    assert (rows[1].state, rows[1].channel, rows[1].meeting) == ("published", "card", meeting)
    assert rows[2].state == "internal", "without a yes only the office reads it"
    assert (rows[4].language, rows[1].call.title) == ("tr", "Orte")


def test_cards_are_entered_once_however_often_the_table_is_sent(client, meeting):
    book = fill(cards_sheet(client, meeting), FILLED)
    for _time in range(2):
        shown, _done = read(client, cards_page(meeting), book)
    assert "schon bekannt: <b>3</b>" in text(shown)
    read(client, cards_page(meeting), fill(book, {"B9": "Noch eine Karte.", "C9": "nein"}))
    assert Contribution.objects.count() == CardRow.objects.count() == 4


def test_a_card_that_was_changed_is_shown_with_both_texts_and_not_entered_again(client, meeting):
    book = fill(cards_sheet(client, meeting), FILLED)
    read(client, cards_page(meeting), book)
    shown, _done = read(client, cards_page(meeting), fill(book, {"B5": "Zwei Treffpunkte fehlen."}))
    assert "geändert: <b>1</b>" in text(shown)
    assert "Früher eingetragen: Ein Treffpunkt im Norden fehlt." in text(shown)
    assert Contribution.objects.count() == 3


def test_a_card_that_was_taken_back_stays_taken_back(client, meeting):
    book = fill(cards_sheet(client, meeting), FILLED)
    read(client, cards_page(meeting), book)
    Contribution.objects.filter(card_row__number=1).update(state="withdrawn", text="")
    shown, _done = read(client, cards_page(meeting), book)
    assert "wurde von der Person zurückgenommen" in text(shown)
    assert Contribution.objects.count() == 3


def test_cards_with_errors_are_named_by_their_cells(client, meeting):
    cells = {
        "B5": "Gut.", "C5": "jein",
        "B6": "Gut.", "D6": "Klingonisch",
        "A7": "eins", "B7": "Gut.",
        "A8": "1", "B8": "Doppelt.",
    }  # fmt: skip
    shown, _done = read(client, cards_page(meeting), fill(cards_sheet(client, meeting), cells))
    for cell in ("C5", "D6", "A7", "A8"):
        assert f"<b>{cell}</b>:" in text(shown)
    assert Contribution.objects.count() == 0


def test_cards_wait_for_a_phase_that_permits_them(client, meeting):
    meeting.process.phases.update(permits=["report"])
    _shown, refused = read(client, cards_page(meeting), fill(cards_sheet(client, meeting), FILLED))
    assert refused.status_code == 422
    assert CardRow.objects.count() == 0


def test_only_the_coordination_enters_cards_and_only_who_keeps_minutes_attendance(client, meeting):
    town = meeting.municipality
    make.sign_in(client, town, "member")
    assert client.get(attendance_page(meeting)).status_code == 403
    assert client.get(cards_page(meeting)).status_code == 403
    make.sign_in(client, make.MunicipalityFactory())
    client.defaults["HTTP_HOST"] = town.host
    assert client.get(attendance_page(meeting)).status_code == 404
    assert client.get(cards_page(meeting)).status_code == 404
    leader = make.sign_in(client, town, "member")
    seat = meeting.body.seats.get(function="Jugend")
    seat.holder, seat.leads = leader.people.get(), True
    seat.save()
    assert client.get(attendance_page(meeting)).status_code == 200
    assert client.get(cards_page(meeting)).status_code == 403
