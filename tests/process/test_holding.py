"""Holding a meeting: the point that is dealt with, passages, votes against who was there."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.errors import Closed, Conflict, Invalid
from miteinander.core.models import Event
from miteinander.process import actions, queries
from miteinander.process.actions import Agreement, Dissenting
from miteinander.process.models import Attendance, Minutes, Resolution
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2026, 11, 18, 18, 0))
TODAY = NOW.date()
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def meeting():
    return make.MeetingFactory(happened_on=TODAY)


@pytest.fixture
def agenda(meeting):
    return [
        make.AgendaItemFactory(meeting=meeting, position=number, title=title, minutes=10)
        for number, title in enumerate(["Begrüßung", "Bericht", "Verschiedenes"], start=1)
    ]


@pytest.fixture
def by(meeting):
    return {"by": make.coordinator(meeting.municipality), "at": NOW}


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def write(item, text, by, seen=""):
    return actions.write_passage(item, text=text, seen=queries.mark_of(seen), **by)


# --- the agenda ----------------------------------------------------------------------------------


def test_beginning_a_point_ends_the_one_before_it(meeting, agenda, by):
    actions.begin_item(agenda[0], **by)
    actions.begin_item(agenda[0], **by)
    actions.begin_item(agenda[1], by=by["by"], at=NOW + 7 * MINUTE)

    first, second, third = queries.agenda_items(meeting)
    assert (first.began_at, first.ended_at) == (NOW, NOW + 7 * MINUTE)
    assert (second.is_current, third.began_at) == (True, None)
    assert kinds() == ["meeting.item_begun", "meeting.item_begun"]


def test_a_point_can_be_ended_without_having_been_begun_and_taken_up_again(agenda, by):
    for _time in range(2):
        item = actions.end_item(agenda[2], **by)
    assert item.is_done

    again = actions.begin_item(item, by=by["by"], at=NOW + MINUTE)

    assert (again.is_current, again.began_at) == (True, NOW + MINUTE)
    assert kinds() == ["meeting.item_ended", "meeting.item_begun"]


def test_a_changed_agenda_keeps_the_points_that_are_still_on_it(meeting, agenda, by):
    actions.begin_item(agenda[1], **by)
    task = actions.agree_task(meeting, Agreement("Raum", "Amt", item=agenda[1]), **by)
    facts = {"on": TODAY, "text": "", "place": "", "starts_at": None, "ends_at": None,
             "participants": None, "participants_approx": False, "seen": 0}  # fmt: skip

    actions.change_meeting(
        meeting, title="Sitzung", agenda=["Bericht", "Neu", "Begrüßung"], **facts, **by
    )

    items = queries.agenda_items(meeting)
    assert [item.title for item in items] == ["Bericht", "Neu", "Begrüßung"]
    assert (items[0].pk, items[2].pk) == (agenda[1].pk, agenda[0].pk)
    task.refresh_from_db()
    assert items[0].is_current
    assert task.item == items[0]


# --- passages ------------------------------------------------------------------------------------


def test_two_who_write_at_two_points_do_not_meet(agenda, by):
    write(agenda[0], "Alle sind da.", by)
    write(agenda[1], "Es geht voran.", by)

    text = Minutes.objects.get().text
    assert text == "## 1. Begrüßung\n\nAlle sind da.\n\n## 2. Bericht\n\nEs geht voran."


def test_of_two_at_one_point_the_second_is_told_and_nothing_is_lost(agenda, by):
    write(agenda[0], "Ihr Text", by)

    with pytest.raises(Conflict) as refused:
        write(agenda[0], "Mein Text", by)

    assert refused.value.mine == {"text": "Mein Text"}
    assert refused.value.theirs == {"text": "Ihr Text"}
    write(agenda[0], "Beides", by, seen="Ihr Text")
    assert queries.held(agenda[0].meeting, item=agenda[0].pk, at=NOW).passage == "Beides"


def test_saved_every_few_seconds_it_is_one_event_an_hour(agenda, by):
    assert write(agenda[0], "  ", by) is None
    before = ""
    for number in range(4):
        text = f"Satz {number}"
        write(agenda[0], text, {"by": by["by"], "at": NOW + 30 * number * MINUTE}, seen=before)
        write(agenda[0], text, by, seen="irgendwas")  # what is stored already is no conflict
        before = text

    assert kinds() == ["minutes.recorded", "minutes.changed"]
    assert Minutes.objects.get().text.endswith("Satz 3")


def test_a_point_that_left_the_agenda_takes_no_text(meeting, agenda, by):
    item = agenda[2]
    type(item).objects.filter(pk=item.pk).delete()

    with pytest.raises(Closed):
        write(item, "Zu spät", by)


# --- what meeting mode shows ---------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_meeting_mode_asks_the_same_however_long_the_agenda(
    meeting, count, by, django_assert_num_queries
):
    for number in range(count):
        item = make.AgendaItemFactory(meeting=meeting, position=number, title=f"Punkt {number}")
        actions.agree_task(meeting, Agreement(f"Aufgabe {number}", "Amt"), **by)
        make.ResolutionFactory(process=meeting.process, meeting=meeting, body=meeting.body)
    write(item, "Text", by)

    with django_assert_num_queries(6):  # agenda, minutes, votes, tasks, resolutions, dissents
        page = queries.held(meeting, item=item.pk, at=NOW)

    assert (len(page.tasks), len(page.resolutions), page.passage) == (count, count, "Text")
    assert page.written == {item.pk}


def test_one_writes_about_the_point_asked_for_else_the_current_one_else_the_next(
    meeting, agenda, by
):
    def chosen(item=None):
        return queries.held(meeting, item=item, at=NOW).item

    assert chosen() == agenda[0]
    actions.begin_item(agenda[1], **by)
    assert chosen() == agenda[1]
    assert chosen(agenda[2].pk) == agenda[2]
    assert chosen(10**6) == agenda[1]


# --- resolutions ---------------------------------------------------------------------------------


def resolve(meeting, by, **more):
    facts = {"title": "Wir mieten", "on": TODAY, "kind": "other", "result": "majority", **more}
    return actions.resolve(meeting.process, body=meeting.body, meeting=meeting, **facts, **by)


def attend(meeting, seat, *, came=True, **more):
    return Attendance.objects.create(meeting=meeting, seat=seat, came=came, **more)


def test_seats_with_a_vote_count_once_whoever_of_them_came(meeting):
    assert queries.voting_seats_present(meeting) is None
    body = meeting.body
    seats = [make.SeatFactory(body=body) for _number in range(3)]
    mute = make.SeatFactory(body=body, has_vote=False)
    attend(meeting, seats[0])
    attend(meeting, seats[0])  # the deputy came along
    attend(meeting, seats[1])
    attend(meeting, seats[2], came=False)
    attend(meeting, mute)
    attend(meeting, None, function="Gast")

    assert queries.voting_seats_present(meeting) == 2


@pytest.mark.parametrize(
    ("present", "votes", "begins"),
    [
        (None, (9, 0, 0), ""),
        (8, (None, None, None), ""),
        (8, (5, 2, 1), ""),
        (8, (8, None, None), ""),
        (8, (6, 2, 1), "Gezählt wurden 9 Stimmen"),
        (8, (5, None, None), "Gezählt wurden 5 Stimmen"),
    ],
)
def test_votes_that_do_not_fit_who_was_there_are_a_warning_in_words(present, votes, begins):
    warning = queries.vote_warning(present, *votes)

    assert bool(warning) == bool(begins)
    assert warning.startswith(begins)


def test_votes_beyond_who_was_there_are_kept_all_the_same(meeting, by):
    attend(meeting, make.SeatFactory(body=meeting.body))

    resolve(meeting, by, votes_for=5, votes_against=1)

    ((row, warning),) = queries.held(meeting, item=None, at=NOW).resolutions
    assert (row.votes_for, bool(warning)) == (5, True)


def test_dissenting_opinions_stay_with_the_resolution(meeting, agenda, by):
    row = resolve(
        meeting, by, item=agenda[1], dissents=[Dissenting(" Sitz Schule ", " Zu weit weg. ")]
    )

    assert [(d.function, d.text) for d in row.dissents.all()] == [("Sitz Schule", "Zu weit weg.")]
    assert row.item == agenda[1]


@pytest.mark.parametrize("dissent", [Dissenting("", "Nein"), Dissenting("Sitz Schule", " ")])
def test_half_a_dissenting_opinion_is_refused(meeting, by, dissent):
    with pytest.raises(Invalid) as refused:
        resolve(meeting, by, dissents=[dissent])

    assert list(refused.value.fields) == ["dissent"]
    assert not Resolution.objects.exists()


def test_consent_without_a_vote_has_no_votes(meeting, by):
    with pytest.raises(Invalid) as refused:
        resolve(meeting, by, result="no_objection", votes_for=3)
    assert list(refused.value.fields) == ["result"]

    assert resolve(meeting, by, result="no_objection").get_result_display() == "ohne Einwand"
