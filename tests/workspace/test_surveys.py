"""Building a survey, its results, its papers: through the pages of the office."""

from __future__ import annotations

import csv
import io
import itertools
import json

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from miteinander.core.translation import store
from miteinander.participation import actions, queries
from miteinander.participation.models import SurveyQuestion, SurveyResponse
from miteinander.workspace.call_papers import Order, survey
from tests import factories as f
from tests.participation.surveys import answer, built, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call, q = built()
    f.sign_in(client, call.municipality, "coordinator")
    client.defaults["HTTP_HOST"] = call.municipality.host
    return client, call, q


def page(name, *args):
    return reverse(f"workspace:{name}", args=args)


def text(response):
    return response.content.decode()


def titles(call):
    return [question.title for question in queries.questions_of(call)]


def test_a_question_is_added_with_what_it_hangs_on(desk):
    client, call, q = desk
    address = page("survey_question_new", call.identifier, "text")

    client.post(
        address,
        {"title": "Warum?", "longest": "300", "shown_if": [f"{q['how'].pk}.1", f"{q['how'].pk}.3"]},
    )

    made = queries.questions_of(call)[-1]
    assert (made.title, made.shown_if_id, made.shown_values) == ("Warum?", q["how"].pk, [1, 3])
    shown = text(client.get(page("survey_questions", call.identifier)))
    assert "Nur gefragt, wenn Frage 1 mit „Bus“ oder „zu Fuß“ beantwortet ist." in shown


def test_a_condition_names_answers_of_one_question_only(desk):
    client, call, q = desk

    refused = client.post(
        page("survey_question_new", call.identifier, "text"),
        {
            "title": "Warum?",
            "longest": "300",
            "shown_if": [f"{q['how'].pk}.1", f"{q['what'].pk}.1"],
        },
    )

    assert refused.status_code == 422
    assert "nur Antworten von einer früheren Frage" in text(refused)
    assert "Warum?" in text(refused)


def test_questions_move_are_copied_and_taken_out_by_buttons(desk):
    client, call, q = desk
    before = titles(call)

    client.post(page("survey_question_move", q["what"].identifier), {"to": "down"})
    client.post(page("survey_question_copy", q["words"].identifier))
    client.post(page("survey_question_remove", q["well"].identifier))

    assert titles(call) == [*before[:2], before[2], *before[4:], before[-1]]
    assert SurveyQuestion.objects.get(pk=q["well"].pk).retired_on == timezone.localdate()


def test_a_move_that_breaks_a_condition_is_refused_in_words(desk):
    client, _call, q = desk

    refused = client.post(page("survey_question_move", q["why"].identifier), {"to": "up"})

    assert refused.status_code == 422
    assert "„Welche Linie?“ hängt von einer Antwort auf „Wie kommen Sie?“ ab." in text(refused)


def test_once_somebody_has_answered_the_page_says_that_the_questions_stand(desk):
    client, call, q = desk
    answer(call, q, how="2")

    shown = text(client.get(page("survey_questions", call.identifier)))
    client.post(
        page("survey_question", q["how"].identifier),
        {
            "title": "Womit kommen Sie?",
            "options": "Bus\nRad\nzu Fuß",
            "is_required": "on",
            "seen": 0,
        },
    )

    assert "Die Fragen stehen fest" in shown
    assert "Frage hinzufügen" not in shown
    assert titles(call)[0] == "Womit kommen Sie?"


def test_the_preview_shows_every_page_and_every_kind(desk):
    client, call, _q = desk

    shown = text(client.get(page("survey_preview", call.identifier)))

    assert all(title in shown for title in titles(call))
    assert "Seite 2" in shown
    assert 'method="post"' not in shown.partition("<main")[2].partition("</main>")[0]


def test_the_preview_says_beside_each_question_when_it_is_asked(desk):
    client, call, _q = desk
    shown = text(client.get(page("survey_preview", call.identifier)))
    asked = queries.questions_of(call)
    for earlier, question in itertools.pairwise(asked):
        said = shown.rpartition(question.title)[0].rpartition(earlier.title)[2]
        assert ("Nur gefragt, wenn" in said) == bool(question.shown_if_id), question.title
    assert any(question.shown_if_id for question in asked)


def test_without_another_survey_there_is_nothing_to_take_over(desk):
    client, call, _q = desk
    html = client.get(page("survey_take_over", call.identifier)).content.decode()
    assert "Es gibt noch keine andere Umfrage." in html
    assert "<form" not in html.partition("<main")[2].partition("</main>")[0]


def test_sheets_of_paper_are_entered_one_after_the_other(desk):
    client, call, q = desk
    address = page("survey_enter", call.identifier)
    key = actions.fresh_form_key(at=timezone.now())
    sheet = {"channel": "phone", "form_key": key, **typed(q, well="4", order={1: "1"})}

    refused = client.post(address, sheet)
    assert refused.status_code == 422
    assert "noch keinen Platz" in text(refused)
    sheet |= typed(q, order={2: "2", 3: "3"})
    for _twice in range(2):
        assert client.post(address, sheet)["Location"].endswith("?way=phone")

    response = SurveyResponse.objects.get()
    assert response.participant.channel == "phone"


def test_all_answers_are_taken_along_one_line_each_without_formulas(desk):
    client, call, q = desk
    answer(call, q, "AAAA-BBBB-0001", how="1", why="2", what=["1", "3"], judged={1: "2", 2: "0"},
           order={1: "2", 2: "1", 3: "3"}, words="=1+1")  # fmt: skip
    answer(call, q, "AAAA-BBBB-0002", how="2")

    table = client.get(page("survey_answers_file", call.identifier, "csv"))
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=";"))
    row = next(row for row in rows if row["F1"] == "1")
    book = load_workbook(io.BytesIO(
        client.get(page("survey_answers_file", call.identifier, "xlsx")).content
    ))  # fmt: skip
    data = json.loads(text(client.get(page("survey_answers_file", call.identifier, "json"))))

    assert len(rows) == 2
    assert (row["F2"], row["F3_1"], row["F3_2"], row["F3_3"]) == ("2", "1", "0", "1")
    assert (row["F5_1"], row["F5_2"], row["F6_1"], row["F7"]) == ("2", "0", "2", "'=1+1")
    assert book.sheetnames == ["Antworten", "Bedeutung der Zahlen"]
    assert {cell.data_type for line in book.worksheets[0] for cell in line} <= {"s", "n"}
    assert [q["code"] for q in data["questions"]] == [f"F{n}" for n in range(1, 8)]
    assert len(data["responses"]) == 2


def test_the_order_of_the_export_tells_no_time(desk):
    _client, call, q = desk
    for number in range(12):
        answer(call, q, f"AAAA-BBBB-{number:04}", how="2")

    exported = [response.pk for response in queries.responses_to_export(call)]

    hashes = [r.participant.key_hash for r in queries.responses_to_export(call)]
    assert hashes == sorted(hashes)
    assert exported != sorted(exported)


def test_results_are_taken_along_as_a_table(desk):
    client, call, q = desk
    for number in range(5):
        answer(call, q, f"AAAA-BBBB-{number:04}", how="2", judged={1: "1"})

    table = client.get(page("call_table", call.identifier, "ergebnisse", "csv")).content
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))

    assert ["1", "Wie kommen Sie?", "von 5 Antworten", "", "Rad", "5", "100\u00a0%"] in rows
    assert ["5", "Urteilen Sie.", "von 5 Antworten", "Weg", "gut", "5", ""] in rows


def test_the_paper_says_where_to_go_on(desk):
    from miteinander.documents.survey_paper import survey_document

    _client, call, _q = desk

    document = survey_document(
        call, queries.questions_of(call), places=[("Bücherei", "Am Markt 1")], language="de"
    )

    assert "Bücherei: Am Markt 1" in document.blocks[0].text
    told = document.sections[1].blocks[0].text
    assert told == "Nur wenn Sie bei Frage 1 „Bus“ angekreuzt haben. Sonst weiter mit Frage 3."


def test_the_paper_is_in_the_language_of_the_page_where_all_of_it_is_translated(desk):
    _client, call, q = desk
    order = Order(call, language="ar", today=timezone.localdate())
    by = f.coordinator(call.municipality)

    def put(thing, field, words):
        store(thing, field, "ar", words, state="checked", by=by, at=timezone.now())

    put(call, "question", "سؤال؟")
    for question in q.values():
        for field in question.TRANSLATABLE:
            if lines := getattr(question, field).splitlines():
                put(
                    question, field, "\n".join(f"نص {number}" for number, _line in enumerate(lines))
                )
    paper = survey(order)
    assert (paper.language, paper.title, paper.sections[0].title) == ("ar", "سؤال؟", "نص 0")
    assert paper.sections[0].blocks[-1].text.endswith("نص 2")

    put(q["how"], "options", "نص")  # lines are missing: crosses would stand beside wrong words
    paper = survey(order)
    assert (paper.language, paper.sections[0].title) == ("de", "Wie kommen Sie?")


@pytest.mark.parametrize("state", ["machine", "checked"])
def test_a_paper_has_no_mark_so_nothing_unchecked_or_outdated_is_printed(desk, state):
    _client, call, _q = desk
    order = Order(call, language="en", today=timezone.localdate())
    by = f.coordinator(call.municipality)
    store(call, "question", "en", "How?", state=state, by=by, at=timezone.now())
    assert (order.question[0] == "How?") is (state == "checked")
    call.question = "Und nun etwas ganz anderes?"
    assert order.question == (call.question, "de")


def test_the_paper_is_a_pdf(desk):
    client, call, _q = desk

    address = reverse("workspace:call_paper", args=[call.identifier, "umfrage", "pdf"])
    assert address in client.get(page("call", call.identifier)).content.decode()
    paper = client.get(address)

    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
