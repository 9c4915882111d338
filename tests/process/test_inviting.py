"""Inviting: everybody once, deputies when they are needed, and nobody who did not agree."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail as sent_mail
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from miteinander.core import clock, outbox, translation
from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event, Mail, MailText, TranslationState
from miteinander.process import actions, queries, tasks
from miteinander.process.models import Attendance
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
QUERIES_OF_AN_INVITATION = 22


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
        person.consents.create(given_on=dt.date(2026, 1, 1), way="form")
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


def test_once_the_meeting_has_begun_or_was_cancelled_no_deputy_is_called(town, by, meeting):
    deputy = somebody(town, "d@stadt.example")
    own = seat(meeting, somebody(town, "h@stadt.example"), deputy)
    actions.invite(meeting, by=by, at=AT)
    own.absent_from = dt.date(2027, 3, 1)
    own.save()
    evening = dt.datetime(2027, 3, 28, 16, 30, tzinfo=dt.UTC)

    assert len(queries.deputies_to_call(evening - dt.timedelta(minutes=1))) == 1
    assert queries.deputies_to_call(evening) == []

    ((found, seat_found),) = queries.deputies_to_call(AT)
    actions.cancel_meeting(meeting, because="Der Saal ist nass.", by=by, at=AT)
    assert actions.call_deputy(found, seat_found, by=by, at=AT) is None
    assert not Attendance.objects.filter(person=deputy).exists()


def test_a_meeting_past_midnight_is_over_when_it_ends(town, by, meeting):
    holder = somebody(town, "h@stadt.example")
    seat(meeting, holder)
    actions.invite(meeting, by=by, at=AT)
    row = Attendance.objects.get(person=holder)
    # It ends at one o'clock, summer time.
    end = dt.datetime(2027, 3, 28, 23, 0, tzinfo=dt.UTC)

    actions.answer_invitation(row, is_coming=True, by=by, at=end)
    with pytest.raises(Closed):
        actions.answer_invitation(row, is_coming=False, by=by, at=end + dt.timedelta(minutes=1))


def test_a_guest_is_taken_off_the_list_until_they_are_invited(town, by, meeting):
    first, second = somebody(town, "a@stadt.example"), somebody(town, "b@stadt.example")
    early = actions.add_guest(meeting, first, by=by, at=AT)
    assert actions.add_guest(meeting, first, by=by, at=AT) == early
    actions.drop_guest(early, by=by, at=AT)
    assert not meeting.attendances.exists()

    late = actions.add_guest(meeting, second, by=by, at=AT)
    actions.invite(meeting, by=by, at=AT)
    with pytest.raises(Closed):
        actions.drop_guest(late, by=by, at=AT)  # as it was before the invitation

    assert [mail.to for mail in Mail.objects.all()] == ["b@stadt.example"]
    assert meeting.attendances.filter(pk=late.pk).exists()


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


def test_of_a_meeting_that_was_just_cancelled_nobody_is_reminded(town, by, meeting):
    seat(meeting, somebody(town, "h@stadt.example"))
    actions.invite(meeting, by=by, at=AT)
    due = dt.datetime(2027, 3, 26, 9, tzinfo=dt.UTC)
    (found,) = queries.meetings_to_remind(due)

    actions.cancel_meeting(meeting, because="Der Saal ist nass.", by=by, at=due)

    assert actions.remind(found, at=due) == 0


def test_the_worker_calls_deputies_and_reminds_each_once(town, by, meeting, monkeypatch):
    deputy = somebody(town, "d@stadt.example")
    own = seat(meeting, somebody(town, "h@stadt.example"), deputy)
    seat(meeting, somebody(town, "c@stadt.example"))
    actions.invite(meeting, by=by, at=AT)
    own.absent_from = dt.date(2027, 3, 1)
    own.save()
    due = dt.datetime(2027, 3, 26, 9, tzinfo=dt.UTC)
    monkeypatch.setattr(tasks.timezone, "now", lambda: due)

    for _time in range(2):
        tasks.call_deputies()
        tasks.remind()

    told = Mail.objects.order_by("key").values_list("key", "to")
    assert sorted((key.split(":")[0], to) for key, to in told) == [
        ("meeting.invited", "c@stadt.example"),
        ("meeting.invited", "d@stadt.example"),
        ("meeting.invited", "h@stadt.example"),
        ("meeting.reminder", "c@stadt.example"),
        ("meeting.reminder", "h@stadt.example"),
    ]


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


def full(meeting, town, people=1):
    """One place, and so many guests who registered for it before."""
    meeting.capacity, meeting.registration = 1, "public"
    meeting.registration_until = AT + 20 * DAY
    meeting.is_public = True
    meeting.save()
    return [
        actions.register_guest(
            meeting,
            name=f"Gast {number}",
            form_key=str(number),
            email=f"gast{number}@stadt.example",
            by=make.coordinator(town),
            at=AT,
        ).row
        for number in range(people)
    ]


def test_who_accepts_when_all_places_are_taken_waits_and_moves_up(town, by, meeting):
    (guest,) = full(meeting, town)
    holder = somebody(town, "h@stadt.example")
    seat(meeting, holder)
    actions.invite(meeting, by=by, at=AT)
    row = Attendance.objects.get(person=holder)

    answered = actions.answer_invitation(row, is_coming=True, by=by, at=AT)
    assert (answered.state, answered.waiting_since) == ("waiting", AT)
    actions.answer_invitation(row, is_coming=True, by=by, at=AT + DAY)
    row.refresh_from_db()
    assert row.waiting_since == AT, "saying it again does not push anybody back"

    actions.cancel_registration(guest, by=by, at=AT)
    row.refresh_from_db()
    assert (row.state, row.waiting_since) == ("coming", None)
    assert Mail.objects.order_by("pk").last().to == "h@stadt.example"


def test_who_declines_gives_the_place_to_whoever_has_waited_longest(town, by, meeting):
    holder = somebody(town, "h@stadt.example")
    seat(meeting, holder)
    actions.invite(meeting, by=by, at=AT)
    row = Attendance.objects.get(person=holder)
    meeting.capacity = 1
    meeting.save()
    actions.answer_invitation(row, is_coming=True, by=by, at=AT)
    first, second = full(meeting, town, people=2)
    assert [first.state, second.state] == ["waiting", "waiting"]

    actions.answer_invitation(row, is_coming=False, by=by, at=AT)

    first.refresh_from_db()
    second.refresh_from_db()
    assert [first.state, second.state] == ["coming", "waiting"]


def test_with_limited_places_a_new_day_takes_nobodys_place(town, by, meeting):
    holder = somebody(town, "h@stadt.example")
    seat(meeting, holder)
    meeting.capacity = 1
    meeting.save()
    actions.invite(meeting, by=by, at=AT)
    row = Attendance.objects.get(person=holder)
    actions.answer_invitation(row, is_coming=True, by=by, at=AT)

    moved(meeting.refreshed(), by, on=dt.date(2027, 4, 4))

    row.refresh_from_db()
    assert row.state == "coming"
    assert Mail.objects.filter(key__startswith="meeting.moved").count() == 1


def test_guests_who_registered_are_not_invited_but_told_with_their_own_way_back(town, by, meeting):
    full(meeting, town)
    before = Mail.objects.count()
    actions.invite(meeting, by=by, at=AT)
    assert Mail.objects.count() == before
    assert "28. März 2027, 18:30 bis 01:00 am nächsten Tag" in Mail.objects.get().body

    moved(meeting.refreshed(), by, place="Anderswo")

    told = Mail.objects.get(key__startswith="meeting.moved")
    assert told.to == "gast0@stadt.example"
    assert "/de/anmeldung/" in told.body
    assert "/de/l/" not in told.body
    assert event_in(told)["ATTENDEE"] == "mailto:gast0@stadt.example"


def test_who_gives_a_place_back_is_stood_in_for_like_who_declines(town, by, meeting):
    holder, deputy = somebody(town, "h@stadt.example"), somebody(town, "d@stadt.example")
    seat(meeting, holder, deputy)
    actions.invite(meeting, by=by, at=AT)
    row = Attendance.objects.get(person=holder)
    actions.answer_invitation(row, is_coming=True, by=by, at=AT)

    actions.cancel_registration(row, by=by, at=AT)

    assert Attendance.objects.get(person=deputy).invited_at == AT


def test_every_language_has_its_own_words_in_mail_and_calendar(town, by, meeting):
    seat(meeting, somebody(town, "a@stadt.example"))
    seat(meeting, somebody(town, "b@stadt.example", language="en"))
    meeting.agenda.create(position=1, title="Wahl", minutes=10)
    actions.invite(meeting, by=by, at=AT)
    actions.cancel_meeting(meeting, because="Der Saal ist nass.", by=by, at=AT)

    mails = {(mail.to[0], mail.key.split(":")[0]): mail for mail in Mail.objects.all()}
    assert (
        "Sonntag, 28. März 2027, 18:30 bis 01:00 am nächsten Tag"
        in mails["a", "meeting.invited"].body
    )
    assert (
        "Sunday, 28 March 2027, 18:30 to 01:00 on the next day"
        in mails["b", "meeting.invited"].body
    )
    assert "Tagesordnung" in str(event_in(mails["a", "meeting.invited"])["DESCRIPTION"])
    assert "Agenda" in str(event_in(mails["b", "meeting.invited"])["DESCRIPTION"])
    assert str(event_in(mails["a", "meeting.cancelled"])["SUMMARY"]).startswith("Abgesagt: ")
    assert str(event_in(mails["b", "meeting.cancelled"])["SUMMARY"]).startswith("Cancelled: ")


def test_whoever_reads_the_original_gets_it_also_after_a_translation(town, by, meeting):
    meeting.language, meeting.title, meeting.text = "en", "Second meeting", "About words."
    meeting.save()
    for field, words in (("title", "Zweites Treffen"), ("text", "Über Wörter.")):
        state = TranslationState.APPROVED
        translation.store(meeting, field, "de", words, state=state, by=by, at=AT)
    seat(meeting, somebody(town, "a@stadt.example"))
    seat(meeting, somebody(town, "b@stadt.example", language="en"))
    actions.invite(meeting, by=by, at=AT)

    mails = {mail.to[0]: mail for mail in Mail.objects.all()}
    for letter, title, words in (
        ("a", "Zweites Treffen", "Über Wörter."),
        ("b", "Second meeting", "About words."),
    ):
        assert f": {title}, " in mails[letter].subject
        assert words in mails[letter].body
        assert event_in(mails[letter])["SUMMARY"] == title
        assert words in event_in(mails[letter])["DESCRIPTION"]


def test_in_a_language_without_pages_days_are_said_as_the_town_says_them(town, by, meeting):
    MailText.objects.create(
        municipality=town, mail="meeting.invited", language="tr",
        subject="Davet: %(meeting)s", body="%(when)s\n%(link)s",
    )  # fmt: skip
    seat(meeting, somebody(town, "a@stadt.example", language="tr"))
    with override("en"):
        actions.invite(meeting, by=by, at=AT)

    mail = Mail.objects.get()
    assert mail.language == "tr"
    assert mail.body.startswith("Sonntag, 28. März 2027, 18:30 bis 01:00 am nächsten Tag\n")
    assert "/de/l/" in mail.body


def test_each_calendar_names_one_recipient_and_the_office_that_leads(town, by, meeting):
    office = meeting.process.lead_office
    office.email = "amt@stadt.example"
    office.save()
    for letter in "ab":
        seat(meeting, somebody(town, f"{letter}@stadt.example"))
    actions.invite(meeting, by=by, at=AT)

    for mail in Mail.objects.all():
        event = event_in(mail)
        assert event["ATTENDEE"] == f"mailto:{mail.to}"
        assert event["ATTENDEE"].params["RSVP"] == "TRUE"
        assert event["ORGANIZER"] == "mailto:amt@stadt.example"
        assert event["ORGANIZER"].params["CN"] == "Musterstadt"


def test_the_time_zone_that_is_sent_along_says_what_ours_does(town, by, meeting):
    seat(meeting, somebody(town, "a@stadt.example"))
    actions.invite(meeting, by=by, at=AT)
    (zone,) = Calendar.from_ical(Mail.objects.get().calendar).walk("VTIMEZONE")
    theirs = zone.to_tz()

    for month in range(1, 13):
        for day in (1, 28):
            noon = dt.datetime(2027, month, day, 12)
            assert (
                noon.replace(tzinfo=theirs).utcoffset()
                == noon.replace(tzinfo=clock.BERLIN).utcoffset()
            )


@pytest.mark.parametrize("count", [1, 4])
def test_an_invitation_asks_the_database_the_same_for_one_as_for_many(
    town, by, meeting, count, django_assert_num_queries
):
    for number in range(count):
        seat(meeting, somebody(town, f"a{number}@stadt.example"))
    with django_assert_num_queries(QUERIES_OF_AN_INVITATION):
        actions.invite(meeting, by=by, at=AT)
