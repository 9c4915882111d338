"""The office's page of a call: how it goes, its papers, its files; and *Heute*."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from openpyxl import load_workbook

from miteinander.core.identifiers import on_paper
from miteinander.documents.apart import made
from miteinander.documents.shapes import Table
from miteinander.participation import actions, queries
from miteinander.participation.models import ContributionCount, Passage
from miteinander.participation.states import CallMethod, Channel
from miteinander.workspace.call_course import sentence_of
from miteinander.workspace.call_papers import PAPERS, Order, ballot, draft
from tests import factories as f
from tests.documents.pdfs import Pdf

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def town(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    town = f.MunicipalityFactory()
    f.sign_in(client, town)
    return town


@pytest.fixture
def call(town):
    process = f.ProcessFactory(municipality=town)
    return f.CallFactory(
        process=process, phase=f.PhaseFactory(process=process, permits=["contribute", "gather"])
    )


def desk(name, *args):
    return reverse(f"workspace:{name}", args=args)


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


def entered(call, text, **more):
    facts = {"channel": Channel.PAPER, "may_publish": True, "form_key": text} | more
    return actions.enter_on_behalf(call, text=text, **facts, **office(call))[0]


def moved(call, opens, closes):
    now = timezone.now()
    call.opens_at, call.closes_at = now + opens * DAY, now + closes * DAY
    call.save()


def test_it_says_how_it_goes_and_what_is_next(client, call):
    entered(call, "Mehr Bänke am Fluss, bitte.")
    entered(call, "A bench near the river would be lovely to have.", channel=Channel.PHONE)
    actions.submit_contribution(
        call, text="Ungelesen.", may_publish=True, form_key="x",
        by=f.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip
    page = client.get(desk("call", call.identifier))
    html = page.content.decode()
    assert page.context["course"].ways == {"paper": 1, "phone": 1, "online": 1}
    assert page.context["course"].languages["en"] == 1
    assert "1 Beitrag lesen" in html
    assert "schließt in 1 Tag" in html
    assert desk("call_entry", call.identifier) in html
    assert call.get_absolute_url() in html


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({}, ""),
        ({5: 1}, "1 Beitrag am Donnerstag, 5. März 2026."),
        ({5: 4}, "4 Beiträge am Donnerstag, 5. März 2026."),
        ({5: 1, 7: 1}, "2 Beiträge, nie mehr als einer am Tag."),
        ({5: 1, 7: 3}, "4 Beiträge, die meisten am Samstag, 7. März 2026: 3."),
    ],
)
def test_the_line_of_days_is_said_as_people_say_it(days, said):
    course = queries.Course(Counter({dt.date(2026, 3, day): count for day, count in days.items()}))
    with override("de"):
        assert sentence_of(course) == said


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        (3, 5, "öffnet in 3 Tagen"),
        (-3, 2, "schließt in 2 Tagen"),
        (-5, -1, "seit 1 Tag geschlossen"),
    ],
)
def test_it_opens_and_closes_by_itself_and_says_when(client, call, opens, closes, said):
    moved(call, opens, closes)
    assert said in client.get(desk("call", call.identifier)).content.decode()
    assert said in client.get(desk("calls")).content.decode()


def test_what_was_planned_in_a_phase_that_is_closed_does_not_open_any_more(client, call):
    moved(call, 3, 5)
    actions.close_phase(call.phase, by=f.coordinator(call.municipality), at=timezone.now())
    for page in (desk("call", call.identifier), desk("calls")):
        told = client.get(page).content.decode()
        assert "öffnet nicht mehr" in told, page
        assert "geplant" not in told, page


def test_today_tells_of_calls_that_close_and_of_what_is_unread_then(client, call):
    moved(call, -5, 2)
    assert "schließt in 2 Tagen" in client.get(desk("today")).content.decode()
    moved(call, -5, -1)
    assert "geschlossen" not in client.get(desk("today")).content.decode()
    f.ContributionFactory(process=call.process, call=call, state="submitted", is_public=False)
    ContributionCount.objects.create(
        scope=call, state="submitted", is_answered=False, is_part=False, count=12
    )
    assert "seit 1 Tag geschlossen: 12 zu lesen" in client.get(desk("today")).content.decode()
    moved(call, -9, -5)
    assert "seit 5" not in client.get(desk("today")).content.decode()


@pytest.mark.parametrize(
    ("method", "says"),
    [
        (CallMethod.SURVEY, "Fragen schreiben"),
        (CallMethod.STATEMENTS, "Thesen schreiben"),
        (CallMethod.REVIEW, "Entwurf einstellen"),
    ],
)
def test_what_has_to_be_written_first_comes_first_until_it_is_there(client, town, method, says):
    process = f.ProcessFactory(municipality=town)
    call = f.CallFactory(process=process, phase=f.PhaseFactory(process=process), method=method)
    address = desk("call", call.identifier)
    assert client.get(address).context["steps"][0].label == says
    moved(call, -5, -1)
    assert says not in client.get(address).content.decode(), "it is over"
    moved(call, -1, 5)
    if method == CallMethod.SURVEY:
        f.SurveyQuestionFactory(call=call)
    elif method == CallMethod.STATEMENTS:
        f.StatementFactory(call=call, order=1)
    else:
        Passage.objects.create(call=call, number=1, text="Ein Satz.")
    assert says not in client.get(address).content.decode(), "it is there"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    client, call, count, django_assert_num_queries
):
    for number in range(count):
        entered(call, f"Stimme {number}: mehr Bänke.")
    client.get(desk("call", call.identifier))
    with django_assert_num_queries(QUERIES):
        client.get(desk("call", call.identifier))


QUERIES = 9  # who asks (4), the town, the call, its figures, what came in, who takes part


# --- papers ---------------------------------------------------------------------------------------


@pytest.fixture
def _made_right_here(monkeypatch):
    monkeypatch.setattr("miteinander.workspace.views.participation.papers.render_apart", made)


@pytest.mark.usefixtures("_made_right_here")
def test_the_answer_sheet_holds_question_consent_places_and_the_way_back(client, call):
    call.ways = [{"title": "Bücherei", "text": "Kasten am Eingang"}]
    call.save()
    answer = client.get(desk("call_paper", call.identifier, "bogen", "pdf"))
    text = Pdf(answer.content).text
    for words in (call.question, "Ja, ohne meinen Namen", "Bücherei", "Kasten am Eingang"):
        assert words in text
    assert on_paper(call.identifier) in text
    assert "Wo ist das?" not in text
    call.allows = ["place"]
    call.save()
    answer = client.get(desk("call_paper", call.identifier, "bogen", "pdf"))
    assert "Wo ist das?" in Pdf(answer.content).text


def test_what_is_not_translated_is_set_in_its_own_language_among_words_of_the_page(call):
    """Else German words would run from right to left, and be read aloud as Arabic."""
    Passage.objects.create(call=call, number=1, text="Wir hören zu.")
    f.StatementFactory(call=call, title="Busse fahren nachts.")
    order = Order(call, language="ar", today=timezone.localdate())
    for made_from, column in ((draft, 1), (ballot, 1)):
        [table] = [block for block in made_from(order).blocks if isinstance(block, Table)]
        [run] = table.rows[0][column]
        assert run.language == "de"


@pytest.mark.parametrize("ending", ["pdf", "docx", "odt"])
@pytest.mark.usefixtures("_made_right_here")
def test_a_draft_on_paper_holds_every_passage_with_its_number_and_the_consent(client, call, ending):
    call.method = "review"
    call.save()
    for number, text in enumerate(("Grundsätze", "Wir hören zu.", "Alle reden mit."), start=1):
        Passage.objects.create(call=call, number=number, level=int(number == 1), text=text)
    answer = client.get(desk("call_paper", call.identifier, "entwurf", ending))
    assert answer.status_code == 200
    if ending == "pdf":
        text = Pdf(answer.content).text
        for words in ("Grundsätze", "Wir hören zu.", "Alle reden mit.", "Ja, ohne meinen Namen"):
            assert words in text
        assert text.index("Wir hören zu.") < text.index("Alle reden mit.")
        assert on_paper(call.identifier) in text


@pytest.mark.usefixtures("_made_right_here")
def test_papers_of_a_call_by_code_lead_there_by_its_code(client, call):
    call.audience, call.access_code, call.is_public = "code", "M4RK-7TZW-0QHA", False
    call.save()
    answer = client.get(desk("call_paper", call.identifier, "bogen", "pdf"))
    text = Pdf(answer.content).text
    assert "M4RK-7TZW-0QHA" in text
    assert "/de/mit-code" in text


@pytest.mark.usefixtures("_made_right_here")
def test_cards_are_as_many_as_were_asked_for(client, call):
    answer = client.get(desk("call_paper", call.identifier, "karten", "pdf") + "?anzahl=5")
    text = Pdf(answer.content).text
    assert text.count("Nr. ") == 5


@pytest.mark.usefixtures("_made_right_here")
def test_the_table_comes_back_as_it_was_given_out(client, call):
    answer = client.get(desk("call_paper", call.identifier, "tabelle", "xlsx") + "?anzahl=3")
    book = load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if row[1].value == "Was darauf steht")
    sheet.cell(head[0].row + 1, 2, "Mehr Bänke")
    filled = io.BytesIO()
    book.save(filled)
    filled.seek(0)
    filled.name = "tabelle.xlsx"
    shown = client.post(desk("call_cards_read", call.identifier), {"file": filled})
    assert [(c.card.number, c.card.text) for c in shown.context["changes"]] == [(1, "Mehr Bänke")]


@pytest.mark.parametrize("method", CallMethod)
def test_every_method_has_its_line_of_papers_and_no_other_is_served(client, call, method):
    call.method = method
    call.save()
    assert set(PAPERS) == set(CallMethod)
    assert all(PAPERS.values()), "each can be answered on paper"
    assert client.get(desk("call_paper", call.identifier, "erfunden", "pdf")).status_code == 404
    assert client.get(desk("call", call.identifier)).status_code == 200


# --- files ----------------------------------------------------------------------------------------

NASTY = '=HYPERLINK("http://evil.example";"Klick")'


@pytest.fixture
def said(call):
    theme = f.ThemeFactory(process=call.process, title="Orte")
    one = entered(call, NASTY, theme=theme)
    actions.answer_contribution(
        one, outcome="partly", reason="@teils", language="de", **office(call)
    )
    entered(call, "Nur fürs Amt.", may_publish=False, channel=Channel.CARD, wall="Wand 1")
    gone = entered(call, "Zurückgenommen.")
    actions.undo_entry(gone, **office(call))
    f.ContributionFactory(process=call.process, call=call, state="refused", text="Beleidigung")
    return one


def exported(client, call, ending, page="workspace"):
    answer = client.get(reverse(f"{page}:call_table", args=[call.identifier, "beitraege", ending]))
    assert answer.status_code == 200
    return answer.content


def test_the_office_gets_all_that_is_worked_with_in_every_format(client, call, said):
    rows = list(
        csv.reader(io.StringIO(exported(client, call, "csv").decode("utf-8-sig")), delimiter=";")
    )
    sheet = load_workbook(io.BytesIO(exported(client, call, "xlsx"))).worksheets[0]
    told = json.loads(exported(client, call, "json"))
    assert [row["text"] for row in told["rows"]] == [NASTY, "Nur fürs Amt."]
    assert [row[1] for row in rows[1:]] == [f"'{NASTY}", "Nur fürs Amt."]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [NASTY, "Nur fürs Amt."]
    assert {row[1].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}, "no formula"
    first, second = told["rows"]
    assert first["theme"] == "Orte"
    assert first["outcome"] == "teilweise aufgenommen"
    assert (first["published"], second["published"], second["wall"]) == ("ja", "nein", "Wand 1")
    assert rows[1][9] == "'@teils"


def test_everybody_gets_what_is_published_and_nothing_else(client, call, said):
    client.logout()
    told = json.loads(exported(client, call, "json", page="public"))
    assert [row["text"] for row in told["rows"]] == [NASTY]
    assert "wall" not in told["rows"][0]
    for ending in ("csv", "xlsx", "json"):
        assert b"Beleidigung" not in exported(client, call, ending, page="public")


@pytest.mark.parametrize("ending", ["pdf", "exe"])
def test_other_formats_and_tables_are_not_there(client, call, ending):
    for page in ("workspace", "public"):
        for table in ("beitraege", "erfunden"):
            address = reverse(f"{page}:call_table", args=[call.identifier, table, ending])
            assert client.get(address).status_code == 404


def test_the_files_of_a_call_that_is_not_public_are_for_its_own_people(client, call, said):
    call.audience, call.is_public = "members", False
    call.save()
    answer = client.get(reverse("public:call_table", args=[call.identifier, "beitraege", "csv"]))
    assert answer["Cache-Control"] == "no-store, private"
    client.logout()
    address = reverse("public:call_table", args=[call.identifier, "beitraege", "csv"])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_costs_the_same_however_many_rows(client, call, count, django_assert_num_queries):
    for number in range(count):
        entered(call, f"Stimme {number}.")
    with django_assert_num_queries(7):  # who asks (4), the town, the call, the rows
        exported(client, call, "csv")


def test_only_a_public_call_is_said_to_have_a_public_page(client, call):
    for is_public in (True, False):
        type(call).objects.filter(pk=call.pk).update(is_public=is_public)
        html = client.get(desk("call", call.identifier)).content.decode()
        assert ("Öffentliche Seite" in html) is is_public
        assert ("Seite für alle, die gefragt sind" in html) is not is_public
