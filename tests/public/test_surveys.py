"""A survey answered without an account: page by page, without a script."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.codes import fresh_form_key
from miteinander.participation import actions, queries
from miteinander.participation.models import Call, Contribution, Participant, SurveyResponse
from miteinander.public.views.proving import SALT
from tests import factories as f
from tests.participation.surveys import built, typed

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def survey(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call, q = built()
    client.defaults["HTTP_HOST"] = call.municipality.host
    return call, q


def page(name, *args):
    return reverse(f"public:{name}", args=args)


def send(client, call, raw, go="next", at=1, *, key=""):
    facts = {"page": at, "go": go, "form_key": key or fresh_form_key(SALT, at=timezone.now())}
    return client.post(page("survey", call.identifier), {**raw, **facts})


def finish(client, survey):
    """Both pages, sent; returns the code."""
    call, q = survey
    send(client, call, typed(q, how="1"))
    response = send(client, call, typed(q, why="2", words="Mehr Licht."), "send", 2)
    return response["Location"].split("/")[3]


def text(response):
    return response.content.decode()


def test_a_survey_without_questions_says_so_instead_of_counting_them(client, survey):
    call, _q = survey
    empty = f.SurveyFactory(process=call.process, phase=call.phase)
    html = text(client.get(empty.get_absolute_url()))
    assert "Diese Umfrage hat noch keine Fragen." in html
    assert "0 Fragen" not in html


def test_reading_a_survey_keeps_nothing(client, survey):
    call, _q = survey

    shown = client.get(page("survey", call.identifier))

    assert "Wie kommen Sie?" in text(shown)
    assert "Welche Linie?" not in text(shown)
    assert "Schritt" in text(shown)
    assert shown["Cache-Control"] == "no-store, private"
    assert "taking_part" not in client.cookies
    assert not Participant.objects.exists()


def test_the_next_page_asks_what_hangs_on_the_answer(client, survey):
    call, q = survey

    by_bus = client.get(send(client, call, typed(q, how="1"))["Location"])
    assert "Welche Linie?" in text(by_bus)
    by_bike = client.get(send(client, call, typed(q, how="2"))["Location"])
    assert "Welche Linie?" not in text(by_bike)
    assert Participant.objects.count() == 1


def test_back_keeps_what_was_typed_on_the_page_that_one_leaves(client, survey):
    call, q = survey
    send(client, call, typed(q, how="1"))

    back = send(client, call, typed(q, well="4", words="Halb fertig"), "back", 2)
    assert back["Location"].endswith("?page=1")
    again = client.get(page("survey", call.identifier) + "?page=2")

    assert "Halb fertig" in text(again)
    assert again.content.count(b"checked") == 1


def test_a_missing_answer_is_named_with_a_link_to_it(client, survey):
    call, q = survey

    refused = send(client, call, {})

    assert refused.status_code == 422
    assert "Bitte wählen Sie eine Antwort." in text(refused)
    assert f'href="#id_q_{q["how"].identifier}_0"' in text(refused)


def test_sending_leads_to_a_receipt_with_the_code_and_the_receipts_of_texts(client, survey):
    code = finish(client, survey)
    call, _q = survey

    receipt = client.get(page("survey_receipt", code))

    assert code in text(receipt)
    assert "Mehr Licht." in text(receipt)
    said = Contribution.objects.get()
    assert said.call_id == call.pk
    link = next(part for part in text(receipt).split('"') if "/quittung/" in part)
    assert "Mehr Licht." in text(client.get(link))


def test_a_double_click_on_the_first_page_is_one_participant(client, survey):
    call, q = survey
    key = fresh_form_key(SALT, at=timezone.now())

    for _twice in range(2):
        client.cookies.clear()
        send(client, call, typed(q, how="1"), key=key)

    assert Participant.objects.count() == 1


def test_a_form_without_its_key_keeps_what_was_typed(client, survey):
    call, q = survey

    refused = send(client, call, typed(q, how="2"), key="gefälscht")

    assert refused.status_code == 422
    assert "checked" in text(refused)
    assert not Participant.objects.exists()


def test_one_comes_back_in_another_browser_with_the_code(client, survey):
    call, q = survey
    send(client, call, typed(q, how="1"), "save")
    shown = client.get(page("survey", call.identifier) + "?page=1&saved=yes")
    code = next(p for p in text(shown).split('"') if "/umfrage/" in p and "antworten" in p)
    code = code.split("/")[-3]
    client.cookies.clear()

    client.post(page("survey_change", code), {**typed(q, why="1"), "page": 2, "go": "send"})

    assert "taking_part" not in client.cookies
    assert SurveyResponse.objects.get().state == "sent"


def test_answers_change_until_the_end_and_not_after_it(client, survey):
    _call, q = survey
    code = finish(client, survey)

    client.post(page("survey_change", code), {**typed(q, how="2"), "page": 1})
    client.post(page("survey_change", code), {"page": 2, "go": "send"})
    assert {a.question_id for a in SurveyResponse.objects.get().answers.all()} == {q["how"].pk}
    Call.objects.update(closes_at=timezone.now() - DAY / 24)
    late = client.post(page("survey_change", code), {**typed(q, how="3"), "page": 1})

    assert late.status_code == 422
    assert SurveyResponse.objects.get().answers.get().option == 2


def test_a_call_that_closes_while_somebody_writes_shows_what_was_typed_and_keeps_it(client, survey):
    call, q = survey
    send(client, call, typed(q, how="1"))
    Call.objects.update(closes_at=timezone.now() - DAY / 24)

    late = send(client, call, typed(q, why="2", words="Mehr Licht."), "send", 2)

    assert late.status_code == 422
    assert "Mehr Licht." in text(late)
    assert "Wie kommen Sie?" in text(late)
    assert SurveyResponse.objects.get().state == "draft"
    assert "Mehr Licht." in json.dumps(SurveyResponse.objects.get().draft)


def test_who_is_new_when_the_call_has_closed_is_shown_what_was_typed(client, survey):
    call, q = survey
    Call.objects.update(closes_at=timezone.now() - DAY / 24)

    late = send(client, call, typed(q, well="2", words="Mehr Licht."), "send", 2)

    assert late.status_code == 422
    assert "Mehr Licht." in text(late)
    assert not Participant.objects.exists()


def test_own_answers_are_taken_along_and_no_cell_begins_a_formula(client, survey):
    call, q = survey
    send(client, call, typed(q, how="2"))
    sent = send(client, call, typed(q, words="=HYPERLINK(1)"), "send", 2)
    code = sent["Location"].split("/")[3]

    table = client.get(page("survey_copy", code, "csv"))
    data = json.loads(text(client.get(page("survey_copy", code, "json"))))

    assert "'=HYPERLINK(1)" in table.content.decode("utf-8-sig")
    assert data["answers"][0] == {"question": "Wie kommen Sie?", "answer": ["Rad"]}
    assert client.get(page("survey_copy", code, "exe")).status_code == 404


def test_deleting_is_asked_once_more_and_then_nothing_is_left(client, survey):
    code = finish(client, survey)

    assert client.get(page("survey_delete", code)).status_code == 200
    assert SurveyResponse.objects.exists()
    client.post(page("survey_delete", code))

    assert not SurveyResponse.objects.exists()
    assert Contribution.objects.get().state == "withdrawn"
    assert client.get(page("survey_receipt", code)).status_code == 404


def test_a_code_is_typed_where_all_codes_are_typed(client, survey):
    code = finish(client, survey)

    found = client.get(page("receipt_search"), {"code": code.lower().replace("-", " ")})

    assert found["Location"] == page("survey_receipt", code)


@pytest.mark.parametrize("posted", ["page=99", "page=-1", "page=x", "go=weg", "q_x=1"])
def test_absurd_posts_change_nothing(client, survey, posted):
    call, _q = survey
    name, _equals, value = posted.partition("=")
    raw = {"page": "1", "go": "next", "form_key": fresh_form_key(SALT, at=timezone.now())}

    response = client.post(page("survey", call.identifier), {**raw, name: value})

    assert response.status_code in (303, 422)
    assert not SurveyResponse.objects.filter(state="sent").exists()


def test_a_hundred_thousand_letters_are_refused_in_words(client, survey):
    call, q = survey
    send(client, call, typed(q, how="2"))

    refused = send(client, call, typed(q, words="Wort " * 20_000), "send", 2)

    assert refused.status_code == 422
    assert "Bitte kürzen Sie" in text(refused)


def test_a_question_of_another_survey_is_not_answered_here(client, survey):
    call, q = survey
    other = f.SurveyQuestionFactory()

    send(client, call, {**typed(q, how="2"), f"q_{other.identifier}": "1"})
    send(client, call, {}, "send", 2)

    assert [a.question for a in SurveyResponse.objects.get().answers.all()] == [q["how"]]


def test_the_form_is_guarded_against_other_sites(survey, settings):
    from django.test import Client

    call, q = survey
    strict = Client(enforce_csrf_checks=True, headers={"host": call.municipality.host})

    assert send(strict, call, typed(q, how="2")).status_code == 403


def test_what_people_see_is_in_their_language_where_there_is_a_translation(client, survey):
    from miteinander.core.models import TranslationState
    from miteinander.core.translation import store

    call, q = survey
    by, at = f.coordinator(call.municipality), timezone.now()
    for field, words in (("title", "How do you come?"), ("options", "bus\nbicycle\non foot")):
        store(q["how"], field, "en", words, state=TranslationState.CHECKED, by=by, at=at)

    english = client.get(page("survey", call.identifier).replace("/de/", "/en/"))

    assert "How do you come?" in text(english)
    assert "bicycle" in text(english)


def test_scripts_in_a_question_and_an_answer_are_words(client, survey):
    call, q = survey
    script = "<script>alert('x')</script>"
    actions.change_question(
        q["how"], changes={"title": script, "options": f"{script}\nRad"}, seen=0,
        by=f.coordinator(call.municipality), at=timezone.now(),
    )  # fmt: skip
    shown = text(client.get(page("survey", call.identifier)))
    send(client, call, typed(q, how="1"))
    sent = send(client, call, typed(q, why="1", words=script), "send", 2)
    receipt = text(client.get(sent["Location"]))

    assert script not in shown + receipt
    assert shown.count("&lt;script&gt;") >= 2
    assert receipt.count("&lt;script&gt;") >= 2


def test_who_takes_part_is_not_known(client, survey):
    finish(client, survey)

    who = Participant.objects.get()
    assert {field.name for field in Participant._meta.local_fields} == {
        "id", "call", "key_hash", "channel", "began_on",
    }  # fmt: skip
    assert queries.response_of(who).answered_on == timezone.localdate()
