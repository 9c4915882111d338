"""Reading what came in: the oldest first, what to look at twice, reasons, and wrong presses."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.errors import Closed
from miteinander.core.models import Municipality
from miteinander.participation import actions, queries
from miteinander.participation.models import Contribution, RefusalReasons
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(client, town):
    make.sign_in(client, town)
    return make.ProcessFactory(municipality=town)


@pytest.fixture
def call(process):
    return make.CallFactory(process=process, phase=make.PhaseFactory(process=process))


def said(call, *texts):
    now = timezone.now()
    return [
        actions.submit_contribution(
            call, text=text, may_publish=True, form_key=text, language="de",
            by=make.visitor(call.municipality), at=now,
        )[0]
        for text in texts
    ]  # fmt: skip


def desk(name, *args):
    return reverse(f"workspace:{name}", args=args)


def page(client, process, query=""):
    return client.get(desk("moderation", process.identifier) + query).content.decode()


def test_the_oldest_stands_on_top_and_the_list_goes_on(client, process, call):
    rows = said(call, *[f"Stimme {number:02}." for number in range(25)])
    html = page(client, process)
    assert html.index("Stimme 00.") < html.index("Stimme 01.")
    assert "Stimme 20." not in html
    assert "Stimme 24." in page(client, process, f"?newer={rows[19].pk}")


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Mehr auf https://werbung.example", "ein Link"),
        ("Schreibt an a.kaya@example.org", "eine E-Mail-Adresse"),
        ("Ruft an: 0831 2525-1234", "eine Telefonnummer"),
        ("Frau Huber im Amt ist gemein", "der Name eines Menschen"),
        ("Ich wohne Salzstraße 12", "die Adresse eines Hauses"),
    ],
)
def test_what_may_tell_who_somebody_is_is_shown(client, process, call, text, flag):
    said(call, text)
    assert flag in page(client, process)


@pytest.mark.parametrize(
    "text",
    ["Im Norden fehlt ein Treffpunkt.", "2026 wären 100 Plätze gut.", "Frauen brauchen mehr"],
)
def test_plain_words_are_not_flagged(text):
    assert queries.looked_at_twice(text) == []


def test_a_wrong_press_is_undone_and_the_page_is_gone_again(client, process, call, town):
    [one] = said(call, "Versehentlich.")
    done = client.post(
        desk("moderation", process.identifier), {"do": f"publish.{one.identifier}"}, follow=True
    )
    undo = f"{desk('reconsider', process.identifier)}?c={one.identifier}"
    assert undo in done.content.decode()
    before = Municipality.objects.get(pk=town.pk).public_version
    assert client.post(undo).status_code == 303
    again = one.refreshed()
    assert (again.state, again.is_public) == ("submitted", False)
    assert Municipality.objects.get(pk=town.pk).public_version > before, "kept pages notice"
    assert client.post(undo).status_code == 303, "pressed twice"
    assert queries.figures(process).waiting == 1


def test_what_somebody_works_with_is_not_put_back(client, process, call, by):
    [one] = said(call, "Schon sortiert.")
    one = actions.publish_contribution(one, **by)
    actions.gather([one], make.ThemeFactory(process=process), **by)
    client.post(f"{desk('reconsider', process.identifier)}?c={one.identifier}")
    assert one.refreshed().state == "published"
    with pytest.raises(Closed):
        actions.reconsider([one.refreshed()], **by)


def test_a_refused_one_is_read_once_more_without_its_reason(process, call, by):
    [one] = said(call, "Doch gut.")
    one = actions.refuse_contribution(one, reason="Ein Irrtum.", **by)
    actions.reconsider([one], **by)
    assert (one.refreshed().state, one.refreshed().refusal) == ("submitted", "")


def test_what_is_taken_off_the_page_is_gone_from_kept_pages_too(process, call, by, town):
    [one] = said(call, "Doch nicht.")
    one = actions.publish_contribution(one, **by)
    before = Municipality.objects.get(pk=town.pk).public_version
    actions.refuse_contribution(one, reason="Nennt Namen.", **by)
    assert Municipality.objects.get(pk=town.pk).public_version > before


def test_a_short_reason_and_own_words_make_one_reason(client, process, call):
    [one] = said(call, "Werbung")
    short = queries.suggested_reasons()[3]
    sent = client.post(
        desk("refuse", one.identifier), {"short": short, "reason": "Für ein Geschäft."}
    )
    assert sent.status_code == 303
    assert one.refreshed().refusal == f"{short}\nFür ein Geschäft."


def test_the_town_writes_its_own_reasons(client, process, call, town):
    address = desk("refusal_reasons", process.identifier)
    assert client.post(address, {"lines": "Zu laut.\n\n Zu leise. \nZu laut."}).status_code == 303
    assert queries.refusal_reasons(town) == ["Zu laut.", "Zu leise."]
    [one] = said(call, "La la la")
    assert "Zu leise." in client.get(desk("refuse", one.identifier)).content.decode()
    assert client.post(desk("refuse", one.identifier), {"short": "Zu schief."}).status_code == 422


@pytest.mark.parametrize("lines", ["x" * 301, "\n".join(map(str, range(21)))])
def test_reasons_that_nobody_would_read_are_refused_and_kept(client, process, lines):
    refused = client.post(desk("refusal_reasons", process.identifier), {"lines": lines})
    assert refused.status_code == 422
    assert lines[:40] in refused.content.decode()
    assert not RefusalReasons.objects.exists()


def test_a_language_is_named_by_its_own_name(client, process, call):
    actions.correct_language(
        said(call, "Потрібні лавки")[0], language="uk",
        by=make.coordinator(call.municipality), at=timezone.now(),
    )  # fmt: skip
    assert "Sprache: Українська</summary>" in page(client, process)


def test_a_language_is_corrected_and_the_words_stay(client, process, call):
    [one] = said(call, "Hallo")
    Contribution.objects.update(language="it")
    address = desk("moderation", process.identifier)
    typed = {f"language-{one.identifier}": "de", "do": f"language.{one.identifier}"}
    assert client.post(address, typed).status_code == 303
    assert (one.refreshed().language, one.refreshed().text) == ("de", "Hallo")
    typed[f"language-{one.identifier}"] = "<script>"
    assert client.post(address, typed).status_code == 422
    assert one.refreshed().language == "de"


def test_an_addition_is_read_beside_what_it_adds_to(client, process, call):
    now = timezone.now()
    first, _code = actions.submit_contribution(
        call, text="Bänke fehlen.", may_publish=True, form_key="1",
        by=make.visitor(call.municipality), at=now,
    )  # fmt: skip
    actions.add_to_contribution(
        first, text="Auch Schatten.", form_key="2", by=make.visitor(call.municipality), at=now
    )
    html = page(client, process)
    assert html.count("Ergänzt:") == 1
    assert Contribution.objects.filter(state="submitted").count() == 2


def test_a_text_of_a_survey_leads_back_to_its_question(client, town):
    make.sign_in(client, town)
    process = make.ProcessFactory(municipality=town)
    survey = make.SurveyFactory(process=process)
    question = make.SurveyQuestionFactory(call=survey, question_kind="text", title="Was noch?")
    one = make.ContributionFactory(process=process, call=survey, text="Mehr Licht.")
    make.SurveyResponseFactory(call=survey).answers.create(question=question, contribution=one)
    html = client.get(desk("contribution", one.identifier)).content.decode()
    assert desk("survey_question", question.identifier) in html
    assert "Was noch?" in html
