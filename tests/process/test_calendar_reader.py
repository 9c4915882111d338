"""Calendar files from elsewhere: as broken as they come, and read as far as they can be."""

from __future__ import annotations

import datetime as dt

import pytest

from miteinander.core.errors import Invalid
from miteinander.process import actions
from miteinander.process.actions import Found
from miteinander.process.models import ForeignDate, Meeting
from miteinander.process.readers.calendars import MOST_DATES, read_calendar
from tests import factories as make

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Anderswo//DE\r\n"
OUTLOOK = """BEGIN:VTIMEZONE
TZID:Irgendwo Zeit
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def event(*lines: str, end: bool = True) -> str:
    rows = ["BEGIN:VEVENT", *lines, *(["END:VEVENT"] if end else [])]
    return "\r\n".join(rows) + "\r\n"


def file(*events: str, end: str = "END:VCALENDAR\r\n") -> bytes:
    return (HEAD + "".join(events) + end).encode()


def only(*lines: str) -> object:
    (row,) = read_calendar(file(event(*lines)))
    return row


GOOD = ("UID:a@b", "SUMMARY:Treffen", "DTSTART;TZID=Europe/Berlin:20270601T183000")


def test_a_plain_date_is_read():
    row = only(*GOOD, "DTEND;TZID=Europe/Berlin:20270601T200000", r"LOCATION:Rathaus\, Saal 1")

    assert row.found == Found(
        uid="a@b", title="Treffen", day=dt.date(2027, 6, 1), starts_at=dt.time(18, 30),
        ends_at=dt.time(20), place="Rathaus, Saal 1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "day", "starts", "ends"),
    [
        (["DTSTART:20270601T163000Z", "DTEND:20270601T180000Z"], 1, (18, 30), (20, 0)),
        (["DTSTART:20270601T183000", "DURATION:PT90M"], 1, (18, 30), (20, 0)),
        (["DTSTART;VALUE=DATE:20270601", "DTEND;VALUE=DATE:20270602"], 1, None, None),
        # Past midnight here; the day is ours, not the one of another zone.
        (["DTSTART:20270601T223000Z", "DTEND:20270601T233000Z"], 2, (0, 30), (1, 30)),
        (["DTSTART:20270601T200000Z", "DTEND:20270601T230000Z"], 1, (22, 0), (1, 0)),
        # Over several days: with its beginning.
        (["DTSTART:20270601T080000Z", "DTEND:20270603T150000Z"], 1, (10, 0), None),
    ],
)
def test_times_become_ours(lines, day, starts, ends):
    found = only("UID:a@b", "SUMMARY:Treffen", *lines).found

    assert found.day == dt.date(2027, 6, day)
    assert found.starts_at == (dt.time(*starts) if starts else None)
    assert found.ends_at == (dt.time(*ends) if ends else None)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["SUMMARY:Ohne Tag"], "keinen lesbaren Tag"),
        (["SUMMARY:Unsinn", "DTSTART:neulich"], "nicht lesen"),
        (["DTSTART:20270601T183000"], "keinen Namen"),
        ([*GOOD, "STATUS:CANCELLED"], "abgesagt"),
        (["SUMMARY:x", "DTSTART;TZID=Mars/Krater:20270601T183000"], "Mars/Krater"),
        (
            ["SUMMARY:x", "DTSTART;TZID=Europe/Berlin:20270328T023000"],
            "an diesem Tag nicht",
        ),
        (["SUMMARY:x", "DTSTART;TZID=Europe/Berlin:20271031T023000"], "zweimal"),
        (["SUMMARY:x", "DTSTART;VALUE=DATE:20270231"], "nicht lesen"),
        (["SUMMARY:x", "DTSTART:99999999T999999"], "nicht lesen"),
    ],
)
def test_what_cannot_be_taken_says_why_and_keeps_nothing_else_out(lines, why):
    rows = read_calendar(file(event(*lines), event(*GOOD)))

    assert [row.found is None for row in rows] == [False, True]
    assert why in str(rows[1].refusal)


def test_a_date_that_is_cut_off_does_not_take_the_others_with_it():
    cut = event(*GOOD, end=False)
    rows = read_calendar(file(cut, event(*GOOD), event("SUMMARY:Letzter", end=False)))

    assert [row.found is not None for row in rows] == [True, False, False]
    assert all("abgeschnitten" in str(row.refusal) for row in rows[1:])


def test_series_are_taken_with_their_first_date_and_a_remark():
    row = only(*GOOD, "RRULE:FREQ=WEEKLY")

    assert row.found is not None
    assert "wiederholt" in str(row.remark)


@pytest.mark.parametrize(
    "data",
    [
        "Fröhliches Treffen".encode("cp1252"),
        "Fröhliches Treffen".encode("utf-8-sig"),
        "Fröhliches Treffen".encode("latin-1"),
    ],
    ids=["windows", "with a mark", "latin"],
)
def test_names_are_read_in_the_encodings_of_older_programs(data):
    lines = file(event("SUMMARY:NAME", "DTSTART;VALUE=DATE:20270601"))
    if data.startswith(b"\xef\xbb\xbf"):
        lines, data = b"\xef\xbb\xbf" + lines, data[3:]
    (row,) = read_calendar(lines.replace(b"NAME", data))

    assert row.found.title == "Fröhliches Treffen"


def test_a_calendar_of_windows_with_two_bytes_a_letter_is_read():
    text = file(event(*GOOD)).decode()
    (row,) = read_calendar(text.encode("utf-16"))

    assert row.title == "Treffen"


def test_long_lines_are_put_together_and_odd_letters_break_none():
    row = only(
        "UID:a@b", "SUMMARY:Ein langer\r\n  Name", "DTSTART;VALUE=DATE:20270601",
        "DESCRIPTION:Zeile\u2028zwei",
    )  # fmt: skip

    assert row.found.title == "Ein langer Name"
    assert "zwei" in row.found.text


def test_a_time_zone_that_the_file_brings_along_counts():
    data = (
        HEAD
        + OUTLOOK.replace("\n", "\r\n")
        + event("SUMMARY:x", "DTSTART;TZID=W. Europe Standard Time:20270601T183000")
        + "END:VCALENDAR\r\n"
    ).encode()
    (row,) = read_calendar(data)

    assert row.found is not None
    assert row.found.starts_at == dt.time(18, 30)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "keine Kalenderdatei"),
        (b"Name;Datum\r\nTreffen;1.6.2027", "keine Kalenderdatei"),
        (b"\x00\xff\xfe\x80" * 50, "keine Kalenderdatei"),
        (b"%PDF-1.7", "keine Kalenderdatei"),
        (file(), "keine Termine"),
        (file(event(*GOOD) * (MOST_DATES + 1)), "501"),
        (b"x" * 1_000_001, "1 MB"),
    ],
    ids=["empty", "a table", "noise", "a pdf", "no dates", "too many", "too large"],
)
def test_what_is_no_calendar_is_refused_in_a_sentence(data, why):
    with pytest.raises(Invalid) as refused:
        read_calendar(data)

    assert why in str(refused.value.fields["file"])


@pytest.mark.parametrize("cut", range(60, 420, 9))
def test_a_file_cut_anywhere_is_read_or_refused_and_never_breaks(cut):
    whole = file(event(*GOOD, "DESCRIPTION:Grüße, viele"), event(*GOOD))
    try:
        rows = read_calendar(whole[:cut])
    except Invalid:
        return
    assert all(bool(row.found) != bool(str(row.refusal)) for row in rows)


@pytest.mark.django_db
def test_read_again_nothing_is_doubled_and_changes_are_taken_over():
    at = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
    town = make.MunicipalityFactory()
    process, by = make.ProcessFactory(municipality=town), make.coordinator(town)
    body = make.BodyFactory(municipality=town)

    def enter(*lines):
        dates = [row.found for row in read_calendar(file(event(*lines)))]
        return actions.enter_dates(process, dates, body=body, kind=None, by=by, at=at)

    assert enter(*GOOD).new == 1
    assert enter(*GOOD).same == 1
    moved = enter(*GOOD[:2], "DTSTART;TZID=Europe/Berlin:20270602T180000")
    assert (moved.new, moved.changed) == (0, 1)
    meeting = Meeting.objects.get(title="Treffen")
    assert (meeting.happened_on, meeting.sequence) == (dt.date(2027, 6, 2), 1)
    assert ForeignDate.objects.count() == 1
    refused = enter("UID:other", *GOOD[1:2], "DTSTART;TZID=Europe/Berlin:20270602T180000")
    assert (refused.new, [title for title, _why in refused.refused]) == (0, ["Treffen"])
