"""Holding a round of questions: one press for each step, and a screen that names nobody."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.standing import Role
from miteinander.participation import actions
from miteinander.participation.models import QuestionTime, RoomQuestion
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    town = f.MunicipalityFactory()
    f.sign_in(client, town)
    return town


@pytest.fixture
def call(town):
    process = f.ProcessFactory(municipality=town)
    return f.CallFactory(process=process, phase=f.PhaseFactory(process=process), method="live")


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


def asked(call, text="Wann fährt der Bus?", *, published=True):
    question, _code = actions.ask_question(
        call, text=text, form_key=text, by=f.visitor(call.municipality), at=timezone.now(),
        language="de",
    )  # fmt: skip
    return actions.publish_contribution(question, **office(call)) if published else question


def desk(name, call):
    return reverse(f"workspace:{name}", args=[call.identifier])


def press(client, question, do, **more):
    sent = {"question": question.identifier, "do": do, **more}
    return client.post(desk("questions", question.call), sent)


def test_one_press_publishes(client, call):
    question = asked(call, published=False)

    assert press(client, question, "publish").status_code == 303
    assert question.refreshed().state == "published"


def test_a_question_is_kept_back_with_a_reason_for_its_author(client, call):
    question = asked(call, published=False)
    refused = press(client, question, "keep_back")
    assert refused.status_code == 422
    assert "Begründung" in refused.content.decode()

    press(client, question, "keep_back", words="Sie nennt einen Namen.")
    assert question.refreshed().refusal == "Sie nennt einen Namen."


def test_a_question_is_taken_up_put_back_and_answered(client, call):
    question = asked(call)
    press(client, question, "take_up")
    assert RoomQuestion.objects.get().state == "current"
    press(client, question, "put_back")
    assert not RoomQuestion.objects.exists()
    press(client, question, "answered", words="Um acht.", outcome="taken_up")

    answer = question.refreshed().answer
    assert (answer.reason, answer.outcome) == ("Um acht.", "taken_up")
    assert "Um acht." in client.get(desk("questions", call)).content.decode()


def test_what_was_typed_is_kept_when_the_answer_is_refused(client, call):
    question = asked(call)
    refused = press(client, question, "answered", words="Um acht.", outcome="vielleicht")

    assert refused.status_code == 422
    assert "Um acht.</textarea>" in refused.content.decode()
    assert not question.refreshed().is_answered


def test_the_same_question_lives_on_in_another(client, call):
    one, two = asked(call, "Wann fährt der Bus?"), asked(call, "Wann kommt der Bus?")
    assert press(client, two, "merge", into=two.identifier).status_code == 422
    assert press(client, two, "merge", into="").status_code == 422
    press(client, two, "merge", into=one.identifier)

    assert two.refreshed().is_merged


@pytest.mark.parametrize("do", ["", "zaubern"])
def test_an_unknown_button_does_nothing(client, call, do):
    assert press(client, asked(call), do).status_code == 422


def test_a_question_of_another_call_is_not_here(client, call):
    other = f.CallFactory(process=call.process, phase=call.phase, method="live")
    question = asked(other)
    sent = {"question": question.identifier, "do": "take_up"}
    refused = client.post(desk("questions", call), sent)

    assert refused.status_code == 422
    assert "nicht mehr da" in refused.content.decode()


def test_new_ones_are_told_without_moving_the_page(client, call):
    asked(call, published=False)
    part = client.get(desk("questions", call), headers={"HX-Request": "true"}).content.decode()

    assert "1 Frage ist noch nicht gelesen." in part
    assert "<html" not in part


def test_the_round_gets_its_meeting_and_its_way(client, call):
    meeting = f.MeetingFactory(process=call.process)
    client.post(desk("question_time", call), {"meeting": meeting.pk, "at_once": "yes"})
    kept = QuestionTime.objects.get()

    assert (kept.meeting, kept.at_once) == (meeting, True)


def test_in_protected_mode_at_once_is_refused(client, call):
    call.is_protected = True
    call.save()
    answer = client.post(desk("question_time", call), {"meeting": "", "at_once": "yes"})

    assert answer.status_code == 422
    assert "zuerst gelesen" in answer.content.decode()


def test_the_screen_shows_what_is_answered_what_is_next_and_the_way_in(client, call):
    now, ahead = asked(call, "Wer entscheidet?"), asked(call, "Wann fährt der Bus?")
    asked(call, "Noch nicht gelesen?", published=False)
    actions.take_up_question(now, **office(call))
    page = client.get(desk("questions_screen", call)).content.decode()

    assert page.index("Wer entscheidet?") < page.index(ahead.text)
    assert "Noch nicht gelesen?" not in page
    assert "<svg" in page
    part = client.get(desk("questions_screen", call), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()


def test_the_screen_of_a_call_by_code_shows_its_code(client, call):
    call.audience, call.access_code, call.is_public = "code", "M4RK-7TZW-0QHA", False
    call.save()

    assert "M4RK-7TZW-0QHA" in client.get(desk("questions_screen", call)).content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("member", 403), ("nobody here", 404)]
)
def test_whoever_leads_the_body_that_meets_holds_the_round(client, town, call, who, status):
    meeting = f.MeetingFactory(process=call.process, body=f.BodyFactory(municipality=town))
    actions.set_up_questions(call, meeting=meeting, at_once=False, **office(call))
    question = asked(call)
    if who == "nobody here":
        f.sign_in(client, f.MunicipalityFactory())
        client.defaults["HTTP_HOST"] = town.host
    else:
        user = f.sign_in(client, town, Role.MEMBER)
        f.SeatFactory(body=meeting.body, holder=user.people.get(), leads=who == "leader")
    for name in ("questions", "questions_screen"):
        assert client.get(desk(name, call)).status_code == status
    pressed = press(client, question, "take_up").status_code
    assert pressed == (303 if status == 200 else status)
    assert client.get(desk("question_time", call)).status_code in (403, 404)


def test_the_page_of_a_held_meeting_leads_to_its_round(client, call):
    meeting = f.MeetingFactory(process=call.process, happened_on=timezone.localdate())
    actions.set_up_questions(call, meeting=meeting, at_once=False, **office(call))

    held = client.get(desk("meeting_hold", meeting)).content.decode()
    screen = client.get(desk("meeting_screen", meeting)).content.decode()
    assert desk("questions", call) in held
    assert call.question in screen


@pytest.mark.parametrize("rows", [1, 3])
def test_holding_a_round_costs_the_same_however_many_ask(
    client, call, rows, django_assert_num_queries
):
    for number in range(rows):
        asked(call, f"Frage {number}?")
        asked(call, f"Ungelesen {number}?", published=False)
    client.get(desk("questions", call))
    with django_assert_num_queries(8):
        client.get(desk("questions", call))
