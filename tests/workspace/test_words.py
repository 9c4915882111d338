"""Translating whatever has words: what waits, what is outdated, and nothing of other towns."""

from __future__ import annotations

import pytest
from django.utils import timezone

from miteinander.community.queries import things_to_translate, wordings
from miteinander.core.models import Translation, TranslationState
from miteinander.core.standing import system
from miteinander.core.translation import store
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST = "/de/arbeit/kommune/uebersetzen/"


@pytest.fixture
def desk(client, town):
    make.sign_in(client, town)
    return client


def written(thing, field, text, state=TranslationState.CHECKED):
    at = timezone.now()
    by = system(thing.municipality_id, at=at)
    return store(thing, field, "en", text, state=state, by=by, at=at)


def test_a_contribution_is_translated_and_read_so(desk, town):
    said = make.ContributionFactory(
        process__municipality=town, text="Im Norden fehlt ein Treffpunkt.", is_public=True
    )
    path = f"{LIST}{said.identifier}/en/"
    assert "Im Norden fehlt ein Treffpunkt." in desk.get(path).content.decode()
    sent = desk.post(path, {"text": "There is no place to meet in the north."})
    assert sent.status_code == 303
    shown = desk.get(f"/en/beitrag/{said.identifier}/").content.decode()
    assert "There is no place to meet in the north." in shown
    again = desk.post(path, {"text": "There is no place to meet in the north."})
    assert again.status_code == 303
    assert Translation.objects.filter(thing=said.pk).count() == 1


def test_a_machine_text_that_is_saved_as_it_stands_counts_as_checked(desk, town):
    call = make.CallFactory(process__municipality=town)
    written(call, "question", "Where?", TranslationState.MACHINE)
    path = f"{LIST}{call.identifier}/en/"
    assert "maschinelle Übersetzung" in desk.get(path).content.decode()
    sent = {"title": "", "question": "Where?"}
    assert desk.post(path, sent).status_code == 303
    assert Translation.objects.get(thing=call.pk).state == TranslationState.CHECKED


def test_the_list_holds_what_everybody_reads_and_nobody_has_begun(desk, town):
    begun = make.CallFactory(process__municipality=town, is_public=True, title="Begonnen")
    fresh = make.CallFactory(process__municipality=town, is_public=True, title="Unberührt")
    hidden = make.CallFactory(process__municipality=town, is_public=False, title="Verborgen")
    foreign = make.CallFactory(is_public=True, title="Fremd")
    written(begun, "title", "Begun")

    shown = desk.get(LIST, {"language": "en", "kind": "call"}).content.decode()
    assert fresh.title in shown
    assert f"{LIST}{fresh.identifier}/en/" in shown, "it leads to where it is written in English"
    for absent in (begun, hidden, foreign):
        assert absent.title not in shown
    everything = desk.get(LIST, {"language": "en", "kind": "call", "begun": "on"})
    assert begun.title in everything.content.decode()


def test_what_changed_since_is_outdated_and_empty_texts_are_not_missing(town):
    call = make.CallFactory(process__municipality=town, is_public=True, text="")
    written(call, "title", "Title")
    written(call, "question", "Question?")
    assert wordings([call], "en")[0].is_done

    call.question = "Anders gefragt?"
    call.save()
    (now,) = wordings([call], "en")
    assert (now.missing, now.outdated, now.machine) == (0, 1, 0)


def test_contributions_do_not_bury_the_rest(town):
    said = make.ContributionFactory(process__municipality=town, is_public=True)
    call = make.CallFactory(process=said.process, is_public=True)
    found = set(things_to_translate(town, "en").values_list("pk", flat=True))
    assert call.pk in found
    assert said.pk not in found
    asked = things_to_translate(town, "en", kind="contribution")
    assert list(asked.values_list("pk", flat=True)) == [said.pk]


def test_nothing_of_another_town_is_translated_here(desk):
    foreign = make.CallFactory(is_public=True)
    assert desk.get(f"{LIST}{foreign.identifier}/en/").status_code == 404


def test_a_name_has_no_translation_page(desk, town):
    organisation = make.OrganisationFactory(municipality=town)
    assert desk.get(f"{LIST}{organisation.identifier}/de/").status_code == 404
    assert desk.get(f"{LIST}{organisation.identifier}/xx/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(
    desk, town, count, django_assert_max_num_queries
):
    process = make.ProcessFactory(municipality=town)
    make.CallFactory.create_batch(count, process=process, is_public=True)
    desk.get(LIST)
    with django_assert_max_num_queries(8):
        desk.get(LIST, {"language": "en", "kind": "call"})
