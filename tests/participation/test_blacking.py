"""Published with parts blacked out: the words are nowhere but with the coordination."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.utils import timezone

from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event, Municipality, Translation
from miteinander.core.search.keep import out_of_step
from miteinander.participation import actions, queries
from miteinander.participation.models import BlackedOut, ContributionPlace
from miteinander.participation.queries.blacked import blacked
from tests import factories as make

pytestmark = pytest.mark.django_db
SAID = "Frau Yılmaz vom Amt half mir. Yılmaz' Nummer ist 0831 2525-77."
WORDS = ["Yılmaz", "0831 2525-77"]
COVER = "[geschwärzt]"
SEEN = "Frau [geschwärzt] vom Amt half mir. [geschwärzt]' Nummer ist [geschwärzt]."
WHY = {"words": WORDS, "reason": "Nennt einen Menschen."}


@pytest.fixture
def call(town):
    process = make.ProcessFactory(municipality=town)
    return make.CallFactory(process=process, phase=make.PhaseFactory(process=process))


@pytest.fixture
def said(call):
    found, _code = actions.submit_contribution(
        call, text=SAID, may_publish=True, form_key="k", language="de",
        by=make.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip
    return found


def everywhere(word):
    """Every table and column that holds a word, whatever it is for."""
    found = set()
    for model in apps.get_models():
        for row in model._base_manager.values():
            found |= {f"{model.__name__}.{name}" for name, v in row.items() if word in str(v)}
    return found


def test_the_words_are_with_the_coordination_and_nowhere_else(said, by, town):
    Translation.objects.create(
        thing=said, field="text", language="en", text="Ms Yılmaz helped.", state="approved",
        source_hash="-", at=timezone.now(),
    )  # fmt: skip
    before = Municipality.objects.get(pk=town.pk).public_version
    done = actions.black_out(said, **WHY, **by)
    assert (done.text, done.state, done.is_public) == (SEEN, "published", True)
    assert everywhere("Yılmaz") == {"BlackedOut.text", "BlackedOut.words"}
    assert everywhere("2525") == {"BlackedOut.text", "BlackedOut.words"}
    assert said.pk not in out_of_step()
    assert Municipality.objects.get(pk=town.pk).public_version > before, "kept pages notice"
    event = Event.objects.get(kind="contribution.blacked_out")
    assert (event.data, event.is_public) == ({}, True)


def test_the_same_twice_changes_nothing(said, by):
    actions.black_out(said, **WHY, **by)
    actions.black_out(said, **WHY, **by)
    assert Event.objects.filter(kind="contribution.blacked_out").count() == 1
    assert BlackedOut.objects.count() == 1


def test_other_words_begin_from_what_was_written(said, by):
    actions.black_out(said, **WHY, **by)
    actions.black_out(said, words=["0831 2525-77"], reason="Eine Nummer.", **by)
    assert said.refreshed().text == SAID.replace("0831 2525-77", "[geschwärzt]")


def test_undone_it_waits_again_and_nothing_is_public(said, by, town):
    actions.black_out(said, **WHY, **by)
    actions.show_again(said, **by)
    actions.show_again(said, **by)
    again = said.refreshed()
    assert (again.text, again.state, again.is_public) == (SAID, "submitted", False)
    assert not BlackedOut.objects.exists()
    assert said.pk not in out_of_step()


def test_undone_by_the_button_of_a_wrong_press_the_words_are_back_too(said, by):
    actions.black_out(said, **WHY, **by)
    actions.reconsider([said], **by)
    assert (said.refreshed().text, BlackedOut.objects.count()) == (SAID, 0)


def test_what_was_published_before_stays_published_when_undone(said, by):
    actions.publish_contribution(said, **by)
    actions.black_out(said, **WHY, **by)
    actions.show_again(said, **by)
    assert (said.refreshed().text, said.refreshed().state) == (SAID, "published")
    assert Event.objects.filter(kind="contribution.shown_again").count() == 1


def test_undoing_never_publishes_what_somebody_has_worked_with(said, by):
    done = actions.black_out(said, **WHY, **by)
    actions.gather([done], make.ThemeFactory(process=said.process), **by)
    with pytest.raises(Closed):
        actions.show_again(said, **by)
    assert said.refreshed().text == SEEN


def test_parts_that_were_cut_out_are_blacked_out_with_it(said, by):
    said = actions.publish_contribution(said, **by)
    first, second = actions.split_contribution(
        said, ["Frau Yılmaz half.", "Nummern fehlen."], reason="Zweierlei.", **by
    )
    actions.black_out(said, **WHY, **by)
    assert first.refreshed().text == "Frau [geschwärzt] half."
    assert second.refreshed().text == "Nummern fehlen."
    actions.undo(list(queries.latest_steps(said.process)), **by)
    assert everywhere("Yılmaz") == {"BlackedOut.text", "BlackedOut.words"}
    assert BlackedOut.objects.get().contribution_id == said.pk, "an emptied part holds no words"


@pytest.mark.parametrize("how", [actions.withdraw_contribution, actions.erase_contribution])
def test_taken_back_nothing_of_it_is_left(said, by, how):
    actions.black_out(said, **WHY, **by)
    how(said, by=make.visitor(said.municipality), at=timezone.now())
    assert everywhere("Yılmaz") == set()


@pytest.mark.parametrize(
    ("words", "reason", "fields"),
    [
        ([], "Ein Name.", {"words"}),
        (["Kaya"], "Ein Name.", {"words"}),
        (["I"], "", {"words", "reason"}),
        (["Yılmaz"], "Nennt Frau Yılmaz.", {"reason"}),
    ],
)
def test_what_would_not_work_is_refused_with_all_that_is_wrong(said, by, words, reason, fields):
    with pytest.raises(Invalid) as refused:
        actions.black_out(said, words=words, reason=reason, **by)
    assert set(refused.value.fields) == fields
    assert (said.refreshed().text, said.refreshed().state) == (SAID, "submitted")


def test_what_only_the_office_may_read_is_not_published_by_it(call, by):
    found, _code = actions.submit_contribution(
        call, text=SAID, may_publish=False, form_key="o", language="de",
        by=make.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip
    with pytest.raises(Closed):
        actions.black_out(found, **WHY, **by)
    kept = actions.keep_internal(found, **by)
    with pytest.raises(Closed):
        actions.black_out(kept, **WHY, **by)
    assert everywhere("[geschwärzt]") == set()


def test_in_protected_mode_no_time_is_told(call, said, town):
    type(call).objects.update(is_protected=True)
    at = timezone.now().replace(hour=11, minute=23)
    actions.black_out(said.refreshed(), **WHY, by=make.coordinator(town), at=at)
    told = Event.objects.filter(kind__in=["contribution.blacked_out", "contribution.published"])
    assert {timezone.localtime(event.at).time() for event in told} == {dt.time()}


@pytest.mark.parametrize(
    ("text", "words", "language", "seen"),
    [
        ("Müllers Laden", ["Müller"], "de", "[geschwärzt] Laden"),
        ("Qualität, sagt Ali.", ["Ali"], "de", "Qualität, sagt [geschwärzt]."),
        ("Frau  Huber\nund Huber", ["Frau Huber", "Huber"], "de", "[geschwärzt]\nund [geschwärzt]"),
        ("والسيد أحمد هنا", ["أحمد"], "ar", "والسيد […] هنا"),
        ("HUBER and huber", ["Huber"], "en", "[blacked out] and [blacked out]"),
        ("(a+b) c", ["(a+b)"], "de", "[geschwärzt] c"),
        ("Frau Anna Müller da", ["Anna Müller", "Frau Anna"], "de", "[geschwärzt] da"),
        ("Kaya Kaya, geschwärzt", ["Kaya", "geschwärzt"], "de", f"{COVER} {COVER}, {COVER}"),
    ],
)
def test_how_it_reads(text, words, language, seen):
    assert blacked(text, words, language=language) == seen


def test_the_place_is_blacked_out_with_the_words_and_shown_with_them_again(said, by):
    longest = ("Haus von Frau Yılmaz, " * 10)[:200]
    ContributionPlace.objects.create(contribution=said, words=longest)
    actions.publish_contribution(said, **by)
    actions.black_out(said, **WHY, **by)
    assert everywhere("Yılmaz") == {"BlackedOut.text", "BlackedOut.words", "BlackedOut.place"}
    assert f"Haus von Frau {COVER}" in ContributionPlace.objects.get().words
    actions.show_again(said, **by)
    assert ContributionPlace.objects.get().words == longest
    actions.black_out(said, words=["Haus"], reason="Eine Wohnung.", **by)
    assert said.refreshed().text == SAID, "what stands in the place alone is found as well"


def test_what_may_be_worth_it_is_found_in_its_order():
    text = "Herr Kaya, a.kaya@example.org, Salzstraße 12, Tel. 0831 2525-77. Herr Kaya!"
    assert queries.telling_parts(text) == [
        "Herr Kaya", "a.kaya@example.org", "Salzstraße 12", "0831 2525-77",
    ]  # fmt: skip
