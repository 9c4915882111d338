"""The open pages of a draft: reading first, a comment beside each passage, nothing lost."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.participation import actions
from miteinander.participation.models import Contribution, PassageComment
from miteinander.participation.readers import passages_in
from tests import factories as f

pytestmark = pytest.mark.django_db
DRAFT = (
    "# Leitbild\n\nWir sprechen miteinander.\n\n# Räume\n\nEs gibt Räume.\n\n# Zeiten\n\nAbends."
)


@pytest.fixture
def call(town, by):
    process = f.ProcessFactory(municipality=town)
    call = f.CallFactory(process=process, phase=f.PhaseFactory(process=process), method="review")
    return actions.lay_out_draft(call, passages_in(DRAFT), **by)


def address(call, number=2, rest=""):
    return f"/de/aufruf/{call.identifier}/absatz/{number}/{rest}"


def form_at(client, path):
    page = client.get(path).content.decode()
    return {"form_key": re.search(r'name="form_key" value="([^"]+)"', page)[1]}


def send(client, call, **more):
    path = address(call, rest="sagen/")
    typed = {"text": "Zu allgemein.", "may_publish": "yes", "quote": "", "proposal": ""}
    return client.post(path, {**form_at(client, path), **typed, **more})


def test_the_page_of_the_call_is_the_draft_with_its_contents(client, call):
    page = client.get(f"/de/aufruf/{call.identifier}/").content.decode()

    assert page.count('class="passage') >= 6
    assert "<h3>Leitbild</h3>" in page
    assert 'href="#p3"' in page
    assert address(call, 2, "sagen/") in page


def test_a_draft_that_is_not_there_yet_says_so(client, town):
    process = f.ProcessFactory(municipality=town)
    call = f.CallFactory(process=process, phase=f.PhaseFactory(process=process), method="review")

    assert "Der Entwurf ist noch nicht da." in client.get(call.get_absolute_url()).content.decode()


def test_a_comment_leads_to_the_receipt_which_shows_the_passage(client, call):
    answer = send(client, call, quote="Wir sprechen", proposal="Wir reden miteinander.")
    page = client.get(answer.headers["Location"]).content.decode()

    assert answer.status_code == 303
    assert "Zu diesem Absatz" in page
    assert "<q>Wir sprechen</q>" in page
    assert "<ins>" in page


def test_a_published_comment_stands_at_its_passage_and_is_counted(client, call, by):
    send(client, call, proposal="Wir reden miteinander.")
    said = Contribution.objects.get()
    actions.publish_contribution(said, **by)
    passage = client.get(address(call)).content.decode()
    whole = client.get(call.get_absolute_url()).content.decode()
    own = client.get(said.get_absolute_url()).content.decode()

    assert "Zu allgemein." in passage
    assert "1 Kommentar" in whole
    assert "Wir sprechen miteinander." in own


def test_a_comment_that_nobody_has_read_is_not_shown(client, call):
    send(client, call)

    assert "Zu allgemein." not in client.get(address(call)).content.decode()
    assert "0 Kommentare" in client.get(call.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": "a" * 100_000}, "100000"),
        ({"quote": "Das steht da nicht"}, "stehen nicht in dem Absatz"),
        ({"form_key": "gefälscht"}, "noch einmal"),
    ],
)
def test_what_does_not_fit_is_said_and_everything_typed_is_kept(client, call, typed, says):
    answer = send(client, call, **({"proposal": "Wir singen."} | typed))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert says in page
    assert "Wir singen." in page
    assert not PassageComment.objects.exists()


def test_saying_nothing_is_refused(client, call):
    answer = send(client, call, text=" ", proposal="Wir sprechen miteinander.")

    assert answer.status_code == 422
    assert "schlagen Sie einen anderen Wortlaut vor" in answer.content.decode()
    assert not Contribution.objects.exists()


def test_a_call_that_closed_meanwhile_keeps_what_was_typed(client, call):
    path = address(call, rest="sagen/")
    typed = form_at(client, path)
    call.closes_at = timezone.now()
    call.save()
    answer = client.post(
        path, {**typed, "text": "Zu spät.", "proposal": "Anders.", "may_publish": "yes"}
    )

    assert answer.status_code == 422
    late = answer.context["late_form"]["text"].value()
    assert late.endswith("Zu spät.\n\nAnders.")
    assert late.startswith("Absatz"), "the office reads what it is about"


def test_what_is_kept_under_the_code_holds_the_passage_and_the_proposal(client, call):
    answer = send(client, call, quote="Wir sprechen", proposal="Wir reden miteinander.")
    code = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    kept = client.get(reverse("public:receipt_json", args=[code])).json()
    text = client.get(reverse("public:receipt_txt", args=[code])).content.decode()

    assert kept["passage"] == {
        "number": 2,
        "wording": "Wir sprechen miteinander.",
        "these_words": "Wir sprechen",
        "another_wording": "Wir reden miteinander.",
    }
    assert "Wir reden miteinander." in text


def test_taken_back_nothing_of_it_is_kept_under_the_code(client, call):
    answer = send(client, call, quote="Wir sprechen", proposal="Wir reden miteinander.")
    code = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    client.post(reverse("public:withdraw", args=[code]))

    assert "Wir reden miteinander." not in client.get(answer.headers["Location"]).content.decode()
    assert PassageComment.objects.get().quote == ""


def test_scripts_stay_text(client, call, by):
    evil = "<script>alert(1)</script>"
    send(client, call, text=evil, proposal=evil)
    actions.publish_contribution(Contribution.objects.get(), **by)

    for path in (address(call), call.get_absolute_url()):
        assert evil not in client.get(path).content.decode()


@pytest.mark.parametrize("number", [0, 7, 99_999])
def test_a_passage_that_is_not_there_is_not_found(client, call, number):
    assert client.get(address(call, number)).status_code == 404


def test_a_call_for_ideas_has_no_passages(client, town):
    process = f.ProcessFactory(municipality=town)
    call = f.CallFactory(process=process, phase=f.PhaseFactory(process=process))

    assert client.get(address(call)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_a_draft_costs_the_same_whatever_was_said(
    client, call, by, rows, django_assert_num_queries
):
    for number in range(rows):
        send(client, call, text=f"Stimme {number}.")
    for said in Contribution.objects.all():
        actions.publish_contribution(said, **by)
    client.get("/de/kontakt/")
    with django_assert_num_queries(6):
        client.get(call.get_absolute_url())
