"""Ballots: prepared, opened, voted, counted and frozen; see also test_recounting."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from django.utils import timezone

from miteinander.adoption import actions, insights, queries, tasks
from miteinander.adoption.actions import Offered
from miteinander.adoption.models import Ballot, CastPaper, Objection
from miteinander.adoption.states import BallotState, Method, TieRule
from miteinander.community import actions as community
from miteinander.core.canonical import checksum_of
from miteinander.core.errors import Closed, Invalid, NotAllowed, NotReady
from miteinander.core.models import Event
from miteinander.core.standing import system
from tests import factories as make
from tests.adoption.ballots import (
    DAY,
    PAPERS,
    THREE,
    body_with,
    cast_all,
    closed,
    for_seat,
    opened,
    terms,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def seats_of(ballot):
    return list(ballot.body.seats.order_by("position"))


@pytest.mark.parametrize("method", Method)
def test_a_result_is_frozen_with_its_checksum_and_stays(method):
    ballot = opened(method)
    cast_all(ballot, PAPERS[method])
    done = closed(ballot)
    content = queries.ballot_result(done)
    assert content["checksum"] == checksum_of(content) == done.checksum
    assert (done.state, done.is_public) == ("closed", True)
    with pytest.raises(Closed):
        closed(ballot)
    assert Ballot.objects.get().content == done.content
    assert [event.kind for event in Event.objects.filter(thing=done.pk)][-1] == "ballot.closed"


@pytest.mark.parametrize(
    ("method", "chosen"),
    [
        (Method.CONSENT, ["1", "3"]),
        (Method.CONSENSING, ["2"]),
        (Method.DOTS, ["1"]),
        (Method.CRITERIA, ["1"]),
        (Method.BALANCED, ["1", "2"]),
    ],
)
def test_what_is_chosen(method, chosen):
    ballot = opened(method)
    cast_all(ballot, PAPERS[method])
    content = queries.ballot_result(closed(ballot))
    assert (content["outcome"], content["chosen"], content["tied"]) == ("decided", chosen, [])
    assert [line["key"] for line in content["lines"] if line["chosen"]] == sorted(chosen)
    assert content["said"]["en"][0].startswith("Decided: “")


@pytest.mark.parametrize("method", [Method.CONSENSING, Method.DOTS, Method.CRITERIA])
def test_open_results_have_three_readings(method):
    ballot = opened(method)
    cast_all(ballot, PAPERS[method])
    content = queries.ballot_result(closed(ballot))
    for line in content["lines"]:
        assert set(line["readings"]) == {"people", "institutions", "perspectives"}


@pytest.mark.parametrize(
    ("rule", "outcome", "chosen"),
    [
        (TieRule.BODY, "tied", []),
        (TieRule.ORDER, "decided", ["1"]),
        (TieRule.CHEAPER, "decided", ["3"]),
    ],
)
def test_equals_are_decided_by_the_rule_that_was_stated(rule, outcome, chosen):
    options = [Offered("A", cost=30), Offered("B", cost=20), Offered("C", cost=10)]
    ballot = opened(Method.DOTS, tie_rule=rule, options=options)
    cast_all(ballot, [{"1": 2}, {"3": 2}, {"2": 1}])
    content = queries.ballot_result(closed(ballot))
    assert content["tied"] == ["1", "3"]
    assert (content["outcome"], content["chosen"]) == (outcome, chosen)


@pytest.mark.parametrize(
    ("rule", "outcome", "chosen"), [(TieRule.BODY, "tied", []), (TieRule.ORDER, "decided", ["1"])]
)
def test_equals_under_a_budget_are_named_and_not_hidden(rule, outcome, chosen):
    options = [Offered("A", cost=50), Offered("B", cost=50)]
    ballot = opened(
        Method.BALANCED, tie_rule=rule, options=options, rules={"money": 50, "posts": None}
    )
    cast_all(ballot, [{"1": 1}, {"1": 1}, {"2": 1}, {"2": 1}])
    content = queries.ballot_result(closed(ballot))
    assert (content["tied"], content["outcome"], content["chosen"]) == (["1", "2"], outcome, chosen)


def test_without_a_quorum_nothing_is_decided_but_the_count_is_there():
    ballot = opened(Method.DOTS, quorum=50)
    cast_all(ballot, [{"1": 2}, {"1": 1}])
    content = queries.ballot_result(closed(ballot))
    assert (content["outcome"], content["chosen"]) == ("no_quorum", [])
    assert [line["chosen"] for line in content["lines"]] == [False] * 3
    assert (content["voted"], content["needed"]) == (2, 3)
    assert content["lines"][0]["value"] == 3


@pytest.mark.parametrize("method", Method)
def test_nobody_votes(method):
    content = queries.ballot_result(closed(opened(method)))
    assert (content["outcome"], content["papers"], content["result"]) == ("nobody", [], {})
    assert content["command"] == []


def test_balanced_choice_says_what_each_perspective_gets_under_both():
    ballot = opened(Method.BALANCED)
    cast_all(ballot, PAPERS[Method.BALANCED])
    result = queries.ballot_result(closed(ballot))["result"]
    assert [one["name"] for one in result["served"]] == ["Arbeit", "Beratung", "Schule"]
    assert all(one["voters"] == 2 and one["served"] is not None for one in result["served"])
    assert result["limits"] == {"budget": {"used": 70_000, "amount": 70_000}}


def test_an_open_ballot_withholds_no_small_number_and_a_secret_one_does():
    """Everybody has seen the hands; one of six wanted only what did not come."""
    said = {}
    for is_secret in (False, True):
        ballot = opened(Method.BALANCED, is_secret=is_secret)
        cast_all(ballot, [{"1": 1, "2": 1}] * 5 + [{"3": 1}])
        said[is_secret] = " ".join(queries.ballot_result(closed(ballot))["said"]["de"])
    assert "Eine Person von 6 geht leer aus" in said[False]
    assert "Weniger als 5 Menschen gehen leer aus" in said[True]


def test_a_consent_result_says_once_what_holds_for_all_proposals():
    ballot = opened(Method.CONSENT)
    cast_all(ballot, PAPERS[Method.CONSENT])
    decided, turnout, *lines = queries.ballot_result(closed(ballot))["said"]["de"]
    assert decided.startswith("Entschieden: ")
    assert turnout.startswith("6 von 6 Sitzen")
    assert [line.partition(":")[0] for line in lines] == [f"„{o.title}“" for o in THREE]
    # The third was left out on one paper, so it says who judged it.
    assert [("Abgestimmt haben" in line) for line in lines] == [False, False, True]


def test_what_a_secret_consent_withholds_is_said_once_and_in_words_of_a_page():
    ballot = opened(Method.CONSENT, is_secret=True)
    cast_all(ballot, PAPERS[Method.CONSENT])
    said = queries.ballot_result(closed(ballot))["said"]["de"]
    assert said[-1] == "Anzahlen unter 5 stehen nicht da."
    assert " ".join(said).count("stehen nicht da") == 1
    assert "--open" not in " ".join(said)


def test_measures_that_came_to_be_called_alike_keep_a_ballot_from_opening():
    """The same number and title in two fields: nobody could say which of them a paper means."""
    process, body = body_with()
    concept = make.ConceptFactory(process=process)
    first, second = (
        make.MeasureFactory(
            goal=make.GoalFactory(field=make.FieldOfActionFactory(concept=concept)),
            number=number,
            title="Lotsen",
        )
        for number in ("1.1", "1.2")
    )
    offered = [Offered(queries.named_by_number(one), measure=one) for one in (first, second)]
    who = system(process.municipality_id, at=timezone.now())
    ballot = actions.prepare_ballot(
        process, body=body, method=Method.CONSENT, by=who, at=who.at,
        terms=terms(Method.CONSENT, options=offered),
    )  # fmt: skip
    second.number = "1.1"
    second.save()
    with pytest.raises(NotReady) as refused:
        actions.open_ballot(ballot, by=who, at=who.at)
    [point] = refused.value.points
    assert "1.1 Lotsen" in str(point)
    ballot.refresh_from_db()
    assert ballot.state == BallotState.DRAFT


@pytest.mark.parametrize(
    ("method", "papers"),
    [
        (Method.CONSENSING, [{"1": 3}] * 3 + [{"2": 3}] * 3),
        (Method.CRITERIA, [{"1.1": 3}] * 6),
    ],
)
def test_where_too_few_judged_the_page_speaks_of_no_option_of_a_command(method, papers):
    ballot = opened(method, is_secret=True)
    cast_all(ballot, papers)
    result = queries.ballot_result(closed(ballot))
    assert "--open" not in str(result["said"])


def test_without_a_quorum_it_still_says_what_both_rules_would_take():
    ballot = opened(Method.BALANCED, quorum=100)
    cast_all(ballot, PAPERS[Method.BALANCED][:5])
    content = queries.ballot_result(closed(ballot))
    assert (content["outcome"], content["chosen"]) == ("no_quorum", [])
    taken = [line["key"] for line in content["lines"] if line["taken"]]
    assert taken == sorted(content["result"]["selected"]) != []


def test_the_export_is_to_the_letter_what_was_counted():
    """Ten posts are not 1E+1, and half a one is half a one, before and after."""
    options = [Offered("A", cost=1, posts=Decimal(10)), Offered("B", cost=1, posts=Decimal("0.5"))]
    ballot = opened(Method.BALANCED, options=options, rules={"money": 2, "posts": "10.5"})
    cast_all(ballot, [{"1": 1}, {"2": 1}])
    content = queries.ballot_result(closed(ballot))
    assert [option["posts"] for option in content["options"]] == ["10.00", "0.50"]
    lines = insights.exported(content).content.decode().splitlines()
    assert "1;1;A;10.00" in lines
    assert "2;1;B;0.50" in lines


def test_money_and_staff_are_limits_at_once():
    rules = {"money": 100_000, "posts": "1"}
    ballot = opened(Method.BALANCED, rules=rules)
    cast_all(ballot, PAPERS[Method.BALANCED])
    content = queries.ballot_result(closed(ballot))
    assert sorted(content["chosen"]) == ["1", "3"]  # the second would take 1.5 posts
    assert content["result"]["limits"]["posts"]["used"] == 0.75


# --- who votes, and until when ------------------------------------------------------------------


def test_voices_after_the_end_do_not_count():
    ballot = opened(Method.DOTS)
    by = for_seat(seats_of(ballot)[0])
    with pytest.raises(Closed):
        actions.cast_paper(ballot, marks={"1": 1}, by=by, at=ballot.closes_at)
    assert not CastPaper.objects.exists()


def test_only_seats_that_had_a_vote_at_the_opening_vote():
    ballot = opened(Method.DOTS)
    late = make.SeatFactory(body=ballot.body, function="Neuer Sitz")
    mute = make.member(ballot.municipality)
    elsewhere = for_seat(make.SeatFactory())
    deputy = for_seat(seats_of(ballot)[0], speaks=False, as_deputy=True)
    for by in (for_seat(late), mute, elsewhere, deputy, make.coordinator(ballot.municipality)):
        with pytest.raises(NotAllowed):
            actions.cast_paper(ballot, marks={"1": 1}, by=by, at=by.at)
    assert not CastPaper.objects.exists()


def test_one_person_on_two_seats_has_one_voice():
    ballot = opened(Method.DOTS)
    first, second, *_rest = seats_of(ballot)
    person = make.PersonFactory(municipality=ballot.municipality)
    by = make.member(
        ballot.municipality,
        seats=(make.seat_held(first), make.seat_held(second)),
        person=person.pk,
    )
    actions.cast_paper(ballot, marks={"1": 1}, by=by, at=by.at)
    with pytest.raises(Closed):
        actions.cast_paper(ballot, marks={"2": 1}, seat=second.pk, by=by, at=by.at)
    actions.cast_paper(ballot, marks={"2": 1}, by=by, at=by.at)  # the same seat again
    assert [paper.marks for paper in CastPaper.objects.all()] == [{"2": 1}]


def test_an_open_voice_may_change_until_the_end_a_secret_one_may_not():
    free = opened(Method.DOTS)
    by = for_seat(seats_of(free)[0])
    for _again in range(2):
        actions.cast_paper(free, marks={"1": 1}, by=by, at=by.at)
    actions.cast_paper(free, marks={"2": 1}, by=by, at=by.at)
    assert [paper.marks for paper in free.papers.all()] == [{"2": 1}]
    secret = opened(Method.DOTS, is_secret=True)
    by = for_seat(seats_of(secret)[0])
    actions.cast_paper(secret, marks={"1": 1}, by=by, at=by.at)
    with pytest.raises(Closed):
        actions.cast_paper(secret, marks={"2": 1}, by=by, at=by.at)
    assert [paper.marks for paper in secret.papers.all()] == [{"1": 1}]


@pytest.mark.parametrize(
    ("method", "marks", "fields"),
    [
        (Method.DOTS, {"1": 3}, ["mark_1"]),
        (Method.DOTS, {"1": 2, "2": 2}, ["mark_1"]),
        (Method.DOTS, {"9": 1}, ["mark_9"]),
        (Method.CONSENSING, {"1": 11}, ["mark_1"]),
        (Method.CONSENSING, {"1": -1, "2": 2.5}, ["mark_1", "mark_2"]),
        (Method.CRITERIA, {"1.3": 5}, ["mark_1_3"]),
        (Method.CONSENT, {"1": "veto"}, ["mark_1"]),
        (Method.CONSENT, {"1": "object"}, ["mark_1"]),
        (Method.BALANCED, {"1": 2}, ["mark_1"]),
        (Method.BALANCED, {"1": 0, "2": 0}, ["mark_1"]),
        (Method.CONSENT, {}, ["mark_1"]),
    ],
)
def test_a_paper_that_does_not_fit_is_refused_with_its_place(method, marks, fields):
    ballot = opened(method)
    by = for_seat(seats_of(ballot)[0])
    with pytest.raises(Invalid) as refused:
        actions.cast_paper(ballot, marks=marks, by=by, at=by.at)
    assert sorted(refused.value.fields) == fields
    assert not ballot.electors.filter(has_voted=True).exists()


# --- secrecy ------------------------------------------------------------------------------------


def test_nothing_leads_from_a_secret_paper_to_its_seat():
    ballot = opened(Method.DOTS, is_secret=True)
    cast_all(ballot, PAPERS[Method.DOTS])
    assert set(ballot.papers.values_list("elector", "perspective")) == {(None, "")}
    assert not Event.objects.filter(thing=ballot.pk, kind="ballot.cast").exists()
    content = queries.ballot_result(closed(ballot))
    assert {paper["function"] for paper in content["papers"]} == {None}
    assert [paper["code"] for paper in content["papers"]] == sorted(
        paper["code"] for paper in content["papers"]
    )


def test_rows_of_secret_papers_are_in_no_order_of_casting():
    """Which place the first paper has afterwards is drawn: no place is left out for long."""
    places = Counter()
    ballot = opened(Method.CONSENSING, seats=5, is_secret=True)
    for _round in range(60):
        actions.casting.drop_into_box(ballot, [({"1": n}, {}, "", False) for n in range(3)])
        marks = [paper.marks["1"] for paper in ballot.papers.order_by("pk")]
        places[marks.index(0)] += 1
        ballot.papers.all().delete()
    assert set(places) == {0, 1, 2}


def test_a_secret_paper_keeps_a_perspective_that_five_seats_share():
    ballot = opened(Method.DOTS, seats=11, perspectives=("Schule", "Beratung"), is_secret=True)
    cast_all(ballot, [{"1": 1}] * 11)
    assert Counter(ballot.papers.values_list("perspective", flat=True)) == {
        "Schule": 6, "Beratung": 5,
    }  # fmt: skip
    content = queries.ballot_result(closed(ballot))
    assert set(content["lines"][0]["readings"]) == {"people", "perspectives"}


def test_it_loses_the_perspective_when_fewer_of_them_have_voted():
    ballot = opened(Method.DOTS, seats=11, perspectives=("Schule", "Beratung"), is_secret=True)
    cast_all(ballot, [{"1": 1}, None, {"1": 1}, None] + [{"1": 1}] * 5)
    content = queries.ballot_result(closed(ballot))
    assert Counter(paper["perspective"] for paper in content["papers"]) == {"": 7}
    assert set(ballot.papers.values_list("perspective", flat=True)) == {""}


def test_too_few_secret_papers_are_destroyed_uncounted():
    ballot = opened(Method.DOTS, is_secret=True, quorum=0)
    cast_all(ballot, [{"1": 1}] * 4)
    content = queries.ballot_result(closed(ballot))
    assert (content["outcome"], content["papers"], content["voted"]) == ("no_quorum", [], 4)
    assert (content["result"], ballot.papers.count()) == ({}, 0)


def test_a_secret_ballot_of_four_seats_does_not_open():
    with pytest.raises(NotReady):
        opened(Method.DOTS, seats=4, is_secret=True)


def test_others_voices_are_seen_after_ones_own():
    ballot = opened(Method.DOTS)
    first, second, *_rest = seats_of(ballot)
    actions.cast_paper(ballot, marks={"1": 1}, by=for_seat(first), at=for_seat(first).at)
    assert queries.ballot_page(ballot, for_seat(second)).papers == []
    assert queries.ballot_page(ballot, make.coordinator(ballot.municipality)).papers == []
    assert len(queries.ballot_page(ballot, for_seat(first)).papers) == 1
    secret = opened(Method.DOTS, is_secret=True)
    mine = for_seat(seats_of(secret)[0])
    actions.cast_paper(secret, marks={"1": 1}, by=mine, at=mine.at)
    assert queries.ballot_page(secret, mine).papers == []


# --- preparing, ending, deciding ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "more", "fields"),
    [
        (Method.DOTS, {"title": " "}, ["title"]),
        (Method.DOTS, {"options": THREE[:1]}, ["options"]),
        (Method.DOTS, {"options": [THREE[0], THREE[0]]}, ["options"]),
        (Method.DOTS, {"options": [Offered("=1+1"), Offered("B")]}, ["options"]),
        (Method.DOTS, {"options": [Offered("Perspektive"), Offered("B")]}, ["options"]),
        (Method.DOTS, {"rules": {"each": 2, "most": 3, "take": 3}}, ["most", "take"]),
        (Method.CRITERIA, {"rules": {"criteria": [["Eins", 1]]}}, ["criteria"]),
        (Method.CRITERIA, {"rules": {"criteria": [["A", 0], ["B", 0]]}}, ["criteria"]),
        (Method.BALANCED, {"rules": {"money": None, "posts": None}}, ["money"]),
        (Method.BALANCED, {"options": [Offered("A", cost=1), Offered("B")]}, ["options"]),
        (
            Method.DOTS,
            {"options": [Offered("A"), Offered("B")], "tie_rule": TieRule.CHEAPER,
             "rules": {"each": 3, "most": 2, "take": 1}},
            ["tie_rule"],
        ),
    ],
)  # fmt: skip
def test_a_ballot_that_does_not_fit_names_every_entry(method, more, fields):
    process, body = body_with()
    who = make.coordinator(process.municipality)
    with pytest.raises(Invalid) as refused:
        actions.prepare_ballot(
            process, body=body, method=method, terms=terms(method, **more), by=who, at=who.at
        )
    assert sorted(refused.value.fields) == fields
    assert not Ballot.objects.exists()


def test_what_is_asked_does_not_change_once_somebody_can_vote():
    ballot = opened(Method.DOTS)
    who = make.coordinator(ballot.municipality)
    with pytest.raises(Closed):
        actions.change_ballot(
            ballot, terms=terms(Method.DOTS), seen=ballot.revision, by=who, at=who.at
        )
    with pytest.raises(Closed):
        actions.open_ballot(ballot, by=who, at=who.at)


def test_it_ends_early_only_when_every_seat_has_voted():
    ballot = opened(Method.DOTS, seats=2)
    who = make.coordinator(ballot.municipality)
    cast_all(ballot, [{"1": 1}])
    with pytest.raises(Closed):
        actions.end_ballot(ballot, by=who, at=who.at)
    cast_all(ballot, [None, {"1": 1}])
    assert actions.end_ballot(ballot, by=who, at=who.at).closes_at == who.at


def test_the_worker_counts_what_has_ended_and_nothing_else():
    running, over = opened(Method.DOTS), opened(Method.DOTS)
    cast_all(over, PAPERS[Method.DOTS])
    Ballot.objects.filter(pk=over.pk).update(closes_at=over.closes_at - 2 * DAY)
    tasks.count_ballots()
    assert (running.refreshed().state, over.refreshed().state) == ("open", "closed")
    tasks.count_ballots()
    assert Event.objects.filter(kind="ballot.closed").count() == 1


@pytest.mark.parametrize("publishes", [True, False])
def test_an_objection_of_a_consent_round_travels_with_its_measure(publishes):
    process, body = body_with()
    concept = make.ConceptFactory(process=process)
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))
    measure = make.MeasureFactory(goal=goal, number="1.1", is_public=True)
    who = make.coordinator(process.municipality)
    ballot = actions.prepare_ballot(
        process, body=body, method=Method.CONSENT, by=who, at=who.at,
        terms=terms(
            Method.CONSENT, publishes=publishes, options=[Offered("1.1 Maßnahme", measure=measure)]
        ),
    )  # fmt: skip
    ballot = actions.open_ballot(ballot, by=who, at=who.at)
    cast_all(ballot, [({"1": "object"}, {"1": "Zu teuer"})] + [{"1": "agree"}] * 5)
    closed(ballot)
    objection = Objection.objects.get()
    assert (objection.measure, objection.reason, objection.state) == (measure, "Zu teuer", "open")
    assert objection.seat.function == "Sitz 1"
    assert objection.is_public is publishes  # what stays inside, stays inside here as well


def test_a_resolution_is_recorded_once():
    ballot = opened(Method.DOTS)
    closed(ballot)
    who = make.coordinator(ballot.municipality)
    resolution = make.ResolutionFactory(process=ballot.process)
    for _again in range(2):
        actions.decide_ballot(ballot, resolution=resolution, by=who, at=who.at)
    assert Event.objects.filter(kind="ballot.decided").count() == 1
    other = make.ResolutionFactory(process=ballot.process)
    with pytest.raises(Closed):
        actions.decide_ballot(ballot, resolution=other, by=who, at=who.at)
    with pytest.raises(Invalid):
        actions.decide_ballot(ballot, resolution=make.ResolutionFactory(), by=who, at=who.at)


def test_whoever_is_forgotten_leaves_a_voice_without_a_hand():
    ballot = opened(Method.DOTS)
    seat = seats_of(ballot)[0]
    person = make.PersonFactory(municipality=ballot.municipality)
    by = for_seat(seat, person=person.pk)
    actions.cast_paper(ballot, marks={"1": 1}, by=by, at=by.at)
    community.forget_person(person, by=system(ballot.municipality_id, at=by.at), at=by.at)
    elector = ballot.electors.get(seat=seat)
    assert (elector.person, elector.has_voted) == (None, True)
