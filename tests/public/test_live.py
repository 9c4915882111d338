"""Questions from the room on the phone: read, ask, support, also without a script."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from miteinander.participation import actions
from miteinander.participation.models import Contribution
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(town):
    process = f.ProcessFactory(municipality=town)
    phase = f.PhaseFactory(process=process)
    return f.CallFactory(process=process, phase=phase, method="live", allows=["support"])


def live(call):
    return f"/de/aufruf/{call.identifier}/live/"


def ask(client, call, **typed):
    page = client.get(f"{live(call)}fragen/").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    return client.post(
        f"{live(call)}fragen/", {"text": "Wann fährt der Bus?", "form_key": key, **typed}
    )


def test_the_page_of_the_call_leads_to_the_questions(client, call):
    assert live(call) in client.get(call.get_absolute_url()).content.decode()


def test_a_question_is_asked_and_the_receipt_leads_back(client, call):
    answer = ask(client, call)
    receipt = client.get(answer.headers["Location"]).content.decode()

    assert answer.status_code == 303
    assert Contribution.objects.get().channel == "meeting"
    assert live(call) in receipt


def test_a_question_that_nobody_has_read_is_not_shown(client, call):
    ask(client, call)

    assert "Wann fährt der Bus?" not in client.get(live(call)).content.decode()


def test_where_the_round_says_so_a_question_is_there_at_once(client, call, by):
    actions.set_up_questions(call, meeting=None, at_once=True, **by)
    ask(client, call)

    assert "Wann fährt der Bus?" in client.get(live(call)).content.decode()


def test_what_is_answered_now_stands_on_top_and_what_was_answered_below(client, call, by):
    actions.set_up_questions(call, meeting=None, at_once=True, **by)
    for text in ("Eins?", "Zwei?", "Drei?"):
        ask(client, call, text=text)
    one, two, three = Contribution.objects.order_by("pk")
    actions.answer_question(one, note="Um acht.", **by)
    actions.take_up_question(three, **by)
    page = client.get(live(call)).content.decode()

    assert page.index("Drei?") < page.index("Zwei?") < page.index("Um acht.")
    assert "Wird gerade beantwortet" in page
    assert two.text in page


def test_supporting_a_question_needs_no_account(client, call, by):
    actions.set_up_questions(call, meeting=None, at_once=True, **by)
    ask(client, call)
    page = client.get(live(call)).content.decode()
    address = re.search(r'<form class="support" method="post" action="([^"]+)"', page)[1]
    client.post(address, {"do": "support"})

    assert Contribution.objects.get().supports == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": ""}, "Bitte schreiben Sie einen Satz"),
        ({"text": "\u200b"}, "Bitte schreiben Sie einen Satz"),
        ({"text": "x" * 5_001}, "5001"),
        ({"form_key": "gefälscht"}, "noch einmal"),
    ],
)
def test_what_does_not_fit_is_said(client, call, typed, says):
    answer = ask(client, call, **typed)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Contribution.objects.exists()


def test_a_round_that_closed_meanwhile_keeps_what_was_typed(client, call):
    client.get(live(call))
    call.closes_at = timezone.now()
    call.save()
    answer = client.post(f"{live(call)}fragen/", {"text": "Zu spät?"})

    assert answer.status_code == 422
    assert answer.context["late_form"]["text"].value() == "Zu spät?"
    assert "Eine Frage stellen" not in client.get(live(call)).content.decode()


def test_a_script_in_a_question_stays_text(client, call, by):
    actions.set_up_questions(call, meeting=None, at_once=True, **by)
    ask(client, call, text="<script>alert(1)</script>")

    assert "<script>alert" not in client.get(live(call)).content.decode()


def test_the_list_is_kept_for_five_seconds_and_no_longer(client, call):
    answer = client.get(live(call))
    until = answer.wsgi_request.META["miteinander.shown"].until

    assert (until - answer.wsgi_request.standing.at).total_seconds() == 5


def test_a_call_for_ideas_has_no_round(client, town):
    process = f.ProcessFactory(municipality=town)
    ideas = f.CallFactory(process=process, phase=f.PhaseFactory(process=process))

    assert client.get(live(ideas)).status_code == 404


def test_the_meeting_leads_to_its_questions(client, call, by):
    meeting = f.MeetingFactory(process=call.process, happened_on=timezone.localdate())
    actions.set_up_questions(call, meeting=meeting, at_once=False, **by)

    assert live(call) in client.get(meeting.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_looking_costs_the_same_however_many_ask(client, call, by, rows, django_assert_num_queries):
    actions.set_up_questions(call, meeting=None, at_once=True, **by)
    for number in range(rows):
        ask(client, call, text=f"Frage {number}?")
    client.get("/de/kontakt/")
    with django_assert_num_queries(3):
        client.get(live(call))
