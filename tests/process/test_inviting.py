"""Inviting: everybody once, deputies when they are needed, and nobody who did not agree."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail as sent_mail
from django.utils import timezone
from icalendar import Calendar

from miteinander.core import outbox
from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event, Mail
from miteinander.process import actions, queries
from miteinander.process.models import Attendance
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def town():
    return make.MunicipalityFactory(name="Musterstadt")


@pytest.fixture
def by(town):
    return make.coordinator(town)


@pytest.fixture
def meeting(town):
    return make.MeetingFactory(
        process=make.ProcessFactory(municipality=town),
        title="Zweites Treffen für alle",
        happened_on=dt.date(2027, 3, 28),
        starts_at=dt.time(18, 30),
        ends_at=dt.time(1, 0),
        place="Rathaus, Saal 1",
    )


def somebody(town, email="", *, agrees=True, **more):
    person = make.PersonFactory(municipality=town, email=email, **more)
    if agrees:
        person.consents.create(given_on=dt.date(2026, 1, 1), way="paper")
    return person


def seat(meeting, holder, deputy=None, **more):
    return make.SeatFactory(body=meeting.body, holder=holder, deputy=deputy, **more)


def event_in(mail):
    (event,) = Calendar.from_ical(mail.calendar).walk("VEVENT")
    return event


def test_everybody_in_the_body_gets_one_mail_in_their_language(town, by, meeting):
    seat(meeting, somebody(town, "a@stadt.example"))
    seat(meeting, somebody(town, "b@stadt.example", language="en"))

    done = actions.invite(meeting, by=by, at=AT)

    assert done == actions.Invited(mails=2, letters=0)
    mails = {mail.to: mail for mail in Mail.objects.all()}
    assert mails["a@stadt.example"].language == "de"
    assert mails["b@stadt.example"].language == "en"
    assert "/en/l/" in mails["b@stadt.example"].body
    assert actions.invite(meeting, by=by, at=AT) == actions.Invited(mails=0, letters=0)
    assert Mail.objects.count() == 2
    assert Event.objects.filter(kind="meeting.invited").count() == 1


def test_who_did_not_agree_or_has_no_address_gets_nothing_and_is_listed(town, by, meeting):
    silent = somebody(town, "c@stadt.example", agrees=False)
    seat(meeting, silent)
    seat(meeting, somebody(town, ""))

    assert actions.invite(meeting, by=by, at=AT) == actions.Invited(mails=0, letters=2)
    assert not Mail.objects.exists()
    assert queries.answers_to(meeting).not_asked == 2

    actions.note_invited(Attendance.objects.get(person=silent), by=by, at=AT)
    assert queries.answers_to(meeting).not_asked == 1


def test_the_calendar_in_the_mail_says_the_same_when_it_is_read_back(town, by, meeting):
    seat(meeting, somebody(town, "a@stadt.example"))
    meeting.agenda.create(position=1, title="Begrüßung; Rückblick, Ausblick", minutes=10)
    meeting.agenda.create(position=2, title="Wahl")
    actions.invite(meeting, by=by, at=AT)

    text = Mail.objects.get().calendar
    calendar, event = Calendar.from_ical(text), event_in(Mail.objects.get())
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"{meeting.identifier}@miteinander"
    assert event["SEQUENCE"] == 0
    assert str(event["SUMMARY"]) == "Zweites Treffen für alle"
    assert event["ATTENDEE"] == "mailto:a@stadt.example"
    # The clocks went forward in the night before: summer time, and the end on the next day.
    assert event["DTSTART"].dt.isoformat() == "2027-03-28T18:30:00+02:00"
    assert event["DTEND"].dt.isoformat() == "2027-03-29T01:00:00+02:00"
    assert "18:30 Begrüßung; Rückblick, Ausblick" in str(event["DESCRIPTION"])
    assert "18:40 Wahl" in str(event["DESCRIPTION"])
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_the_deputy_is_invited_for_a_holder_who_is_absent(town, by, meeting):
    deputy = somebody(town, "d@stadt.example")
    seat(
        meeting, somebody(town, "h@stadt.example"), deputy,
        absent_from=dt.date(2027, 3, 20), absent_until=dt.date(2027, 4, 2),
    )  # fmt: skip

    actions.invite(meeting, by=by, at=AT)

    assert [mail.to for mail in Mail.objects.all()] == ["d@stadt.example"]


def test_the_deputy_is_invited_once_when_the_holder_declines(town, by, meeting):
    holder, deputy = somebody(town, "h@stadt.example"), somebody(town, "d@stadt.example")
    seat(meeting, holder, deputy)
    actions.invite(meeting, by=by, at=AT)
    row = Attendance.objects.get(person=holder)

    actions.answer_invitation(row, is_coming=False, by=by, at=AT)
    actions.answer_invitation(row, is_coming=False, by=by, at=AT)

    assert list(Mail.objects.order_by("pk").values_list("to", flat=True)) == [
        "h@stadt.example",
        "d@stadt.example",
    ]
    assert Attendance.objects.get(person=deputy).invited_at == AT
    assert Event.objects.filter(kind="meeting.answered").count() == 1


def test_who_falls_ill_after_the_invitation_is_stood_in_for(town, by, meeting):
    deputy = somebody(town, "d@stadt.example")
    own = seat(meeting, somebody(town, "h@stadt.example"), deputy)
    actions.invite(meeting, by=by, at=AT)
    assert queries.deputies_to_call(AT) == []

    own.absent_from = dt.date(2027, 3, 1)
    own.save()
    ((found, seat_found),) = queries.deputies_to_call(AT)
    actions.call_deputy(found, seat_found, by=by, at=AT)

    assert Mail.objects.last().to == "d@stadt.example"
    assert queries.deputies_to_call(AT) == []


def moved(meeting, by, **more):
    wanted = {
        "title": meeting.title, "on": meeting.happened_on, "agenda": None, "text": "",
        "place": meeting.place, "starts_at": meeting.starts_at, "ends_at": meeting.ends_at,
        "participants": None, "participants_approx": False, **more,
    }  # fmt: skip
    return actions.change_meeting(meeting, **wanted, seen=meeting.revision, by=by, at=AT)


def test_moving_tells_everybody_with_a_higher_number_and_asks_again(town, by, meeting):
    holder = somebody(town, "h@stadt.example")
    seat(meeting, holder)
    actions.invite(meeting, by=by, at=AT)
    row = Attendance.objects.get(person=holder)
    actions.answer_invitation(row, is_coming=True, by=by, at=AT)

    moved(meeting.refreshed(), by, on=dt.date(2027, 4, 4))

    told = Mail.objects.last()
    assert Mail.objects.count() == 2
    assert event_in(told)["SEQUENCE"] == 1
    assert event_in(told)["UID"] == f"{meeting.identifier}@miteinander"
    assert event_in(told)["DTSTART"].dt.date() == dt.date(2027, 4, 4)
    row.refresh_from_db()
    assert (row.state, row.answered_at) == ("silent", None)


def test_another_agenda_is_told_to_nobody(town, by, meeting):
    seat(meeting, somebody(town, "h@stadt.example"))
    actions.invite(meeting, by=by, at=AT)

    moved(meeting.refreshed(), by, agenda=["Neues"])

    assert Mail.objects.count() == 1
    assert meeting.refreshed().sequence == 0


def test_a_cancelled_meeting_stays_and_is_told_to_everybody_once(town, by, meeting):
    seat(meeting, somebody(town, "h@stadt.example"))
    actions.invite(meeting, by=by, at=AT)

    with pytest.raises(Invalid):
        actions.cancel_meeting(meeting, because=" ", by=by, at=AT)
    actions.cancel_meeting(meeting, because="Der Saal ist nass.", by=by, at=AT)
    actions.cancel_meeting(meeting, because="Der Saal ist nass.", by=by, at=AT)

    told = Mail.objects.last()
    assert Mail.objects.count() == 2
    assert "Der Saal ist nass." in told.body
    assert Calendar.from_ical(told.calendar)["METHOD"] == "CANCEL"
    assert (event_in(told)["STATUS"], event_in(told)["SEQUENCE"]) == ("CANCELLED", 1)
    with pytest.raises(Closed):
        actions.invite(meeting, by=by, at=AT)
    with pytest.raises(Closed):
        moved(meeting.refreshed(), by, place="Anderswo")


def test_a_reminder_goes_out_once_and_not_to_who_declined(town, by, meeting):
    coming, declined = somebody(town, "c@stadt.example"), somebody(town, "d@stadt.example")
    seat(meeting, coming)
    seat(meeting, declined)
    actions.invite(meeting, by=by, at=AT)
    row = Attendance.objects.get(person=declined)
    actions.answer_invitation(row, is_coming=False, by=by, at=AT)

    early = dt.datetime(2027, 3, 25, 9, tzinfo=dt.UTC)
    assert queries.meetings_to_remind(early) == []
    due = early + DAY
    assert queries.reminders_missing(due)
    (found,) = queries.meetings_to_remind(due)
    assert actions.remind(found, at=due) == 1
    assert actions.remind(found, at=due) == 0
    assert actions.remind(found, at=due + DAY) == 0
    assert not queries.reminders_missing(due)
    assert Mail.objects.last().to == "c@stadt.example"


def test_a_meeting_that_is_over_is_not_invited_to(town, by, meeting):
    seat(meeting, somebody(town, "h@stadt.example"))
    with pytest.raises(Closed):
        actions.invite(meeting, by=by, at=AT + 40 * DAY)


def test_the_mail_carries_the_date_as_a_part_and_as_a_file(town, by, meeting):
    seat(meeting, somebody(town, "a@stadt.example"))
    actions.invite(meeting, by=by, at=AT)

    outbox.deliver(at=timezone.now() + 400 * DAY)

    (message,) = sent_mail.outbox
    parts = {part.get_content_type(): part for part in message.message().walk()}
    part = parts["text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert Calendar.from_ical(part.get_payload(decode=True))["METHOD"] == "REQUEST"
    assert parts["application/ics"].get_filename() == "termin.ics"
