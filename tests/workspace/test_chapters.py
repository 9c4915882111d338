"""The room of the chapters: written with a preview, put in order, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from miteinander.core.standing import Role
from miteinander.strategy.models import Chapter
from tests import factories as make

pytestmark = pytest.mark.django_db
TEXT = "Guten Tag.\n\n## Warum\n\n- eins\n\n<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def concept():
    return make.ConceptFactory(process=make.PhaseFactory().process)


@pytest.fixture
def preface(concept):
    return Chapter.objects.get(concept=concept, chapter_kind="preface")


def address(name, *args):
    return reverse(f"workspace:{name}", args=args)


@pytest.mark.parametrize("htmx", [False, True], ids=["whole page", "htmx"])
def test_a_preview_shows_the_text_as_the_document_will_and_saves_nothing(
    client, concept, preface, htmx
):
    make.sign_in(client, concept.municipality)
    response = client.post(
        address("chapter_edit", preface.pk),
        {"title": "", "text": TEXT, "seen": "0", "preview": "1"},
        headers={"hx-request": "true"} if htmx else {},
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "<li>eins</li>" in page
    assert "Warum</h3>" in page
    assert "<script>alert" not in page
    assert ("<textarea" in page) != htmx, "the whole page keeps what was typed"
    preface.refresh_from_db()
    assert preface.text == ""


def test_an_empty_preview_says_so(client, concept, preface):
    make.sign_in(client, concept.municipality)
    page = client.post(address("chapter_edit", preface.pk), {"text": "", "preview": "1"})
    assert "Noch kein Text." in page.content.decode()


def test_a_chapter_is_written_and_the_document_shows_it(client, concept, preface):
    make.sign_in(client, concept.municipality)
    here = address("chapter_edit", preface.pk)
    assert client.post(here, {"title": "", "text": TEXT, "seen": "0"}).status_code == 303
    listed = client.get(address("chapters", concept.identifier)).content.decode()
    assert "Vorwort" in listed
    assert "4 Kapitel haben noch keinen Text" in listed
    whole = client.get(address("concept_document", concept.identifier)).content.decode()
    assert "Guten Tag." in whole
    assert "<script>alert" not in whole


def test_two_editors_see_both_texts(client, concept, preface):
    make.sign_in(client, concept.municipality)
    here = address("chapter_edit", preface.pk)
    client.post(here, {"text": "Ihr Wort", "seen": "0"})
    refused = client.post(here, {"text": "Mein Wort", "seen": "0"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Ihr" in page
    assert "Mein Wort" in page
    assert client.post(here, {"text": "Unser Wort", "seen": "1"}).status_code == 303


def test_chapters_move_and_leave_and_come_back_without_javascript(client, concept, preface):
    make.sign_in(client, concept.municipality)
    for name, data in (
        ("chapter_move", {"to": "later"}),
        ("chapter_leave_out", {}),
        ("chapter_take_in", {}),
    ):
        assert client.post(address(name, preface.pk), data).status_code == 303
    preface.refresh_from_db()
    assert (preface.position, preface.is_left_out) == (2, False)


def test_what_cannot_be_left_out_says_why(client, concept):
    make.sign_in(client, concept.municipality)
    row = Chapter.objects.get(concept=concept, chapter_kind="fields")
    refused = client.post(address("chapter_leave_out", row.pk))
    assert refused.status_code == 422
    assert "nichts zu beschließen" in refused.content.decode()


def test_a_chapter_of_ones_own_needs_a_heading_and_keeps_what_was_typed(client, concept):
    make.sign_in(client, concept.municipality)
    here = address("chapter_new", concept.identifier)
    refused = client.post(here, {"title": "", "text": "Allen."})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["title"])
    assert "Allen." in refused.content.decode()
    assert client.post(here, {"title": "Dank", "text": "Allen."}).status_code == 303
    assert Chapter.objects.get(concept=concept, chapter_kind="own").title == "Dank"


def test_members_read_the_list_and_change_nothing(client, concept, preface):
    make.sign_in(client, concept.municipality, Role.MEMBER)
    page = client.get(address("chapters", concept.identifier)).content.decode()
    assert "Vorwort" in page
    assert address("chapter_edit", preface.pk) not in page
    assert client.post(address("chapter_edit", preface.pk), {"text": "x"}).status_code == 403


def test_chapters_of_another_town_are_not_there(client, concept, preface):
    make.sign_in(client, make.MunicipalityFactory())
    for name, args in (
        ("chapters", concept.identifier), ("concept_document", concept.identifier),
        ("chapter_edit", preface.pk),
    ):  # fmt: skip
        assert client.get(address(name, args)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_chapter_as_for_many(
    client, concept, count, django_assert_num_queries
):
    for _ in range(count):
        make.ChapterFactory(concept=concept)
    make.sign_in(client, concept.municipality)
    client.get(address("chapters", concept.identifier))
    with django_assert_num_queries(8):
        client.get(address("chapters", concept.identifier))
