"""Translations: the original is authoritative, and what is older than it says so."""

from __future__ import annotations

import pytest
from django.utils import timezone

from miteinander.community.models import Organisation
from miteinander.core.errors import Invalid
from miteinander.core.models import Translation
from miteinander.core.translation import localise, store
from tests.factories import OrganisationFactory, coordinator

pytestmark = pytest.mark.django_db


def translate(thing, text="Bridge", *, field="title", language="en", state="checked"):
    return store(
        thing,
        field,
        language,
        text,
        state=state,
        by=coordinator(thing.municipality),
        at=timezone.now(),
    )


def localised(thing, language="en"):
    localise([thing], language)
    return thing.localised


def test_a_translation_is_read_with_its_state():
    thing = OrganisationFactory(title="Brücke", text="Ein Verein.")
    translate(thing, state="machine")
    found = localised(thing)
    assert (found["title"].text, found["title"].language) == ("Bridge", "en")
    assert found["title"].state == "machine"
    assert "text" not in found, "what is not translated stays in the original"


def test_a_changed_original_makes_its_translation_outdated_and_a_new_one_heals_it():
    thing = OrganisationFactory(title="Brücke")
    translate(thing, state="approved")
    thing.title = "Neue Brücke"
    thing.save()
    assert localised(thing)["title"].state == "outdated"
    assert Translation.objects.get().state == "approved", "told at reading, by nobody's write"
    translate(thing, "New bridge")
    assert localised(thing)["title"].state == "checked"
    assert Translation.objects.count() == 1


def test_only_what_is_translatable_and_only_into_another_language():
    thing = OrganisationFactory()
    with pytest.raises(Invalid):
        translate(thing, field="email")
    with pytest.raises(Invalid):
        translate(thing, language=thing.language)
    assert not Translation.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_many_things_cost_one_query_and_originals_none(count, django_assert_num_queries):
    things = OrganisationFactory.create_batch(count)
    for thing in things:
        translate(thing, f"Number {thing.pk}")
    with django_assert_num_queries(1):
        localise(things, "en")
    assert [t.localised["title"].text for t in things] == [f"Number {t.pk}" for t in things]
    with django_assert_num_queries(0):
        localise(things, "de")


def test_easy_language_is_a_language_of_its_own():
    thing = OrganisationFactory(title="Integrationsbeirat")
    translate(thing, "Eine Gruppe von Menschen.", language="de-x-leicht")
    assert localised(thing, "de-x-leicht")["title"].text == "Eine Gruppe von Menschen."


def test_a_text_that_a_list_did_not_read_is_not_read_for_its_translation(
    django_assert_num_queries,
):
    translate(OrganisationFactory(), "Bridge")
    translate(OrganisationFactory(), "Connects.", field="text")
    listed = list(Organisation.objects.only("language", "title").order_by("pk"))
    with django_assert_num_queries(1):
        localise(listed, "en")
    assert [set(thing.localised) for thing in listed] == [{"title"}, set()]
