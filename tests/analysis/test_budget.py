"""Equal shares: hand-computed outcomes, the textbook as judge, and what must hold for any vote."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miteinander.analysis.budget import (
    Variant,
    choose,
    completion,
    election_from,
    groups,
    sentences,
    served,
    served_sentences,
)
from miteinander.analysis.budget.audit import exact_run
from miteinander.analysis.budget.completion import complete
from miteinander.analysis.budget.election import fits, room_left
from miteinander.analysis.budget.shares import Market, rank_by, shares_of
from miteinander.analysis.errors import Unusable
from tests.analysis.elections import as_election, cases, election, naive

UTILITIES = ("cost", "cardinality")
TEN = [["A", "B"]] * 6 + [["C"]] * 4


def ids(outcome):
    return [outcome.election.projects[p] for p in outcome.selected]


# --- by hand ----------------------------------------------------------------------------------


def test_a_minority_gets_what_its_share_pays_for():
    """Ten voters, ten each. The six pay A with all they have; the four pay C with theirs."""
    outcome = choose(election(100, {"A": 60, "B": 40, "C": 40}, TEN))

    assert ids(outcome) == ["A", "C"]
    assert outcome.costs == (100,)
    assert outcome.left_out == 0
    assert [p.per_supporter for p in outcome.purchases] == [10, 10]
    assert [p.share for p in outcome.purchases] == [10, 10]
    # the usual rule gives all the money to the six
    assert [outcome.election.projects[p] for p in outcome.other] == ["A", "B"]
    assert outcome.other_left_out == 4


def test_a_tie_is_named_and_broken_by_file_order_unless_said_otherwise():
    vote = election(100, {"A": 60, "B": 40, "C": 40}, TEN)

    (tie,) = choose(vote).ties
    assert [vote.projects[p] for p in tie.projects] == ["A", "B"]
    assert choose(vote).decisive_ties == (tie,)
    # B first costs each of the six 6 2/3; A is then out of reach
    assert ids(choose(vote, Variant(ties=("cheaper",)))) == ["B", "C"]
    assert ids(choose(vote, Variant(priority=("C", "B", "A")))) == ["B", "C"]
    assert any("Gleichstand: „A“ und „B“" in line for line in sentences(choose(vote)))


def test_the_poor_give_all_they_have_and_the_rich_pay_the_rest():
    """Share 10. A (2) is paid by v0 alone, B (27) by v0 with 8 and by v1, v2 with 9.5 each."""
    outcome = choose(
        election(30, {"A": 2, "B": 27}, [["A", "B"], ["B"], ["B"]]), Variant(utility="cardinality")
    )
    assert ids(outcome) == ["A", "B"]
    paid = dict(outcome.purchases[1].paid[0])
    assert sorted(paid.values()) == pytest.approx([8, 19])
    assert outcome.purchases[1].share == pytest.approx(9.5)


def test_points_pay_in_proportion():
    """A costs 6; 2 points and 1 point: 4 and 2."""
    vote = election(20, {"A": 6}, [["A"], ["A"]], vote_type="cumulative", points=[[2], [1]])
    (purchase,) = choose(vote, Variant(utility="cardinality")).purchases

    assert sorted(amount for _, amount in purchase.paid[0]) == pytest.approx([2, 4])
    assert purchase.share == pytest.approx(2)


def test_rankings_count_as_borda_and_a_single_name_counts_nothing():
    vote = election(20, {"A": 6, "B": 6}, [["B", "A"], ["A"]], vote_type="ordinal")

    assert vote.votes().tolist() == [0, 1]
    assert len(vote.notes) == 1


def test_add1_raises_shares_until_it_would_cost_too_much():
    """A share of 10 pays nothing: A needs 12 of one voter. With 12 each, A and B: 24 of 30."""
    vote = election(30, {"A": 12, "B": 12, "C": 13}, [["A"], ["B"], ["C"]])

    assert ids(choose(vote)) == []
    outcome = choose(vote, Variant(completion="add1"))
    assert ids(outcome) == ["A", "B"]
    assert outcome.share == (Fraction(12),)
    assert outcome.steps == 2  # 13 would buy C as well: 37


def test_the_exhaustive_stop_keeps_what_a_larger_share_would_exchange():
    """A share of 10 buys A; B would not fit beside it. Without the stop shares grow to 14."""
    vote = election(30, {"A": 20, "B": 15}, [["A"], ["A"], ["B"]])
    stopped = choose(vote, Variant(completion="add1", exhaustive=True))
    onward = choose(vote, Variant(completion="add1"))

    assert ids(stopped) == ids(onward) == ["A"]
    assert stopped.steps == 0
    assert onward.steps == 4  # 15 would buy B: 35 > 30


def test_utilitarian_completion_spends_the_rest_on_most_votes():
    vote = election(30, {"A": 12, "B": 12, "C": 13}, [["A"], ["B"], ["C"]])
    outcome = choose(vote, Variant(completion="utilitarian"))

    assert ids(outcome) == ["A", "B"]
    assert outcome.added == (0, 1)
    assert outcome.purchases[0].paid == ()


def test_a_tie_for_the_rest_is_named_when_both_would_have_fitted():
    ballots = [["A"]] * 6 + [["B"]] * 6
    found = choose(election(50, {"A": 50, "B": 50}, ballots), Variant(completion="utilitarian"))
    assert [tie.projects for tie in found.decisive_ties] == [(0, 1)]
    dearer = choose(election(50, {"A": 50, "B": 60}, ballots), Variant(completion="utilitarian"))
    assert (dearer.selected, dearer.ties) == ((0,), ())


def test_what_kinds_of_voters_get_stands_under_both_rules():
    ballots = [["A"]] * 5 + [["B"]] * 5 + [["A", "B"]] * 5
    vote = election(100, {"A": 60, "B": 60}, ballots)
    column = ["alt"] * 5 + ["jung"] * 5 + [""] * 5
    one, other = served(vote, column, chosen=[0], beside=[1])
    assert (one.name, one.voters, one.served, one.served_beside) == ("alt", 5, 5, 0)
    assert (other.name, other.granted, other.granted_beside) == ("jung", 0.0, 1.0)
    said = served_sentences([one], "en")
    assert said[0].startswith("alt: with equal shares 5 of 5 got something from their paper")
    assert said[0].endswith("(on average 100% of it), by plain ranking 0 (0%).")


def test_a_few_voters_of_a_kind_are_not_spoken_of_unless_all_saw_them():
    ballots = [["A"]] * 6 + [["B"]] * 6
    vote = election(100, {"A": 60, "B": 60}, ballots)
    column = ["alt"] * 4 + ["jung"] * 8
    hidden = served(vote, column, chosen=[0], beside=[1])
    assert [(one.voters, one.served) for one in hidden] == [(None, None), (None, None)]
    shown = served(vote, column, chosen=[0], beside=[1], threshold=1)
    assert [(one.voters, one.served, one.served_beside) for one in shown] == [(4, 4, 0), (8, 2, 6)]


def test_two_limits_are_both_kept_and_both_shared():
    """Money is plenty, staff days are not: 10 days, 5 voters, 2 each. A takes 8, B takes 2."""
    text = (
        "META\nbudget;1000\nvote_type;approval\nPROJECTS\nproject_id;cost;days\nA;10;8\nB;10;2\n"
        "C;10;6\nVOTES\nvoter_id;vote\n1;A,C\n2;A,C\n3;A,C\n4;A,C\n5;B\n"
    )
    vote = election_from(text.encode(), name="two.pb", limits=[("days", "10")])
    outcome = choose(vote)

    # C takes fewer days; A is then out of reach although there is money, and many want it
    assert ids(outcome) == ["C", "B"]
    assert outcome.costs == (20, 8)
    assert all(cost <= limit.amount for cost, limit in zip(outcome.costs, vote.limits, strict=True))
    assert any("„days“ sind 8 von 10" in line for line in sentences(outcome))


def test_what_costs_nothing_and_is_wanted_is_taken():
    outcome = choose(election(0, {"free": 0, "dear": 5, "unwanted": 0}, [["free", "dear"]]))

    assert ids(outcome) == ["free"]
    assert outcome.costs == (0,)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((0, {"A": 5}, [["A"]]), "Das Budget ist 0"),
        ((10, {"A": 5}, []), "Niemand hat abgestimmt"),
        ((10, {"A": 5}, [[]]), "Alle Stimmzettel sind leer"),
        ((10, {"A": 50}, [["A"]]), "Jedes kostet mehr"),
        ((10, {}, [[]]), "keine Projekte"),
    ],
)
def test_an_empty_result_says_why(arguments, why):
    for rule in ("equal-shares", "greedy"):
        outcome = choose(election(*arguments), Variant(rule=rule))
        assert ids(outcome) == []
        if rule == "equal-shares":
            assert why in sentences(outcome)[0]
        assert all(sentences(outcome, language) for language in ("de", "en"))


def test_few_left_out_are_not_counted_in_words():
    outcome = choose(election(100, {"A": 60, "B": 300}, [["A"]] * 20 + [["B"]] * 3))
    said = " ".join(sentences(outcome, "en"))

    assert outcome.left_out == 3
    assert "Fewer than 5 people are left out" in said
    assert "3 of 23" not in said


def test_groups_say_where_the_money_went_and_hide_small_ones():
    votes = [["A"]] * 8 + [["C"]] * 8 + [["C"]] * 2
    outcome = choose(election(180, {"A": 80, "C": 100}, votes))
    by_place = {g.name: g for g in groups(outcome, ["north"] * 8 + ["south"] * 8 + ["west"] * 2)}

    assert by_place["west"].voters is None
    assert by_place["west"].money is None
    # one of the large ones goes with it, else subtraction would tell
    assert sum(g.voters is None for g in by_place.values()) == 2


# --- floats, fractions, textbook ----------------------------------------------------------------


@settings(max_examples=150)
@given(cases(), st.sampled_from(UTILITIES))
def test_floats_fractions_and_the_textbook_agree(case, utility):
    vote = as_election(*case)
    rank = rank_by(vote, ())
    fast = Market(vote, utility=utility, rank=rank).run(shares_of(vote))
    exact = exact_run(vote, shares_of(vote), utility=utility, rank=rank)
    order, money = naive(*case, utility=utility)

    assert [vote.projects[p] for p in fast.order] == order
    assert list(exact.order) == fast.order
    assert exact.ties == tuple(fast.ties)
    left = [exact.rest[0][t] if t >= 0 else shares_of(vote)[0] for t in vote.type_of]
    assert left == money


@settings(max_examples=80)
@given(cases(most_projects=5, most_voters=6), st.sampled_from(UTILITIES), st.booleans())
def test_striding_comes_to_the_same_as_single_steps(case, utility, exhaustive):
    vote = as_election(*case)
    rank = rank_by(vote, ())
    found = complete(
        vote, utility=utility, completion="add1", exhaustive=exhaustive,
        increment=Fraction(1, 3), rank=rank,
    )  # fmt: skip
    market = Market(vote, utility=utility, rank=rank)
    start = shares_of(vote)[0]
    step, run, share = 0, market.run([start]), start
    while start and len(run.order) < len(market.start):
        if exhaustive and not room_left(vote, run.order):
            break
        further = start // 1 + (step + 1) * Fraction(1, 3)
        following = market.run([further])
        if not fits(vote, following.order):
            break
        step, run, share = step + 1, following, further

    assert (found.step, found.run.order, found.shares) == (step, run.order, (share,))


def test_ties_for_ever_do_not_stop_the_strides():
    """Twins, and two pairs that mirror each other, in a budget of a billion and steps of one."""
    projects = {"A": 10**9, "B": 10**9, "C": 3 * 10**8, "D": 3 * 10**8, "E": 7 * 10**8}
    votes = [["A", "B", "E"], ["A", "B", "E"], ["C"], ["D"], ["E"]]
    outcome = choose(election(10**9, projects, votes), Variant(completion="add1"))

    assert outcome.steps > 10**6
    assert outcome.runs < 1000
    assert sum(projects[p] for p in ids(outcome)) <= 10**9


def test_a_step_too_fine_is_refused_with_a_better_one(monkeypatch):
    monkeypatch.setattr(completion, "MOST_RUNS", 2)
    vote = election(3000, {"A": 1200, "B": 1200, "C": 1300}, [["A"], ["B"], ["C"]])
    with pytest.raises(Unusable) as caught:
        choose(vote, Variant(completion="add1"))

    assert "--increment 1000" in caught.value.do.en


def test_prices_that_only_fractions_tell_apart():
    """By cardinality B is cheaper in the fourteenth digit; floats call it a tie and take A."""
    projects = {"A": 10**14 + 1, "B": 10**14}
    vote = election(10**14 + 1, projects, [["A", "B"]])
    outcome = choose(vote, Variant(utility="cardinality"))

    assert ids(choose(vote, Variant(utility="cardinality"), audit=False)) == ["A"]
    assert ids(outcome) == ["B"]
    assert outcome.corrected
    assert outcome.ties == ()


# --- what must hold for any vote ----------------------------------------------------------------


@settings(max_examples=80)
@given(cases(), st.sampled_from(UTILITIES))
def test_money_is_exact(case, utility):
    """Nobody pays more than their share, payments sum up to the cost, what is left buys nothing."""
    vote = as_election(*case)
    share = shares_of(vote)
    run = exact_run(vote, share, utility=utility, rank=rank_by(vote, ()))
    spent = [Fraction(0)] * len(vote.weights)
    for project, (paid,) in zip(run.order, run.payments, strict=True):
        for t, each in paid:
            spent[t] += each
        assert sum(each * int(vote.weights[t]) for t, each in paid) == vote.costs[0][project]

    assert all(s <= share[0] for s in spent)
    assert [share[0] - s for s in spent] == list(run.rest[0])
    assert fits(vote, run.order)
    for p, types in enumerate(vote.support):
        if p not in run.order and len(types):
            assert sum(run.rest[0][t] * int(vote.weights[t]) for t in types) < vote.costs[0][p]


@settings(max_examples=60)
@given(cases(), st.sampled_from(UTILITIES), st.randoms(use_true_random=False))
def test_neither_the_order_of_voters_nor_names_matter(case, utility, random):
    budget, projects, ballots = case
    mixed = list(ballots)
    random.shuffle(mixed)
    named = {f"x{n}": f"p{n}" for n in range(len(projects))}
    renamed = {new: projects[old] for new, old in named.items()}
    ballots_renamed = [{f"x{p[1:]}": s for p, s in b.items()} for b in ballots]
    base = ids(choose(as_election(*case), Variant(utility=utility)))

    assert ids(choose(as_election(budget, projects, mixed), Variant(utility=utility))) == base
    other = ids(choose(as_election(budget, renamed, ballots_renamed), Variant(utility=utility)))
    assert [named[p] for p in other] == base


@settings(max_examples=60)
@given(cases(), st.sampled_from(UTILITIES), st.randoms(use_true_random=False))
def test_the_order_of_projects_only_breaks_ties(case, utility, random):
    budget, projects, ballots = case
    keys = list(projects)
    random.shuffle(keys)
    variant = Variant(utility=utility, priority=tuple(projects))
    moved = as_election(budget, {p: projects[p] for p in keys}, ballots)

    assert ids(choose(moved, variant)) == ids(choose(as_election(*case), variant))


@settings(max_examples=60)
@given(cases(), st.sampled_from(UTILITIES), st.integers(2, 7))
def test_copies_of_everybody_and_another_currency_change_nothing(case, utility, k):
    budget, projects, ballots = case
    variant = Variant(utility=utility)
    base = ids(choose(as_election(*case), variant))

    assert ids(choose(as_election(budget, projects, ballots * k), variant)) == base
    dearer = {p: cost * k for p, cost in projects.items()}
    assert ids(choose(as_election(budget * k, dearer, ballots), variant)) == base


@settings(max_examples=60)
@given(cases(scored=False, most_projects=5))
def test_a_group_that_agrees_gets_what_it_deserves(case):
    """Extended justified representation: a group whose shares pay for T projects that all of them
    want has a member with at least |T| of their wishes (by cardinality)."""
    budget, projects, ballots = case
    taken = set(ids(choose(as_election(*case), Variant(utility="cardinality"))))
    for size in range(1, len(projects) + 1):
        for wish in combinations(projects, size):
            group = [b for b in ballots if set(wish) <= set(b)]
            if group and sum(projects[p] for p in wish) * len(ballots) <= len(group) * budget:
                assert max(len(taken & set(b)) for b in group) >= size


@settings(max_examples=60)
@given(cases(), st.sampled_from(UTILITIES))
def test_prices_never_fall_during_a_run(case, utility):
    vote = as_election(*case)
    prices = Market(vote, utility=utility, rank=rank_by(vote, ())).run(shares_of(vote)).prices

    assert all(later >= earlier * (1 - 1e-9) for earlier, later in pairwise(prices))


@settings(max_examples=60)
@given(cases(), st.sampled_from(UTILITIES), st.integers(1, 12))
def test_greedy_takes_the_best_claim_and_a_supporter_more_never_hurts_it(case, utility, n):
    budget, projects, ballots = case
    variant = Variant(rule="greedy", utility=utility)
    taken = ids(choose(as_election(*case), variant))
    assert sum(projects[p] for p in taken) <= budget
    for p in taken:
        more = [*ballots, *([{p: 1}] * n)]
        assert p in ids(choose(as_election(budget, projects, more), variant))


@settings(max_examples=40)
@given(cases(), st.sampled_from(UTILITIES), st.sampled_from(["none", "add1", "add1u"]))
def test_a_completion_never_overspends_and_sentences_always_come(case, utility, completion):
    outcome = choose(as_election(*case), Variant(utility=utility, completion=completion))

    assert fits(outcome.election, outcome.selected)
    assert all(outcome.election.votes()[p] > 0 for p in outcome.selected)
    if completion == "add1u":
        assert outcome.still_fits == ()
    for language in ("de", "en"):
        assert all(line and "{" not in line for line in sentences(outcome, language))
