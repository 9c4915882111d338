"""Answers in the language of those who asked, where a person has checked the translation."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.errors import Closed, Invalid
from miteinander.participation import actions, queries
from miteinander.participation.models import AnswerTranslation
from tests import factories as f

pytestmark = pytest.mark.django_db
NO = {"outcome": "not_taken_up", "reason": "Dafür fehlt das Geld."}
ARABIC = "لا يوجد مال لذلك."


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


@pytest.fixture
def call():
    return f.CallFactory()


def said(call, text="نحتاج إلى مقاعد أكثر", language="ar"):
    one, code = actions.submit_contribution(
        call, text=text, may_publish=True, form_key=text, language=language,
        by=f.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip
    return actions.publish_contribution(one, **office(call)), code


def translated(answer, state="checked", text=ARABIC):
    return actions.translate_answer(
        answer, language="ar", texts={answer.wording: text}, state=state,
        **office(answer.contribution),
    )  # fmt: skip


def told(row, language="ar"):
    [answer] = queries.answers_to(row.refreshed(), language=language)
    return answer.told


def test_a_bulk_answer_is_translated_once_for_all(call):
    rows = [said(call, f"مقعد {n}")[0] for n in range(3)]
    actions.answer_together(call.process, rows, **NO, **office(call))
    assert len(queries.answers_to_translate(call.process).rows) == 3
    assert translated(rows[0].refreshed().answer) == 1
    assert {told(row).translated for row in rows} == {ARABIC}
    assert queries.answers_to_translate(call.process).rows == []


def test_sent_twice_is_once_and_an_empty_text_takes_it_back(call):
    row, _code = said(call)
    answer = actions.answer_contribution(row, **NO, **office(call))
    assert [translated(answer), translated(answer)] == [1, 0]
    translated(answer, text=" ")
    assert not AnswerTranslation.objects.exists()


@pytest.mark.parametrize(
    ("state", "is_reliable"), [("machine", False), ("checked", True), ("approved", True)]
)
def test_only_what_somebody_checked_stands_first(call, state, is_reliable):
    row, _code = said(call)
    answer = actions.answer_contribution(row, **NO, **office(call))
    translated(answer, state=state)
    assert told(row).is_reliable == is_reliable
    assert bool(queries.answers_to_translate(call.process).rows) != is_reliable


def test_a_supplement_waits_for_its_own_translation(call):
    row, _code = said(call)
    answer = actions.answer_contribution(row, **NO, **office(call))
    translated(answer)
    added = actions.supplement_answer(answer, text="Nun gibt es Geld.", **office(call))
    assert queries.answers_to_translate(call.process).rows == [row]
    texts = {added.wording: "يوجد مال الآن."}
    actions.translate_answer(answer, language="ar", texts=texts, state="checked", **office(call))
    assert queries.answers_to_translate(call.process).rows == []
    [shown] = queries.answers_to(row.refreshed(), language="ar")
    assert [a.told.translated for a in shown.added] == ["يوجد مال الآن."]


def test_whoever_lives_on_in_another_contribution_waits_for_the_translation_too(call):
    """However many steps away the answer was given."""
    (mine, _code), (between, _code2), (german, _code3) = (
        said(call), said(call, "Ще лавки", "uk"), said(call, "Mehr Bänke", "de"),
    )  # fmt: skip
    for into, row in ((between, mine), (german, between)):
        merge = {"reason": "Dasselbe", **office(call)}
        actions.merge_contributions(into.refreshed(), [row.refreshed()], **merge)
    answer = actions.answer_contribution(german.refreshed(), **NO, **office(call))
    waiting = queries.answers_to_translate
    assert waiting(call.process).rows == [between.refreshed(), mine.refreshed()]
    translated(answer)
    assert told(mine).translated == ARABIC
    assert waiting(call.process).rows == [between.refreshed()]
    added = actions.supplement_answer(answer, text="Nun doch.", **office(call))
    assert mine in waiting(call.process).rows
    texts = {added.wording: "الآن نعم."}
    actions.translate_answer(answer, language="ar", texts=texts, state="checked", **office(call))
    assert mine not in waiting(call.process).rows


def test_what_cannot_be_is_refused(call):
    row, _code = said(call)
    answer = actions.answer_contribution(row, **NO, **office(call))
    facts = {"texts": {answer.wording: "x"}, **office(call)}
    for wrong in ({"language": "de", "state": "checked"}, {"language": "xx", "state": "checked"},
                  {"language": "ar", "state": "original"}):  # fmt: skip
        with pytest.raises(Invalid):
            actions.translate_answer(answer, **wrong, **facts)
    actions.withdraw_contribution(row, by=f.visitor(call.municipality), at=timezone.now())
    answer.refresh_from_db()
    with pytest.raises(Closed):
        actions.translate_answer(answer, language="ar", state="checked", **facts)


def test_another_town_with_the_same_words_has_its_own_translation(call):
    row, _code = said(call)
    translated(actions.answer_contribution(row, **NO, **office(call)))
    other = f.CallFactory()
    foreign, _code = said(other)
    actions.answer_contribution(foreign, **NO, **office(other))
    assert told(foreign).translated == ""


def test_one_query_for_answers_supplements_and_translations(call, django_assert_num_queries):
    row, _code = said(call)
    answer = actions.answer_contribution(row, **NO, **office(call))
    for number in range(3):
        actions.supplement_answer(answer, text=f"{number}. Nachtrag", **office(call))
    found = queries.contributions_visible_to(call.process, f.coordinator(call.municipality))
    found = found.select_related("answer").get(pk=row.pk)
    with django_assert_num_queries(1):
        [shown] = queries.answers_to(found, language="ar")
    assert len(shown.added) == 3


# --- on pages ------------------------------------------------------------------------------------


@pytest.fixture
def site(client, call, settings):
    settings.ALLOWED_HOSTS = [".example"]
    client.defaults["HTTP_HOST"] = call.municipality.host
    return client


def test_the_receipt_shows_the_authors_language_first_and_the_original_below(site, call):
    row, code = said(call)
    translated(actions.answer_contribution(row, **NO, **office(call)))
    page = site.get(reverse("public:receipt", args=[code])).content.decode()
    assert page.index(f'<p lang="ar" dir="auto">{ARABIC}</p>') < page.index(NO["reason"])
    # The public page speaks the language of the page, here German.
    assert ARABIC not in site.get(row.get_absolute_url()).content.decode()


def test_a_machines_text_stands_below_the_original_and_says_so(site, call):
    row, code = said(call)
    translated(actions.answer_contribution(row, **NO, **office(call)), state="machine")
    page = site.get(reverse("public:receipt", args=[code])).content.decode()
    original, mark, text = (
        page.index(words) for words in (NO["reason"], "Maschinelle Übersetzung", ARABIC)
    )
    assert original < mark < text


def test_the_office_enters_and_changes_a_translation(site, call):
    f.sign_in(site, call.municipality)
    site.defaults["HTTP_HOST"] = call.municipality.host
    row, _code = said(call)
    address = reverse("workspace:answer_translate", args=[row.identifier, "ar"])
    assert site.get(address).status_code == 404  # not answered yet
    answer = actions.answer_contribution(row, **NO, **office(call))
    waiting = reverse("workspace:answer_translations", args=[call.process.identifier])
    assert address in site.get(waiting).content.decode()
    assert site.post(address, {answer.wording: ARABIC, "state": "no"}).status_code == 422
    assert site.post(address, {answer.wording: ARABIC, "state": "machine"}).status_code == 303
    page = site.get(address)
    form, html = page.context["form"], page.content.decode()
    own = f'<p lang="{row.language}" dir="auto">{row.text}</p>'
    assert html.index(own) < html.index(f"<p>{NO['reason']}</p>") < html.index("<textarea")
    assert (form[answer.wording].value(), form["state"].value()) == (ARABIC, "machine")
    assert site.post(address, {answer.wording: ARABIC, "state": "checked"}).status_code == 303
    assert address not in site.get(waiting).content.decode()
    wrong = reverse("workspace:answer_translate", args=[row.identifier, "de"])
    assert site.get(wrong).status_code == 404


def test_who_lives_on_elsewhere_is_translated_on_the_page_of_their_contribution(site, call):
    f.sign_in(site, call.municipality)
    site.defaults["HTTP_HOST"] = call.municipality.host
    (mine, _code), (german, _code2) = said(call), said(call, "Mehr Bänke", "de")
    actions.merge_contributions(german, [mine], reason="Dasselbe", **office(call))
    actions.answer_contribution(german.refreshed(), **NO, **office(call))
    room = reverse("workspace:contribution", args=[mine.identifier])
    waiting = reverse("workspace:answer_translations", args=[call.process.identifier])
    assert f'href="{room}"' in site.get(waiting).content.decode()
    address = reverse("workspace:answer_translate", args=[german.identifier, "ar"])
    assert f'href="{address}"' in site.get(room).content.decode()


@pytest.mark.parametrize(
    ("theirs", "words", "kept"),
    [
        ("ar", "شكرا لكم. لا يوجد مال لذلك في هذا العام.", "ar"),
        ("ar", "Dafür fehlt uns in diesem Jahr leider das Geld.", "de"),
        ("tr", "Teşekkür ederiz. Bu yıl bunun için yeterli paramız yok.", "tr"),
        ("tr", "Merci beaucoup, nous n'avons pas assez d'argent cette année.", "de"),
        ("de", "Thank you, but there is no money for this in the coming year.", "de"),
    ],
)
def test_an_answer_is_marked_as_the_language_of_who_asked_where_it_is_written_in_it(
    site, call, theirs, words, kept
):
    f.sign_in(site, call.municipality)
    site.defaults["HTTP_HOST"] = call.municipality.host
    (one, _code), (two, _code2) = said(call, "1", theirs), said(call, "2", theirs)
    typed = {"outcome": "not_taken_up", "reason": words}
    site.post(reverse("workspace:answer", args=[one.identifier]), typed)
    many = reverse("workspace:answer_many", args=[call.process.identifier])
    site.post(f"{many}?c={two.identifier}", typed | {"on_page": two.identifier})
    site.post(reverse("workspace:answer_supplement", args=[one.identifier]), {"text": words})
    given = [one.refreshed().answer, two.refreshed().answer]
    assert [a.language for a in given] == [kept, kept]
    assert given[0].supplements.get().language == kept


def test_whoever_writes_in_a_language_that_we_do_not_offer_is_answered_in_it_too(site, call):
    f.sign_in(site, call.municipality)
    site.defaults["HTTP_HOST"] = call.municipality.host
    row, code = said(call, "Necesitamos más bancos en la estación.", "es")
    answer = actions.answer_contribution(row, **NO, **office(call))
    waiting = site.get(reverse("workspace:answer_translations", args=[call.process.identifier]))
    address = reverse("workspace:answer_translate", args=[row.identifier, "es"])
    assert f'href="{address}"' in waiting.content.decode()
    assert "Übersetzen (Spanisch)" in waiting.content.decode()
    spanish = {answer.wording: "No hay dinero para eso.", "state": "checked"}
    assert site.post(address, spanish).status_code == 303
    room = site.get(reverse("workspace:contribution", args=[row.identifier])).content.decode()
    assert "In der Sprache des Beitrags, geprüft:" in room
    assert "No hay dinero para eso." in room
    nobody = reverse("workspace:answer_translate", args=[row.identifier, "it"])
    assert site.get(nobody).status_code == 404
    site.logout()
    assert (
        "No hay dinero para eso."
        in site.get(reverse("public:receipt", args=[code])).content.decode()
    )
