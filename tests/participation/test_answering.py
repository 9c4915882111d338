"""One answer for many, what is added later, and what goes when an author takes words back."""

from __future__ import annotations

import datetime as dt

import pytest
import rules
from django.utils import timezone

from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event
from miteinander.participation import actions, queries
from miteinander.participation.models import (
    Answer,
    AnswerDays,
    AnswerSupplement,
    AnswerTranslation,
    TextBlock,
)
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NO = {"outcome": "not_taken_up", "reason": "Dafür fehlt das Geld."}


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


def accepted(process, count=1, **more):
    """Contributions that were read and accepted; each begins with a number of its own."""
    return [
        actions.record_contribution(
            process, text=f"{n}. Stimme: mehr Bänke.", channel="card", **more, **office(process)
        )
        for n in range(count)
    ]


@pytest.fixture
def process():
    process = f.ProcessFactory()
    f.PhaseFactory(process=process, permits=["contribute", "gather"])
    return process


def words(row):
    return Answer.objects.get(contribution=row).reason


# --- many at once --------------------------------------------------------------------------------


def test_many_get_one_answer_and_some_a_sentence_of_their_own(process):
    one, two, other = accepted(process, 3)
    said = actions.answer_together(
        process, [one, two], **NO, additions={two.pk: " Ihre Skizze hängt im Rathaus. "},
        **office(process),
    )  # fmt: skip
    assert said == 2
    assert words(one) == "Dafür fehlt das Geld."
    assert words(two) == "Dafür fehlt das Geld.\n\nIhre Skizze hängt im Rathaus."
    assert not other.refreshed().is_answered
    assert queries.figures(process).unanswered == 1


def test_sent_twice_is_once_and_leaves_one_event(process):
    rows = accepted(process, 2)
    again = {**NO, "additions": {rows[0].pk: "Danke für den Plan."}}
    counts = [
        actions.answer_together(process, rows, **again, **office(process)) for _twice in range(2)
    ]
    assert counts == [2, 0]
    assert Event.objects.filter(kind="contributions.answered").count() == 1


def test_nothing_is_sent_when_somebody_answered_one_meanwhile(process):
    mine, taken = accepted(process, 2)
    actions.answer_contribution(taken, outcome="taken_up", reason="Ja.", **office(process))
    with pytest.raises(Closed) as refusal:
        actions.answer_together(process, [mine, taken], **NO, **office(process))
    assert taken.title in str(refusal.value.where)
    assert not mine.refreshed().is_answered
    assert words(taken) == "Ja."


def test_a_theme_leaves_out_who_was_answered_but_never_loses_a_sentence(process):
    one, two = accepted(process, 2)
    theme = actions.name_theme(process, title="Bänke", **office(process))
    actions.gather([one, two], theme, **office(process))
    actions.answer_contribution(two, outcome="taken_up", reason="Ja.", **office(process))
    with pytest.raises(Closed):
        actions.answer_theme(theme, **NO, additions={two.pk: "Nur für Sie."}, **office(process))
    assert not one.refreshed().is_answered
    assert actions.answer_theme(theme, **NO, additions={one.pk: "Eins."}, **office(process)) == 1
    assert words(one).endswith("\n\nEins.")


def test_what_was_merged_waits_for_its_target(process):
    into, merged, third = accepted(process, 3)
    actions.merge_contributions(into, [merged], reason="Dasselbe", **office(process))
    actions.answer_together(process, [into], **NO, **office(process))
    assert merged.refreshed().is_answered
    with pytest.raises(Closed):  # it was answered through its target
        actions.answer_together(process, [merged, third], **NO, **office(process))


def test_a_withdrawn_contribution_is_named_and_nothing_is_sent(process):
    one, gone = accepted(process, 2)
    actions.withdraw_contribution(gone, by=f.visitor(process.municipality), at=timezone.now())
    with pytest.raises(Closed):
        actions.answer_together(process, [one, gone], **NO, **office(process))
    assert not one.refreshed().is_answered


# --- whose business ------------------------------------------------------------------------------


def test_somebody_elses_business_names_whose(process):
    [one] = accepted(process)
    reply = {"outcome": "elsewhere", "reason": "Das regelt der Kreis."}
    with pytest.raises(Invalid) as refusal:
        actions.answer_contribution(one, **reply, **office(process))
    assert set(refusal.value.fields) == {"business_of"}
    office_of_it = f.OrganisationFactory(municipality=process.municipality)
    answer = actions.answer_contribution(one, **reply, organisation=office_of_it, **office(process))
    assert answer.organisation == office_of_it


def test_whose_business_is_forgotten_with_another_outcome(process):
    [one] = accepted(process)
    answer = actions.answer_contribution(one, **NO, business_of="Bauhof", **office(process))
    assert answer.business_of == ""


@pytest.mark.parametrize("left", ["Mehr zu [Thema].", "More on [theme].", "[Aufruf] läuft."])
def test_an_answer_with_an_empty_place_is_not_sent(process, left):
    [one] = accepted(process)
    with pytest.raises(Invalid) as refusal:
        actions.answer_contribution(one, outcome="taken_up", reason=left, **office(process))
    assert set(refusal.value.fields) == {"reason"}
    with pytest.raises(Invalid):
        actions.answer_together(process, [one], **NO, additions={one.pk: left}, **office(process))


# --- supplements ---------------------------------------------------------------------------------


def test_an_answer_is_added_to_once_however_often_it_is_sent(process):
    [one] = accepted(process)
    answer = actions.answer_contribution(one, **NO, **office(process))
    for _twice in range(2):
        actions.supplement_answer(answer, text=" Nun gibt es Geld. ", **office(process))
    [shown] = queries.answers_to(one.refreshed())
    assert [s.text for s in shown.supplements.all()] == ["Nun gibt es Geld."]
    assert shown.reason == NO["reason"]
    event = Event.objects.get(kind="answer.supplemented")
    assert (event.is_public, "Geld" in str(event.data)) == (True, False)


def test_a_supplement_needs_words_and_a_contribution_that_is_there(process):
    [one] = accepted(process)
    answer = actions.answer_contribution(one, **NO, **office(process))
    with pytest.raises(Invalid):
        actions.supplement_answer(answer, text="  ", **office(process))
    actions.withdraw_contribution(one, by=f.visitor(process.municipality), at=timezone.now())
    with pytest.raises(Closed):
        actions.supplement_answer(answer, text="Zu spät.", **office(process))


# --- taken back ----------------------------------------------------------------------------------


def translated(process, wording):
    return AnswerTranslation.objects.create(
        municipality=process.municipality, wording=wording, language="ar", text="…",
        state="checked", at=timezone.now(),
    )  # fmt: skip


def test_words_of_the_answer_go_with_the_words_that_they_were_about(process):
    own, shared, stays = accepted(process, 3)
    answer = actions.answer_contribution(
        own, outcome="elsewhere", reason="Sie schrieben …", business_of="Ihr Vermieter",
        **office(process),
    )  # fmt: skip
    actions.supplement_answer(answer, text="Noch etwas über Sie.", **office(process))
    actions.answer_together(process, [shared, stays], **NO, **office(process))
    common = Answer.objects.get(contribution=stays)
    translated(process, answer.wording)
    translated(process, common.wording)
    for row in (own, shared):
        actions.withdraw_contribution(row, by=f.visitor(process.municipality), at=timezone.now())
    kept = Answer.objects.get(contribution=own)
    assert (kept.outcome, kept.reason, kept.business_of) == ("elsewhere", "", "")
    assert not AnswerSupplement.objects.exists()
    assert [t.wording for t in AnswerTranslation.objects.all()] == [common.wording]
    assert words(stays) == NO["reason"]


def test_an_answer_stays_where_others_live_on_in_what_was_taken_back(process):
    into, merged = accepted(process, 2)
    actions.merge_contributions(into, [merged], reason="Dasselbe", **office(process))
    actions.answer_contribution(into, **NO, **office(process))
    actions.withdraw_contribution(into, by=f.visitor(process.municipality), at=timezone.now())
    [answer] = queries.answers_to(merged.refreshed())
    assert answer.reason == NO["reason"]


# --- how long it took ----------------------------------------------------------------------------


def test_days_are_counted_once_when_the_answer_is_given(process):
    today = timezone.localdate()
    quick, slow, slower = (
        accepted(process, happened_on=today - days * DAY)[0] for days in (0, 3, 3)
    )
    actions.answer_together(process, [quick, slow], **NO, **office(process))
    actions.answer_together(process, [quick, slow], **NO, **office(process))
    actions.answer_contribution(slower, **NO, **office(process))
    rows = AnswerDays.objects.filter(scope=process).values_list("days", "count")
    assert sorted(rows) == [(0, 1), (3, 2)]


# --- text blocks ---------------------------------------------------------------------------------


def test_a_block_is_written_once_and_its_name_is_taken(process):
    town = process.municipality
    block = {"title": "Kein Geld", "text": "Das Geld fehlt.", "outcome": "not_taken_up"}
    first = actions.write_text_block(town, **block)
    assert actions.write_text_block(town, **block) == first
    with pytest.raises(Invalid) as refusal:
        actions.write_text_block(town, **{**block, "text": "Anders."})
    assert set(refusal.value.fields) == {"title"}
    actions.write_text_block(town, **{**block, "text": "Anders.", "language": "en"})
    actions.write_text_block(f.MunicipalityFactory(), **block)
    assert TextBlock.objects.count() == 3


def test_a_block_that_was_given_up_frees_its_name_and_is_not_changed(process):
    town, at = process.municipality, timezone.now()
    block = actions.write_text_block(town, title="Kein Geld", text="Das Geld fehlt.")
    actions.retire_text_block(block, at=at)
    with pytest.raises(Closed):
        actions.write_text_block(town, title="Kein Geld", text="Neu.", block=block)
    assert actions.write_text_block(town, title="Kein Geld", text="Neu.") != block


def test_examples_are_taken_over_once_and_leave_the_towns_own_alone(process):
    town = process.municipality
    title = actions.starting_blocks()[0][0]
    own = actions.write_text_block(town, title=title, text="Eigene Worte.")
    count = len(actions.starting_blocks())
    assert actions.take_starting_blocks(town, language="de") == count - 1
    assert actions.take_starting_blocks(town, language="de") == 0
    assert TextBlock.objects.get(pk=own.pk).text == "Eigene Worte."


def test_what_is_known_is_filled_in_and_the_rest_stays():
    text = "Zu [Thema] und [theme] in [Aufruf]."
    assert queries.filled_block(text, theme="Bänke", call="") == "Zu Bänke und Bänke in [Aufruf]."


def test_the_rule_and_the_list_of_text_blocks_agree(process):
    town = process.municipality
    actions.write_text_block(town, title="Kein Geld", text="Das Geld fehlt.")
    for standing in (f.coordinator(town), f.member(town), f.visitor(town)):
        may = rules.has_perm("participation.keep_text_blocks", standing)
        assert queries.text_blocks_visible_to(town, standing).exists() == may
    stranger = f.coordinator(f.MunicipalityFactory())
    assert not queries.text_blocks_visible_to(town, stranger).exists()
