"""Asking, contributing, moderating, answering: one truth per test."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F
from django.utils import timezone

from miteinander.core.codes import fresh_form_key, opened_form_key
from miteinander.core.errors import Closed, Invalid, LinkExpired, LinkForged, NotReady
from miteinander.core.lineage.thread import thread_of
from miteinander.core.models import Event, EventDetail, Link, Thing, Translation
from miteinander.participation import actions, queries
from miteinander.participation.actions.words import LONGEST, cleaned, recognised
from miteinander.participation.models import Answer, Call, Contribution, ContributionCount
from tests import factories as f

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


def say(call, text="Im Norden fehlt ein Treffpunkt.", **more):
    facts = {
        "may_publish": True,
        "form_key": "form-1",
        "by": f.visitor(call.municipality),
        "at": timezone.now(),
    } | more
    return actions.submit_contribution(call, text=text, **facts)


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


def accepted(process, count=1, **more):
    """Contributions that came in through the actions, so that the counters know them."""
    f.PhaseFactory(process=process)
    return [
        actions.record_contribution(
            process, text=f"Stimme {n}: mehr Bänke.", channel="card", **office(process), **more
        )
        for n in range(count)
    ]


def counted_by_hand(scope):
    rows = Contribution.objects.filter(**scope)
    return {
        "received": rows.filter(is_part=False).count(),
        "waiting": rows.filter(state="submitted").count(),
        "published": rows.filter(state="published").count(),
        "counted": rows.filter(is_counted=True, is_part=False).count(),
        "answered": rows.filter(is_counted=True, is_answered=True, is_part=False).count(),
        "unanswered": rows.filter(is_counted=True, is_answered=False).count(),
    }


def told(thing):
    figures = queries.figures(thing)
    names = ("received", "waiting", "published", "counted", "answered", "unanswered")
    return {name: getattr(figures, name) for name in names}


# --- calls --------------------------------------------------------------------------------------


def call_facts(phase, **more):
    now = timezone.now()
    facts = {
        "title": "Orte",
        "question": "Wo fehlt ein Ort?",
        "opens_at": now,
        "closes_at": now + 3 * DAY,
        "answer_by": timezone.localdate() + 9 * DAY,
        "by": f.coordinator(phase.process.municipality),
        "at": now,
    }
    return facts | more


def test_open_call_is_public_and_remembered():
    phase = f.PhaseFactory()
    call = actions.open_call(phase, **call_facts(phase))
    assert call.is_public
    event = Event.objects.get(thing_id=call.pk)
    assert (event.kind, event.is_public) == ("call.opened", True)


def test_open_call_is_refused_where_the_phase_permits_no_contributions():
    phase = f.PhaseFactory(permits=["gather"])
    with pytest.raises(Closed):
        actions.open_call(phase, **call_facts(phase))


def test_open_call_names_every_wrong_entry_at_once():
    phase = f.PhaseFactory()
    now = timezone.now()
    with pytest.raises(Invalid) as refusal:
        actions.open_call(
            phase,
            **call_facts(
                phase,
                title=" ",
                question="",
                opens_at=now - 30 * DAY,
                closes_at=now - 31 * DAY,
                answer_by=timezone.localdate() - 90 * DAY,
            ),
        )
    assert set(refusal.value.fields) == {"title", "question", "opens_at", "closes_at", "answer_by"}


# --- taking in ------------------------------------------------------------------------------------


def test_submit_gives_a_receipt_that_finds_the_contribution_again():
    call = f.CallFactory()
    contribution, code = say(call)
    assert len(code) == 14
    assert code.count("-") == 2
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert queries.contribution_with_receipt(call.municipality, typed) == contribution
    assert queries.contribution_with_receipt(f.MunicipalityFactory(), code) is None


def test_the_code_itself_is_stored_nowhere(django_assert_num_queries):
    contribution, code = say(f.CallFactory())
    stored = " ".join(
        str(v) for v in Contribution.objects.filter(pk=contribution.pk).values().get().values()
    )
    assert code not in stored
    assert code.replace("-", "") not in stored


def test_a_receipt_outlives_a_new_secret_key(settings):
    call = f.CallFactory()
    contribution, code = say(call)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key"
    assert queries.contribution_with_receipt(call.municipality, code) == contribution


def test_the_same_form_twice_is_one_contribution_with_one_receipt():
    call = f.CallFactory()
    first, second = say(call), say(call)
    assert first == second
    assert Contribution.objects.count() == 1
    assert queries.figures(call).waiting == 1


def test_the_same_form_again_after_the_call_closed_still_gives_the_receipt():
    call = f.CallFactory()
    first = say(call)
    assert say(call, at=call.closes_at + DAY) == first


def test_a_changed_text_in_the_same_form_is_not_dropped():
    call = f.CallFactory()
    say(call)
    say(call, "Und im Süden auch.")
    assert Contribution.objects.count() == 2


def test_a_changed_mind_about_publishing_is_not_dropped():
    call = f.CallFactory()
    say(call, may_publish=True)
    second, _code = say(call, may_publish=False)
    assert second.may_publish is False


def test_nothing_about_a_signed_in_sender_is_stored():
    town = f.MunicipalityFactory()
    user = f.UserFactory()
    call = f.CallFactory(process=f.ProcessFactory(municipality=town))
    contribution, _code = say(call, by=f.coordinator(town, user=user.pk))
    event = Event.objects.get(thing_id=contribution.pk)
    assert (event.function, event.is_public, event.data) == ("", False, {})
    assert not EventDetail.objects.exists()


@pytest.mark.parametrize(("days", "is_open"), [(-2, False), (0, True), (2, False)])
def test_a_call_takes_answers_during_its_time_only(days, is_open):
    call = f.CallFactory()
    at = timezone.now() + days * DAY
    if is_open:
        assert say(call, at=at)
    else:
        with pytest.raises(Closed):
            say(call, at=at)
        assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    "phase", [{"permits": ["gather"]}, {"starts": dt.date(2019, 1, 1), "ends": dt.date(2019, 2, 1)}]
)
def test_a_call_outside_its_phase_takes_nothing(phase):
    call = f.CallFactory()
    for name, value in phase.items():
        setattr(call.phase, name, value)
    call.phase.save()
    with pytest.raises(Closed):
        say(call)


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\u200b", "\u200d", "\x07"])
def test_a_text_that_nobody_can_see_is_refused(text):
    with pytest.raises(Invalid):
        cleaned(text)


def test_a_text_may_be_long_but_not_longer():
    assert len(cleaned("ä" * LONGEST)) == LONGEST
    with pytest.raises(Invalid) as refusal:
        cleaned("ä" * (LONGEST + 1))
    assert str(LONGEST + 1) in str(refusal.value).replace(".", "")


def test_nul_is_refused():
    with pytest.raises(Invalid):
        cleaned("Hallo\x00Welt")


def test_what_nobody_sees_goes_and_what_scripts_need_stays():
    assert cleaned("\ufeffGu\u00adten\u202e Tag\x07\r\nzusammen") == "Guten Tag\nzusammen"
    persian = "می\u200cخواهم"
    assert cleaned(persian) == persian


def test_language_is_recognised_but_not_guessed_from_a_word():
    assert recognised("Потрібні мовні курси ввечері", otherwise="de") == "uk"
    assert recognised("Sprachcafé", otherwise="de") == "de"
    contribution, _code = say(f.CallFactory(), "We need more places to talk in the evening")
    assert contribution.language == "en"


def test_form_keys_expire_and_cannot_be_made_up():
    now = timezone.now()
    key = fresh_form_key("a form", at=now)
    assert opened_form_key("a form", key, at=now + 23 * dt.timedelta(hours=1))
    with pytest.raises(LinkExpired):
        opened_form_key("a form", key, at=now + 25 * dt.timedelta(hours=1))
    with pytest.raises(LinkForged):
        opened_form_key("a form", key + "x", at=now)
    with pytest.raises(LinkForged):
        opened_form_key("another form", key, at=now)


# --- moderation ---------------------------------------------------------------------


def test_publish_shows_it_and_counts_it():
    call = f.CallFactory()
    contribution, _code = say(call)
    contribution = actions.publish_contribution(contribution, **office(call))
    assert contribution.is_public
    assert told(call) == counted_by_hand({"call": call})
    assert queries.figures(call).published == 1


def test_publish_is_refused_against_the_authors_will():
    call = f.CallFactory()
    contribution, _code = say(call, may_publish=False)
    with pytest.raises(Closed):
        actions.publish_contribution(contribution, **office(call))
    contribution = actions.keep_internal(contribution, **office(call))
    assert (contribution.state, contribution.is_public) == ("internal", False)


def test_refuse_needs_a_reason_and_keeps_it_for_the_author():
    contribution, _code = say(f.CallFactory())
    with pytest.raises(Invalid):
        actions.refuse_contribution(contribution, reason=" ", **office(contribution))
    contribution = actions.refuse_contribution(
        contribution, reason="Nennt einen Namen.", **office(contribution)
    )
    assert contribution.refusal == "Nennt einen Namen."
    assert queries.figures(contribution.process_id).refused == 1


def test_moderating_twice_is_once():
    contribution, _code = say(f.CallFactory())
    actions.publish_contribution(contribution, **office(contribution))
    actions.publish_contribution(contribution, **office(contribution))
    assert Event.objects.filter(kind="contribution.published").count() == 1
    assert queries.figures(contribution.process_id).published == 1


def test_a_withdrawn_contribution_cannot_be_published():
    contribution, _code = say(f.CallFactory())
    actions.withdraw_contribution(
        contribution, by=f.visitor(contribution.municipality), at=timezone.now()
    )
    with pytest.raises(Closed):
        actions.publish_contribution(contribution, **office(contribution))


def test_withdraw_takes_the_words_out_of_everything_and_leaves_the_place():
    call = f.CallFactory()
    contribution, _code = say(call, "Meine Nachbarin Frau Unverwechselbar braucht Hilfe beim Amt.")
    actions.publish_contribution(contribution, **office(call))
    parts = actions.split_contribution(
        contribution,
        ["Frau Unverwechselbar braucht Hilfe.", "Beim Amt."],
        reason="Zwei Dinge",
        **office(call),
    )
    Translation.objects.create(
        thing=contribution,
        field="text",
        language="en",
        text="Mrs Unverwechselbar needs help",
        state="machine",
        source_hash="x",
        at=timezone.now(),
    )
    actions.withdraw_contribution(contribution, by=f.visitor(call.municipality), at=timezone.now())
    contribution.refresh_from_db()
    assert (contribution.text, contribution.title, contribution.is_public) == ("", "", True)
    assert [p.refreshed().text for p in parts] == ["", ""]
    assert not Translation.objects.exists()
    assert "Unverwechselbar" not in str(list(Event.objects.values()))
    assert told(call) == counted_by_hand({"call": call})


# --- entering for somebody -----------------------------------------------------------------------


def test_a_card_is_published_without_a_receipt():
    [card] = accepted(f.ProcessFactory())
    assert (card.state, card.receipt_hash, card.is_public) == ("published", None, True)
    assert queries.figures(card.process_id).received == 1


def test_a_card_is_refused_when_no_phase_takes_any():
    process = f.ProcessFactory()
    f.PhaseFactory(process=process, permits=["report"])
    with pytest.raises(Closed):
        actions.record_contribution(process, text="Mehr Bänke", channel="card", **office(process))


# --- answers -------------------------------------------------------------------------------------


def test_an_answer_to_the_target_answers_what_was_merged_into_it():
    process = f.ProcessFactory()
    into, other, third = accepted(process, 3)
    actions.merge_contributions(other, [third], reason="Dasselbe", **office(process))
    actions.merge_contributions(into, [other], reason="Dasselbe", **office(process))
    actions.answer_contribution(
        into, outcome="taken_up", reason="Steht im Plan.", **office(process)
    )
    assert third.refreshed().is_answered
    [answer] = queries.answers_to(third.refreshed())
    assert (answer.reason, answer.contribution) == ("Steht im Plan.", into)
    assert told(process) == counted_by_hand({"process": process})


def test_merging_into_an_answered_contribution_answers_at_once():
    process = f.ProcessFactory()
    into, other = accepted(process, 2)
    actions.answer_contribution(into, outcome="partly", reason="Zum Teil.", **office(process))
    actions.merge_contributions(into, [other], reason="Dasselbe", **office(process))
    assert other.refreshed().is_answered
    assert queries.figures(process).unanswered == 0


def test_a_split_contribution_is_answered_when_every_part_is():
    process = f.ProcessFactory()
    [whole] = accepted(process)
    first, second = actions.split_contribution(
        whole, ["Bänke", "Schatten"], reason="Zwei", **office(process)
    )
    actions.answer_contribution(first, outcome="taken_up", reason="Ja.", **office(process))
    assert not whole.refreshed().is_answered
    actions.answer_contribution(second, outcome="not_taken_up", reason="Nein.", **office(process))
    assert whole.refreshed().is_answered
    assert [a.reason for a in queries.answers_to(whole.refreshed())] == ["Ja.", "Nein."]
    assert told(process) == counted_by_hand({"process": process})
    assert (queries.figures(process).received, queries.figures(process).answered) == (1, 1)


def test_an_answer_is_not_rewritten_but_may_be_sent_twice():
    [one] = accepted(f.ProcessFactory())
    first = actions.answer_contribution(one, outcome="taken_up", reason="Ja.", **office(one))
    assert (
        actions.answer_contribution(one, outcome="taken_up", reason="Ja.", **office(one)) == first
    )
    with pytest.raises(Closed):
        actions.answer_contribution(one, outcome="partly", reason="Doch nicht.", **office(one))


def test_an_answer_needs_outcome_and_reason():
    [one] = accepted(f.ProcessFactory())
    with pytest.raises(Invalid) as refusal:
        actions.answer_contribution(one, outcome="", reason=" ", **office(one))
    assert set(refusal.value.fields) == {"outcome", "reason"}


def test_a_theme_is_answered_at_once_and_only_what_waits():
    process = f.ProcessFactory()
    one, two, three = accepted(process, 3)
    theme = actions.name_theme(process, title="Bänke", **office(process))
    actions.gather([one, two, three], theme, **office(process))
    actions.answer_contribution(
        one,
        outcome="elsewhere",
        reason="Das macht der Bauhof.",
        business_of="Bauhof",
        **office(process),
    )
    assert (
        actions.answer_theme(
            theme, outcome="taken_up", reason="Zehn Bänke kommen.", **office(process)
        )
        == 2
    )
    assert Answer.objects.get(contribution=one).outcome == "elsewhere"
    assert queries.figures(theme).unanswered == 0
    assert (
        actions.answer_theme(
            theme, outcome="taken_up", reason="Zehn Bänke kommen.", **office(process)
        )
        == 0
    )


# --- the gate ------------------------------------------------------------------------------------


def test_a_phase_stays_open_while_one_contribution_waits():
    call = f.CallFactory()
    contribution, _code = say(call)
    with pytest.raises(NotReady):
        actions.close_phase(call.phase, **office(call))
    actions.publish_contribution(contribution, **office(call))
    with pytest.raises(NotReady) as refusal:
        actions.close_phase(call.phase, **office(call))
    assert "1" in refusal.value.points[0]
    actions.answer_contribution(contribution, outcome="taken_up", reason="Ja.", **office(call))
    assert actions.close_phase(call.phase, **office(call)).closed_on == timezone.localdate()


def test_a_phase_closes_despite_open_answers_with_a_public_reason():
    call = f.CallFactory()
    contribution, _code = say(call)
    actions.publish_contribution(contribution, **office(call))
    phase = actions.close_phase(call.phase, despite="Wahl am Sonntag.", **office(call))
    assert phase.closed_despite == "Wahl am Sonntag."
    event = Event.objects.get(kind="phase.closed_despite")
    assert (event.is_public, event.data["reason"], event.data["count"]) == (
        True,
        "Wahl am Sonntag.",
        1,
    )


def test_what_is_open_in_a_phase_ends_with_it_and_still_takes_what_is_being_written():
    call = f.CallFactory(closes_at=timezone.now() + dt.timedelta(days=20))
    planned = f.CallFactory(
        process=call.process,
        phase=call.phase,
        opens_at=timezone.now() + dt.timedelta(days=5),
        closes_at=timezone.now() + dt.timedelta(days=20),
    )
    before = planned.closes_at
    actions.close_phase(call.phase, **office(call))
    call.refresh_from_db()
    assert timezone.localtime(call.closes_at).date() == timezone.localdate()
    assert call.revision == 1
    tomorrow = call.closes_at + dt.timedelta(hours=1)
    assert not call.is_open(tomorrow, timezone.localdate(tomorrow))
    late, _code = actions.submit_late(
        call, text="Ich war noch dabei.", form_key="k", by=f.visitor(call.municipality), at=tomorrow
    )
    assert late.state == "internal"
    planned.refresh_from_db()
    assert planned.closes_at == before, "it never opens"
    assert Event.objects.filter(kind="call.changed").count() == 1


def test_a_call_of_a_closed_phase_stays_as_it_is_and_the_refusal_offers_what_is_possible():
    """Another phase cannot be chosen for a call, nor can a closed one be changed."""
    call = f.CallFactory()
    actions.close_phase(call.phase, **office(call))
    call.refresh_from_db()
    with pytest.raises(Closed) as refused:
        actions.change_call(call, changes={"title": "Anders"}, seen=call.revision, **office(call))
    assert "abgeschlossen" in str(refused.value.what)
    assert str(refused.value.do).startswith("Sie bleiben, wie sie sind.")


def test_a_phase_that_closes_while_somebody_edits_its_call_counts_both_changes(monkeypatch):
    """Else whoever has the former wording before them would overwrite the new one unasked."""
    call = f.CallFactory(closes_at=timezone.now() + dt.timedelta(days=20))
    save = Call.save

    def overtaken(row, **how):
        Thing.objects.filter(pk=row.pk).update(revision=F("revision") + 1)
        save(row, **how)

    monkeypatch.setattr(Call, "save", overtaken)
    actions.close_phase(call.phase, **office(call))
    call.refresh_from_db()
    assert call.revision == 2


def test_a_reason_is_not_published_when_all_are_answered():
    phase = f.PhaseFactory()
    closed = actions.close_phase(
        phase, despite="Ach so.", by=f.coordinator(phase.process.municipality), at=timezone.now()
    )
    assert closed.closed_despite == ""
    assert not Event.objects.filter(kind="phase.closed_despite").exists()


def test_a_phase_does_not_answer_for_the_calls_of_another():
    call = f.CallFactory()
    _contribution, _code = say(call)
    other = f.PhaseFactory(process=call.process, permits=["draft"])
    assert not queries.open_answers(other)
    assert queries.open_answers(call.phase).unread == 1


def test_a_phase_that_gathers_answers_for_cards():
    process = f.ProcessFactory()
    accepted(process, 2)
    gathers = process.phases.get()
    drafts = f.PhaseFactory(process=process, permits=["draft"])
    assert queries.open_answers(gathers).unanswered == 2
    assert not queries.open_answers(drafts)


# --- themes --------------------------------------------------------------------------------------


def test_gathering_elsewhere_undoes_the_old_stitch_and_keeps_it_in_the_records():
    process = f.ProcessFactory()
    [one] = accepted(process)
    first = actions.name_theme(process, title="Bänke", **office(process))
    second = actions.name_theme(process, title="Plätze", **office(process))
    assert actions.gather([one], first, **office(process)) == 1
    assert actions.gather([one], first, **office(process)) == 0
    assert actions.gather([one], second, **office(process)) == 1
    assert [s.thing.pk for s in thread_of(one, public_only=True).after] == [second.pk]
    assert Link.objects.filter(target=first.pk, undone_at__isnull=False).count() == 1
    assert (first.refreshed().gathered, second.refreshed().gathered) == (0, 1)
    assert queries.figures(second).published == 1
    assert queries.figures(first).published == 0


def test_the_stitch_names_the_meeting_in_which_the_card_was_collected():
    process = f.ProcessFactory()
    meeting = f.MeetingFactory(process=process, title="Fachrunde")
    [card] = accepted(process, meeting=meeting)
    theme = actions.name_theme(process, title="Bänke", **office(process))
    actions.gather([card], theme, **office(process))
    [step] = thread_of(card, public_only=True).after
    assert step.context == "Fachrunde"


@pytest.mark.parametrize("permits", [["contribute"], []])
def test_sorting_needs_a_phase_that_gathers(permits):
    process = f.ProcessFactory()
    [one] = accepted(process)
    theme = actions.name_theme(process, title="Bänke", **office(process))
    process.phases.update(permits=permits)
    process = process.refreshed()
    for attempt in (
        lambda: actions.name_theme(process, title="Neu", **office(process)),
        lambda: actions.gather([one], theme.refreshed(), **office(process)),
        lambda: actions.merge_contributions(one, [one], reason="x", **office(process)),
        lambda: actions.split_contribution(one, ["a", "b"], reason="x", **office(process)),
    ):
        with pytest.raises(Closed):
            attempt()


def test_contributions_of_another_process_cannot_be_gathered():
    process, other = f.ProcessFactory(), f.ProcessFactory()
    [foreign] = accepted(other)
    accepted(process)
    theme = actions.name_theme(process, title="Bänke", **office(process))
    with pytest.raises(Invalid):
        actions.gather([foreign], theme, **office(process))


def test_a_circle_of_merges_is_refused():
    process = f.ProcessFactory()
    one, two, three = accepted(process, 3)
    actions.merge_contributions(two, [one], reason="Dasselbe", **office(process))
    actions.merge_contributions(three, [two], reason="Dasselbe", **office(process))
    with pytest.raises(Invalid):
        actions.merge_contributions(one, [three], reason="Dasselbe", **office(process))


def test_renaming_keeps_the_old_name_and_retiring_keeps_what_was_gathered():
    process = f.ProcessFactory()
    [one] = accepted(process)
    theme = actions.name_theme(process, title="Wohnen", **office(process))
    actions.gather([one], theme, **office(process))
    theme = actions.rename_theme(theme, title="Gesund wohnen", **office(process))
    assert [f["title"] for f in theme.former_titles] == ["Wohnen"]
    actions.retire_theme(theme, reason="Nicht unsere Sache.", **office(process))
    assert one.refreshed().theme == theme
    assert [s.thing.title for s in thread_of(one, public_only=True).after] == ["Gesund wohnen"]
    with pytest.raises(Closed):
        actions.gather(accepted(process), theme.refreshed(), **office(process))


def test_a_moved_theme_leads_to_where_it_went():
    process = f.ProcessFactory()
    [one] = accepted(process)
    old = actions.name_theme(process, title="Bänke", **office(process))
    new = actions.name_theme(process, title="Plätze", **office(process))
    actions.gather([one], old, **office(process))
    actions.move_theme(old, into=new, reason="Gehört zusammen.", **office(process))
    assert [s.thing.title for s in thread_of(one, public_only=True).after] == ["Bänke", "Plätze"]
    assert old.refreshed().retired_on
    with pytest.raises(Invalid):
        actions.move_theme(new, into=old, reason="Zurück.", **office(process))


def test_counters_never_hold_more_rows_than_sorts():
    call = f.CallFactory()
    for n in range(5):
        say(call, f"Satz Nummer {n}", form_key=str(n))
    assert ContributionCount.objects.filter(scope=call).count() == 1
