"""Meeting mode: saved while one types, nobody overwritten, voices become contributions."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community.models import Person
from miteinander.core.lineage.thread import thread_of
from miteinander.participation.models import Contribution
from miteinander.process import actions, queries
from miteinander.process.models import Attendance, Minutes, Resolution, Task
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def meeting(town):
    process = make.ProcessFactory(municipality=town)
    return make.MeetingFactory(process=process, happened_on=TODAY)


@pytest.fixture
def agenda(meeting):
    return [
        make.AgendaItemFactory(meeting=meeting, position=n, title=title, minutes=10)
        for n, title in enumerate(["Begrüßung", "Bericht"], start=1)
    ]


@pytest.fixture
def call(meeting):
    phase = make.PhaseFactory(process=meeting.process)
    return make.CallFactory(process=meeting.process, phase=phase)


@pytest.fixture
def me(client, town):
    make.sign_in(client, town)
    return client


def to(name, *keys):
    return reverse(f"workspace:{name}", args=keys)


def text(response):
    return " ".join(response.content.decode().split())


def shown(client, meeting, **query):
    return client.get(to("meeting_hold", meeting.identifier), query)


def passage(item, words, seen=""):
    return {"item": item.pk, "passage-text": words, "seen": queries.mark_of(seen)}


def save(client, item, words, seen="", **more):
    address = to("hold_passage", item.meeting.identifier)
    return client.post(address, passage(item, words, seen), **more)


# --- who may -------------------------------------------------------------------------------------


def test_who_leads_the_body_holds_the_meeting_and_who_sits_there_sees_the_screen(
    client, town, meeting
):
    user = make.sign_in(client, town, "member")
    seat = make.SeatFactory(body=meeting.body, holder=Person.objects.get(user=user))

    assert shown(client, meeting).status_code == 403
    assert client.get(to("meeting_screen", meeting.identifier)).status_code == 200
    seat.leads = True
    seat.save()
    assert shown(client, meeting).status_code == 200


def test_who_leads_a_body_enters_voices_in_its_own_meetings_only(client, town, meeting, call):
    user = make.sign_in(client, town, "member")
    make.SeatFactory(body=meeting.body, holder=Person.objects.get(user=user), leads=True)
    other = make.MeetingFactory(process=meeting.process, happened_on=TODAY)
    card = {"card-text": "Mehr Licht", "card-call": call.pk}

    answers = [
        client.post(to("hold_card", each.identifier), card).status_code for each in (meeting, other)
    ]

    assert answers == [303, 403]
    assert Contribution.objects.get().meeting == meeting


# --- the agenda ----------------------------------------------------------------------------------


def test_points_are_begun_and_done_with_buttons(me, meeting, agenda):
    address = to("hold_item", meeting.identifier)

    first = me.post(address, {"item": agenda[0].pk, "do": "begin"})
    assert first.url == f"{to('meeting_hold', meeting.identifier)}?item={agenda[0].pk}"
    assert "noch 10 Minuten" in text(me.get(first.url))
    me.post(address, {"item": agenda[1].pk, "do": "begin"})
    me.post(address, {"item": agenda[1].pk, "do": "end"})

    assert all(item.is_done for item in queries.agenda_items(meeting))


@pytest.mark.parametrize("wrong", ["", "x", "999999", "9" * 40])
def test_a_point_that_is_gone_is_refused_and_the_text_is_kept(me, meeting, agenda, wrong):
    data = {**passage(agenda[0], "Mein Satz"), "item": wrong}

    response = me.post(to("hold_passage", meeting.identifier), data)

    assert response.status_code == 422
    assert "Dieser Punkt steht nicht mehr auf der Tagesordnung" in text(response)
    assert "Mein Satz" in text(response)
    assert me.post(to("hold_item", meeting.identifier), {"item": wrong}).status_code == 422


def test_the_agenda_refreshes_itself_as_a_part(me, meeting, agenda):
    response = me.get(to("meeting_hold", meeting.identifier), {"part": "agenda"}, headers=HTMX)

    assert response.content.decode().lstrip().startswith('<div id="agenda-now"')
    assert "Begrüßung" in text(response)


# --- the text ------------------------------------------------------------------------------------


def test_text_is_saved_with_the_button(me, agenda):
    response = save(me, agenda[1], "Es geht voran.")

    assert response.status_code == 303
    page = text(me.get(response.url))
    assert "Es geht voran.</textarea>" in page
    assert Minutes.objects.get().text == "## 2. Bericht\n\nEs geht voran."


def test_text_saves_itself_and_the_line_below_carries_the_new_mark(me, agenda):
    response = save(me, agenda[0], "Alle da", headers=HTMX)

    assert "Gespeichert um" in text(response)
    mark = re.search(r'name="seen" value="(\w+)"', response.content.decode())[1]
    assert mark == queries.mark_of("Alle da")
    assert save(me, agenda[0], "Alle da.", "Alle da", headers=HTMX).status_code == 200


def test_of_two_who_write_at_once_nobody_is_overwritten(me, agenda):
    save(me, agenda[0], "Ihr Satz", headers=HTMX)

    told = save(me, agenda[0], "Mein Satz", headers=HTMX)
    assert told.status_code == 409
    assert "Jemand anderes hat" in text(told) or "inzwischen" in text(told)
    both = save(me, agenda[0], "Mein Satz")
    assert both.status_code == 409
    assert "Mein" in text(both)
    assert "Ihr" in text(both)
    assert queries.mark_of("Ihr Satz") in text(both)

    assert save(me, agenda[0], "Beide Sätze", "Ihr Satz").status_code == 303
    assert Minutes.objects.get().text.endswith("Beide Sätze")


# --- voices, tasks, resolutions ------------------------------------------------------------------


def test_a_voice_becomes_a_contribution_of_the_open_call_sewn_to_the_meeting(
    me, meeting, agenda, call
):
    form = text(shown(me, meeting))
    key = re.search(r'name="card-form_key" value="([^"]+)"', form)[1]
    card = {
        "item": agenda[1].pk,
        "card-text": "Die Busse fahren zu selten.",
        "card-call": call.pk,
        "card-may_publish": "on",
        "card-form_key": key,
    }

    for _time in range(2):
        response = me.post(to("hold_card", meeting.identifier), card)

    assert response.status_code == 303
    said = Contribution.objects.get()
    assert (said.channel, said.call, said.meeting, said.state) == (
        "meeting", call, meeting, "published"
    )  # fmt: skip
    steps = thread_of(said.as_thing(), public_only=False).after
    assert [(step.thing, step.relation) for step in steps] == [(meeting.as_thing(), "discussed_at")]
    page = text(me.get(response.url))
    assert "Die Busse fahren zu selten." in page
    assert re.search(r'<textarea name="card-text"[^>]* autofocus', page), "on to the next voice"
    assert '<span class="small quiet">Bericht</span>' in page


def test_an_empty_voice_and_a_closed_process_are_refused_with_what_was_typed(me, meeting, agenda):
    empty = me.post(to("hold_card", meeting.identifier), {"item": agenda[0].pk})
    closed = me.post(
        to("hold_card", meeting.identifier), {"item": agenda[0].pk, "card-text": "Mehr Licht"}
    )

    assert (empty.status_code, closed.status_code) == (422, 422)
    assert "In keiner laufenden Phase sind Beiträge möglich" in text(closed)
    assert "Mehr Licht</textarea>" in text(closed)
    assert not Contribution.objects.exists()


def test_a_task_is_agreed_with_somebody_of_the_register(me, town, meeting, agenda):
    museum = make.OrganisationFactory(municipality=town, title="Museum")
    data = {"item": agenda[0].pk, "task-what": "Raum suchen", "task-who": "museum",
            "task-due": str(TODAY + DAY)}  # fmt: skip
    assert '<option value="Museum">' in text(shown(me, meeting))

    for _time in range(2):
        response = me.post(to("hold_task", meeting.identifier), data)

    task = Task.objects.get()
    assert (task.owner_organisation, task.item, task.due) == (museum, agenda[0], TODAY + DAY)
    assert "nicht im Register" not in text(me.get(response.url))
    unknown = {**data, "task-what": "Gäste einladen", "task-who": "Alle"}
    me.post(to("hold_task", meeting.identifier), unknown)
    assert "„Alle“ steht nicht im Register" in text(shown(me, meeting))


def test_a_task_without_owner_is_refused_beside_its_field(me, meeting, agenda):
    response = me.post(to("hold_task", meeting.identifier), {"task-what": "Raum suchen"})

    assert response.status_code == 422
    assert 'value="Raum suchen"' in text(response)
    assert 'href="#id_task-who"' in text(response)


def decision(**more):
    return {"decision-title": "Wir mieten", "decision-result": "majority",
            "decision-votes_for": "5", "decision-votes_against": "1", **more}  # fmt: skip


def test_a_resolution_is_recorded_with_votes_and_dissent_and_a_warning_in_words(
    me, meeting, agenda
):
    Attendance.objects.create(meeting=meeting, seat=make.SeatFactory(body=meeting.body), came=True)
    data = decision(
        **{
            "item": agenda[1].pk,
            "decision-function_1": "Sitz Schule",
            "decision-dissent_1": "Zu weit weg.",
        }
    )

    response = me.post(to("hold_resolution", meeting.identifier), data)

    row = Resolution.objects.get()
    assert (row.votes_for, row.votes_against, row.body, row.item) == (
        5, 1, meeting.body, agenda[1]
    )  # fmt: skip
    assert [(d.function, d.text) for d in row.dissents.all()] == [("Sitz Schule", "Zu weit weg.")]
    page = text(me.get(response.url))
    assert "Gezählt wurden 6 Stimmen, als anwesend vermerkt sind aber nur 1" in page
    assert "Abweichende Meinung von Sitz Schule: Zu weit weg." in page
    again = me.post(to("hold_resolution", meeting.identifier), data)
    assert (again.status_code, Resolution.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"decision-result": "unanimous"}, "decision-result"),
        ({"decision-dissent_1": "Nein"}, "decision-function_1"),
        ({"decision-function_2": "Sitz Schule"}, "decision-dissent_2"),
        ({"decision-title": ""}, "decision-title"),
    ],
)
def test_a_resolution_that_does_not_fit_is_refused_beside_its_field(
    me, meeting, agenda, more, field
):
    response = me.post(to("hold_resolution", meeting.identifier), decision(**more))

    assert response.status_code == 422
    assert f'href="#id_{field}"' in text(response)
    assert not Resolution.objects.exists()


def test_meeting_mode_asks_a_fixed_number_of_queries(
    me, meeting, agenda, call, django_assert_num_queries
):
    shown(me, meeting)  # the frame has been seen

    def counted(number):
        for each in range(number):
            save(me, agenda[0], f"Satz {each}", f"Satz {each - 1}" if each else "")
            actions.agree_task(
                meeting, actions.Agreement(f"Aufgabe {each}", "Amt"),
                by=make.coordinator(meeting.municipality), at=timezone.now(),
            )  # fmt: skip
        with django_assert_num_queries(QUERIES):
            shown(me, meeting)

    counted(1)
    Minutes.objects.update(text="")
    counted(3)


QUERIES = 18
"""Session, account, membership, person, what it acts for, seats and the frame: 5; the meeting
and its page: 7; calls and what was said: 2; ballots: 1; owners to suggest: 3."""


# --- the screen ----------------------------------------------------------------------------------


def test_the_screen_shows_now_next_and_the_short_address_of_the_open_call(
    me, meeting, agenda, call
):
    person = make.PersonFactory(municipality=meeting.municipality, name="Erika Mustermann")
    Attendance.objects.create(meeting=meeting, person=person, came=True)
    actions.begin_item(agenda[0], by=make.coordinator(meeting.municipality), at=timezone.now())

    page = text(me.get(to("meeting_screen", meeting.identifier)))

    assert '<p class="screen__item">1. Begrüßung</p>' in page
    assert "<p>2. Bericht</p>" in page
    assert f"testserver/t/{call.identifier}" in page
    assert "<svg role=" in page
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page
    assert "Mustermann" not in page
    part = me.get(to("meeting_screen", meeting.identifier), headers=HTMX).content.decode()
    assert part.startswith('<div id="screen"')


def test_without_a_call_the_screen_leads_to_the_meeting_if_that_is_public(me, meeting, agenda):
    address = to("meeting_screen", meeting.identifier)
    assert f"testserver/t/{meeting.identifier}" in text(me.get(address))
    meeting.is_public = False
    meeting.save()
    assert "/t/" not in text(me.get(address))


def test_the_screen_asks_a_fixed_number_of_queries(me, meeting, call, django_assert_num_queries):
    address = to("meeting_screen", meeting.identifier)
    me.get(address)
    for number in range(3):
        make.AgendaItemFactory(meeting=meeting, position=number)
        with django_assert_num_queries(9):
            me.get(address, headers=HTMX)
