"""Letters with answers, and the sheet to hang up: what stands in them, and in which language."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from django.utils import timezone
from pypdf import PdfReader

from miteinander.core.identifiers import on_paper
from miteinander.documents.answered import Answered, answer_letters, answers_document
from miteinander.documents.formats import render
from miteinander.documents.letters_docx import letters_file
from miteinander.documents.papers_pdf import typeset
from miteinander.documents.shapes import Paragraph, Remark
from miteinander.participation import actions, queries
from tests import factories as f

pytestmark = pytest.mark.django_db
NO = {"outcome": "not_taken_up", "reason": "Dafür fehlt das Geld.\n\nWir prüfen es 2028 wieder."}
ARABIC = "لا يوجد مال لذلك."


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


@pytest.fixture
def call():
    return f.CallFactory(phase__permits=["contribute", "gather"])


def card(call, text="Mehr Bänke am Bahnhof.", **more):
    return actions.record_contribution(
        call.process, text=text, channel="card", call=call, **more, **office(call)
    )


def letters_of(call, *rows, address=""):
    return answer_letters(
        [
            Answered(row, queries.answers_to(row, language=row.language), address)
            for row in (each.refreshed() for each in rows)
        ],
        town=call.municipality,
        about=call.process,
        sender=None,
        today=timezone.localdate(),
        language="de",
    )


def test_a_letter_says_what_was_said_and_what_became_of_it(call):
    row = card(call)
    answer = actions.answer_contribution(row, **NO, **office(call))
    actions.supplement_answer(answer, text="Nun gibt es Geld.", **office(call))
    [letter] = letters_of(call, row, address="Erika Muster\n\nWeg 1\n91550 Dinkelsbühl").letters
    assert letter.recipient == ("Erika Muster", "Weg 1", "91550 Dinkelsbühl")
    assert [(p.text, p.language) for p in letter.passages] == [
        (row.text, "de"),
        (NO["reason"], "de"),
        ("Nun gibt es Geld.", "de"),
    ]
    assert ("Ihr Beitrag", on_paper(row.identifier)) in letter.information


def test_an_address_is_never_more_than_the_window_holds(call):
    row = card(call)
    actions.answer_contribution(row, **NO, **office(call))
    [letter] = letters_of(call, row, address="\n".join("abcdefghij")).letters
    assert letter.recipient == tuple("abcdef")


def test_a_checked_translation_stands_before_the_original(call):
    row = card(call, "نحتاج إلى مقاعد", language="ar")
    answer = actions.answer_contribution(row, **NO, **office(call))
    for state, expected in (("machine", ["ar", "de"]), ("checked", ["ar", "ar", "de"])):
        actions.translate_answer(
            answer, language="ar", texts={answer.wording: ARABIC}, state=state, **office(call)
        )
        [letter] = letters_of(call, row).letters
        assert [p.language for p in letter.passages] == expected


def test_whose_business_comes_with_its_open_contact_only(call):
    open_one, closed = (
        f.OrganisationFactory(municipality=call.municipality, phone=phone, shows_contact=shows)
        for phone, shows in (("09851 1", True), ("09851 2", False))
    )
    rows = [card(call, text) for text in ("Eins hier.", "Zwei dort.")]
    for row, whose in zip(rows, (open_one, closed), strict=True):
        actions.answer_contribution(
            row, outcome="elsewhere", reason="Andere.", organisation=whose, **office(call)
        )
    said = [letter.passages[2].text for letter in letters_of(call, *rows).letters]
    assert said == [f"{open_one.title}, 09851 1", closed.title]


def test_each_letter_begins_a_page_of_the_pdf_and_keeps_its_words(call):
    rows = [card(call), card(call, "Wo ist ein <script>-Kurs?")]
    for row in rows:
        actions.answer_contribution(row, **NO, **office(call))
    pages = [p.extract_text() for p in PdfReader(BytesIO(typeset(letters_of(call, *rows)))).pages]
    assert len(pages) == 2
    for page, row in zip(pages, rows, strict=True):
        for words in (row.text, "Dafür fehlt das Geld.", "Wir prüfen es 2028 wieder."):
            assert words in page


def test_a_letter_for_word_marks_language_and_direction(call):
    row = card(call, "نحتاج إلى مقاعد", language="ar")
    actions.answer_contribution(row, **NO, **office(call))
    file = docx.Document(BytesIO(letters_file(letters_of(call, row))))
    [said] = [p for p in file.paragraphs if p.text == row.text]
    assert 'w:bidi="ar"' in said._p.xml
    assert NO["reason"].split("\n\n")[1] in [p.text for p in file.paragraphs]


def test_an_address_to_type_in_reads_from_left_to_right_in_every_letter_for_word(call, settings):
    settings.LANGUAGES = [("de", "Deutsch"), ("ar", "العربية")]
    row = card(call, "نحتاج إلى مقاعد", language="ar")
    actions.answer_contribution(row, **NO, **office(call))
    letters = letters_of(call, row)
    assert letters.letters[0].language == "ar"
    plain = letters.way.plain
    file = docx.Document(BytesIO(letters_file(letters)))
    assert any(f"\u2066{plain}\u2069" in p.text for p in file.paragraphs)


# --- the sheet -----------------------------------------------------------------------------------


def sheet_of(call, **more):
    return answers_document(
        call, queries.answers_to_hang_up(call), still_open=more.get("still_open", 0),
        today=timezone.localdate(), language="de",
    )  # fmt: skip


def test_the_sheet_says_a_common_answer_once_with_all_its_voices(call):
    rows = [card(call, f"{n}. Bank fehlt.") for n in range(3)]
    theme = actions.name_theme(call.process, title="Bänke", **office(call))
    actions.gather(rows, theme, **office(call))
    actions.answer_theme(theme, **NO, **office(call))
    alone = card(call, "Mehr Licht.")
    actions.answer_contribution(alone, outcome="taken_up", reason="Kommt.", **office(call))
    document = sheet_of(call, still_open=2)
    assert [(s.title, len(s.sections)) for s in document.sections] == [
        ("Bänke", 1),
        ("Ohne Thema", 1),
    ]
    voices, answer = document.sections[0].sections[0].blocks
    assert [item[0].text for item in voices.items] == [row.text for row in rows]
    assert isinstance(answer, Remark)
    assert answer.text == NO["reason"]
    assert isinstance(document.blocks[0], Paragraph)
    assert "2 warten noch" in document.blocks[0].text


def test_the_sheet_shows_only_what_everybody_may_read(call):
    shown, hidden = card(call), card(call, "Nur fürs Amt.", may_publish=False)
    for row in (shown, hidden):
        actions.answer_contribution(row, **NO, **office(call))
    html = render(sheet_of(call), "html").content.decode()
    assert shown.text in html
    assert hidden.text not in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sheet_costs_the_same_whatever_hangs_on_it(call, rows, django_assert_num_queries):
    for number in range(rows):
        answer = actions.answer_contribution(
            card(call, f"{number}. Stimme."), outcome="taken_up", reason=f"{number}.",
            **office(call),
        )  # fmt: skip
        actions.supplement_answer(answer, text="Fertig.", **office(call))
    with django_assert_num_queries(2):
        answers = queries.answers_to_hang_up(call)
        assert [len(a.supplements.all()) for a in answers] == [1] * rows
