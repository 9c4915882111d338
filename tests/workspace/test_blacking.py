"""Blacking out in the room of reading: seen before it is sent, read by all, told to the author."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.participation import actions
from miteinander.participation.insights import tables_of
from tests import factories as make

pytestmark = pytest.mark.django_db
SAID = "Herr Kaya von nebenan hat mir den Weg gezeigt."


@pytest.fixture
def call(client, town):
    make.sign_in(client, town)
    process = make.ProcessFactory(municipality=town)
    return make.CallFactory(process=process, phase=make.PhaseFactory(process=process))


@pytest.fixture
def said(call):
    return actions.submit_contribution(
        call, text=SAID, may_publish=True, form_key="k", language="de",
        by=make.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip


def desk(name, *args):
    return reverse(f"workspace:{name}", args=args)


def sent(**more):
    return {"found": "Herr Kaya", "words": "nebenan", "reason": "Nennt einen Nachbarn.", **more}


def test_the_list_leads_there_and_nothing_is_ticked(client, said):
    one, _code = said
    page = client.get(desk("moderation", one.process.identifier)).content.decode()
    assert desk("black_out", one.identifier) in page
    form = client.get(desk("black_out", one.identifier)).content.decode()
    assert 'value="Herr Kaya"' in form
    assert "checked" not in form


def test_it_is_seen_before_it_is_sent(client, said):
    one, _code = said
    seen = client.post(desk("black_out", one.identifier), sent(preview="1"))
    assert seen.status_code == 200
    assert "[geschwärzt] von [geschwärzt] hat mir" in seen.content.decode()
    assert one.refreshed().state == "submitted", "only shown"


def test_everybody_reads_it_without_the_words_and_its_author_learns_it(client, said):
    one, code = said
    done = client.post(desk("black_out", one.identifier), sent(), follow=True).content.decode()
    assert desk("show_again", one.identifier) in done, "it can be undone at once"
    client.logout()
    receipt = client.get(reverse("public:receipt", args=[code])).content.decode()
    assert "[geschwärzt] von [geschwärzt]" in receipt
    assert "Nennt einen Nachbarn." in receipt
    pages = [
        one.get_absolute_url(),
        one.call.get_absolute_url(),
        reverse("public:contributions"),
        reverse("public:search") + "?q=Kaya",
        reverse("public:search") + "?q=gezeigt",
        reverse("public:call_table", args=[one.call.identifier, "beitraege", "csv"]),
    ]
    texts = [client.get(page).content.decode() for page in pages]
    assert [page for page, text in zip(pages, texts, strict=True) if "Herr Kaya" in text] == []
    assert "Nennt einen Nachbarn." in texts[0]
    assert sum("[geschwärzt]" in text for text in texts) >= 4
    kept = json.loads(client.get(reverse("public:receipt_json", args=[code])).content)
    assert kept["contributions"][0]["as_you_wrote_it"] == SAID
    assert SAID in client.get(reverse("public:receipt_txt", args=[code])).content.decode()


def test_the_coordination_reads_what_was_written_on_its_page_and_undoes_it(client, said):
    one, _code = said
    client.post(desk("black_out", one.identifier), sent())
    page = client.get(desk("contribution", one.identifier)).content.decode()
    assert SAID in page
    table = tables_of(one.call, "office", at=timezone.now())["beitraege"].made(one.call, "office")
    assert SAID not in str([list(row) for row in table.rows]), "files may be sent on"
    assert client.post(desk("show_again", one.identifier)).status_code == 303
    assert client.post(desk("show_again", one.identifier)).status_code == 303, "pressed twice"
    assert (one.refreshed().text, one.refreshed().state) == (SAID, "submitted")


def test_what_cannot_be_undone_says_why(client, said, by):
    one, _code = said
    done = actions.black_out(one, words=["Kaya"], reason="Ein Name.", **by)
    actions.gather([done], make.ThemeFactory(process=one.process), **by)
    answer = client.post(desk("show_again", one.identifier), follow=True).content.decode()
    assert "Mit diesem Beitrag wurde schon gearbeitet." in answer


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"found": "", "words": "Müller"}, "Müller"),
        ({"reason": ""}, "Begründung"),
        ({"reason": "Wegen nebenan."}, "Wegen nebenan."),
    ],
)
def test_what_is_refused_keeps_what_was_typed(client, said, more, word):
    one, _code = said
    data = {name: value for name, value in sent(**more).items() if value}
    refused = client.post(desk("black_out", one.identifier), data)
    assert refused.status_code == 422
    assert word in refused.content.decode()
    assert one.refreshed().text == SAID
