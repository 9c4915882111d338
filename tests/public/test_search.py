"""The page on which everything public is found."""

from __future__ import annotations

import logging
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from miteinander.core.search import keep
from tests import factories as make
from tests.world import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    settings.ALLOWED_HOSTS = ["*"]
    world = build("suche.example", rows=3)
    keep.rebuild()
    return world


def look(world, **typed):
    return world.client("visitor").get("/de/suche/", typed)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_hit_shows_its_kind_its_number_and_the_marked_word(world):
    response = look(world, q="räume öffnen")
    page = response.content.decode()

    assert response.status_code == 200
    assert f'href="{world["measure"].get_absolute_url()}"' in page
    assert "<mark>Räume</mark>" in page
    assert "<mark>öffnen</mark>" in page
    assert f"Maßnahme {world['measure'].number}" in text_of(response)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("typed", ["räume", "perspektive", "1.1", "begrüsung", "gibtesnirgends"])
def test_a_search_asks_at_most_eight_times(world, typed, language):
    client = world.client("visitor")
    client.get("/de/kontakt/")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/{language}/suche/", {"q": typed})

    assert response.status_code == 200
    assert len(queries) <= 8


def test_what_was_typed_is_kept_and_escaped(world):
    typed = '"><script>alert(1)</script>'
    page = look(world, q=typed).content.decode()

    assert "<script>alert" not in page
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page


def test_text_of_people_is_escaped_beside_the_mark(world):
    said = make.ContributionFactory(
        process=world["process"], title="Zebra", text="<b>Zebra</b> & <img src=x onerror=y>"
    )
    keep.keep([said.pk])
    page = look(world, q="zebra").content.decode()

    assert "&lt;b&gt;<mark>Zebra</mark>&lt;/b&gt; &amp; &lt;img" in page


def test_one_kind_is_shown_and_all_are_counted(world):
    everything, measures = look(world, q="räume"), look(world, q="räume", kind="measure")

    assert everything.context["found"].counts == measures.context["found"].counts
    kinds = {row.thing.kind for row in measures.context["rows"]}
    assert kinds == {"measure"}
    assert look(world, q="räume", kind="\x00").context["kind"] == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("und der die", "Diese Wörter stehen in fast jedem Text."),
        ("!!!", "In Ihrer Suche steht kein Wort."),
        ("gibtesnirgends", "Nichts Öffentliches enthält dieses Wort."),
        ("räume gibtesnirgends", "Nichts Öffentliches enthält alle diese Wörter."),
        ("räume " * 2000, "Ihre Suche wurde gekürzt"),
        ("begrüsung", "Meinten Sie: Begrüßung"),
    ],
)
def test_an_empty_page_says_why_and_what_next(world, typed, said):
    assert said in text_of(look(world, q=typed))


def test_what_somebody_looks_for_is_kept_nowhere(world, caplog):
    with caplog.at_level(logging.DEBUG, logger="miteinander"):
        response = look(world, q="Geheimnis")

    assert response["Cache-Control"] == "no-store, private"
    assert "Geheimnis" not in caplog.text
    assert all("Geheimnis" not in str(vars(record)) for record in caplog.records)


def test_hidden_things_are_not_found_by_number_word_or_identifier(world):
    hidden = world["hidden measure"]
    for typed in (hidden.title, hidden.identifier):
        assert hidden.get_absolute_url() not in look(world, q=typed).content.decode()
