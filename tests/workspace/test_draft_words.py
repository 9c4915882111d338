"""A draft in further languages: written passage by passage, read beside the original."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.errors import Closed
from miteinander.core.models import Event
from miteinander.participation import actions, queries
from miteinander.participation.models import PassageTranslation
from miteinander.participation.readers import passages_in
from tests import factories as f

pytestmark = pytest.mark.django_db
DRAFT = "# Leitbild\n\nWir sprechen miteinander.\n\n- Abends."


@pytest.fixture
def call(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    town = f.MunicipalityFactory()
    f.sign_in(client, town)
    process = f.ProcessFactory(municipality=town)
    call = f.CallFactory(process=process, phase=f.PhaseFactory(process=process), method="review")
    return actions.lay_out_draft(call, passages_in(DRAFT), **office(call))


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


def desk(call, language="en", page=1):
    return reverse("workspace:draft_words", args=[call.identifier, language, page])


def words():
    return dict(PassageTranslation.objects.values_list("passage__number", "text"))


def test_what_is_written_is_read_and_the_rest_in_the_original(client, call):
    assert (
        desk(call) in client.get(reverse("workspace:call", args=[call.identifier])).content.decode()
    )
    assert "Wir sprechen miteinander." in client.get(desk(call)).content.decode()
    typed = {"p1": "Mission", "p2": " We speak with one another. ", "p3": ""}
    assert client.post(desk(call), typed).status_code == 303
    assert words() == {1: "Mission", 2: "We speak with one another."}
    client.logout()
    page = client.get(f"/en/aufruf/{call.identifier}/").content.decode()
    assert "Mission" in page
    assert "We speak with one another." in page
    assert "Wir sprechen" not in page
    assert re.search(r'<span lang="de"[^>]*>Abends\.</span>', page), "marked as German"
    one = client.get(f"/en/aufruf/{call.identifier}/absatz/2/").content.decode()
    assert "We speak with one another." in one
    assert "Wir sprechen miteinander." in one, "the original stands beside it"
    german = client.get(f"/de/aufruf/{call.identifier}/").content.decode()
    assert "Mission" not in german


def test_the_same_twice_changes_nothing_and_empty_takes_it_out(call):
    for _time in range(2):
        actions.translate_draft(call, {1: "Mission", 2: ""}, language="en", **office(call))
    assert Event.objects.filter(kind="call.draft_translated").count() == 1
    actions.translate_draft(call, {1: ""}, language="en", **office(call))
    assert words() == {}


def test_a_draft_that_was_replaced_meanwhile_is_told_and_its_translations_go(client, call):
    actions.translate_draft(call, {1: "Mission"}, language="en", **office(call))
    actions.lay_out_draft(call, passages_in("Ganz anders."), **office(call))
    assert words() == {}
    with pytest.raises(Closed):
        actions.translate_draft(call, {3: "In the evening."}, language="en", **office(call))


def test_only_further_languages_and_pages_that_exist(client, call):
    for address in (desk(call, "de"), desk(call, "xx"), desk(call, page=2), desk(call, page=0)):
        assert client.get(address).status_code == 404
    other = f.CallFactory(process=call.process)
    assert client.get(desk(other)).status_code == 404


def test_a_comment_quotes_the_original_whatever_language_it_is_read_in(client, call):
    actions.translate_draft(call, {2: "We speak."}, language="en", **office(call))
    client.logout()
    form = client.get(f"/en/aufruf/{call.identifier}/absatz/2/sagen/").content.decode()
    assert "We speak." in form
    assert "Wir sprechen miteinander." in form


@pytest.mark.parametrize("count", [1, 30])
def test_long_drafts_cost_the_same(client, call, count, django_assert_num_queries):
    text = "\n\n".join(f"Absatz {number}." for number in range(count))
    actions.lay_out_draft(call, passages_in(text), **office(call))
    numbers = {passage.number: "Word." for passage in queries.passages_of(call)}
    actions.translate_draft(call, numbers, language="en", **office(call))
    client.logout()
    passages = queries.passages_of(call)
    with django_assert_num_queries(1):
        queries.in_language(passages, call, "en")
    assert {passage.localised["text"].text for passage in passages} == {"Word."}
