"""Voting on paper: handed out once, typed in by two, counted when both agree."""

from __future__ import annotations

import pytest

from miteinander.adoption import actions, queries, tasks
from miteinander.adoption.actions import Slip
from miteinander.adoption.forms import PapersForm
from miteinander.adoption.models import Ballot
from miteinander.adoption.states import Method
from miteinander.core.errors import Closed, NotReady
from miteinander.core.identifiers import on_paper
from tests import factories as make
from tests.adoption.ballots import (
    DAY,
    PAPERS,
    counter,
    finished,
    for_seat,
    handed_out,
    opened,
    typed_in,
    typed_in_by_two,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_secret", [False, True], ids=["open", "secret"])
def test_papers_typed_in_alike_by_two_are_counted_with_the_others(is_secret):
    ballot = handed_out(Method.DOTS, 5, seats=10, is_secret=is_secret)
    assert len(ballot.paper_codes) == (10 if is_secret else 5)
    typed_in_by_two(ballot, PAPERS[Method.DOTS][1:])
    ballot = finished(ballot)
    assert (ballot.papers.count(), ballot.counts.count()) == (10, 0)
    assert ballot.electors.filter(has_voted=True).count() == 10
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=ballot.closes_at - 2 * DAY)
    tasks.count_ballots()
    content = queries.ballot_result(Ballot.objects.get(pk=ballot.pk))
    assert (content["voted"], content["outcome"]) == (10, "decided")
    named = {paper["function"] for paper in content["papers"]}
    assert named == ({None} if is_secret else {f"Sitz {n}" for n in range(1, 11)})


def test_the_worker_waits_for_the_papers():
    ballot = handed_out(Method.DOTS, 2)
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=ballot.closes_at - 2 * DAY)
    tasks.count_ballots()
    assert Ballot.objects.get().state == "open"


def test_what_two_read_differently_is_named_and_stops_the_count():
    ballot = handed_out(Method.DOTS, 2)
    one, other = counter(ballot), counter(ballot)
    typed_in(ballot, [{"1": 1}, {"2": 2}], one)
    typed_in(ballot, [{"1": 1}], other)
    first, second = sorted(ballot.paper_codes)
    assert [d.code for d in queries.differences(ballot)] == [second]
    typed_in(ballot, [{"1": 2}, {"2": 2}], other)
    assert [d.code for d in queries.differences(ballot)] == [first]
    with pytest.raises(NotReady):
        finished(ballot)
    typed_in(ballot, [{"1": 1}], other)
    assert queries.differences(ballot) == []
    assert finished(ballot).papers_counted


def test_reasons_are_alike_whatever_is_written_large_and_however_they_end():
    ballot = handed_out(Method.CONSENT, 2)
    one, other = counter(ballot), counter(ballot)
    said = [({"1": "object"}, {"1": why}) for why in ("Zu teuer.", "Zu spät")]
    typed_in(ballot, said, one)
    typed_in(ballot, [({"1": "object"}, {"1": why}) for why in ("zu  teuer", "Zu früh!")], other)
    [left] = queries.differences(ballot)
    assert {left.one.reasons["1"], left.other.reasons["1"]} == {"Zu spät", "Zu früh!"}
    typed_in(ballot, [said[0], ({"1": "object"}, {"1": "ZU SPÄT!"})], other)
    assert queries.differences(ballot) == []
    kept = finished(ballot).papers.filter(code__in=ballot.paper_codes)
    assert sorted(paper.reasons["1"] for paper in kept) == [
        "Zu spät",
        "Zu teuer.",
    ]  # as typed first


def test_one_person_cannot_count_for_two_and_a_third_does_not_count():
    ballot = handed_out(Method.DOTS, 2)
    one = counter(ballot)
    for _twice in range(2):
        typed_in(ballot, [{"1": 1}, {"2": 2}], one)
    assert len(queries.differences(ballot)) == 2
    typed_in(ballot, [{"1": 1}], counter(ballot))
    with pytest.raises(Closed):
        typed_in(ballot, [{"1": 1}], counter(ballot))


def test_papers_from_elsewhere_and_wrong_ones_are_all_named_and_nothing_is_kept():
    ballot = handed_out(Method.DOTS, 2)
    who = counter(ballot)
    good, bad = sorted(ballot.paper_codes)
    slips = {
        good: Slip({"1": 1}, {}), bad: Slip({"1": 3}, {}), "bcdfghjk": Slip({"1": 1}, {}),
    }  # fmt: skip
    with pytest.raises(NotReady) as refused:
        actions.type_papers(ballot, slips, by=who, at=who.at)
    assert len(refused.value.points) == 2
    assert not ballot.counts.exists()


def test_more_papers_than_were_handed_out_are_not_counted():
    ballot = handed_out(Method.DOTS, 5, seats=10, is_secret=True)
    for _person in range(2):
        typed_in(ballot, [{"1": 1}] * 6, counter(ballot))
    with pytest.raises(NotReady):
        finished(ballot)


def test_whoever_has_a_paper_does_not_vote_online_and_nobody_gets_a_paper_late():
    ballot = handed_out(Method.DOTS, 1)
    by = for_seat(ballot.body.seats.order_by("position").last())
    with pytest.raises(Closed):
        actions.cast_paper(ballot, marks={"1": 1}, by=by, at=by.at)
    who = counter(ballot)
    with pytest.raises(Closed):
        actions.hand_out_papers(ballot, electors=[], by=who, at=ballot.closes_at)
    with pytest.raises(Closed):
        actions.finish_papers(ballot, by=who, at=who.at)


def test_codes_of_secret_papers_say_nothing_of_seats():
    ballot = handed_out(Method.DOTS, 5, seats=12, is_secret=True)
    codes = dict(ballot.paper_codes)
    more = ballot.electors.filter(on_paper=False, has_voted=False).get()
    again = actions.hand_out_papers(
        ballot, electors=[more.pk], by=counter(ballot), at=counter(ballot).at
    )
    assert again.paper_codes == codes
    assert again.electors.filter(on_paper=True).count() == 6
    assert set(codes.values()) == {None}


@pytest.mark.parametrize(
    ("seats", "papers", "fits"),
    [(10, 4, False), (10, 5, True), (10, 6, False), (10, 10, True), (5, 5, True)],
)
def test_secret_papers_are_never_few_and_neither_are_the_others(seats, papers, fits):
    """Two people see every paper; what is left of the result is what the others voted."""
    ballot = opened(Method.DOTS, seats=seats, has_paper=True, is_secret=True)
    who = counter(ballot)
    chosen = list(ballot.electors.values_list("pk", flat=True))[:papers]
    if fits:
        actions.hand_out_papers(ballot, electors=chosen, by=who, at=who.at)
    else:
        with pytest.raises(Closed):
            actions.hand_out_papers(ballot, electors=chosen, by=who, at=who.at)
    assert ballot.electors.filter(on_paper=True).count() == (papers if fits else 0)


def test_a_paper_is_a_voice_also_of_somebody_on_two_seats():
    ballot = opened(Method.DOTS, has_paper=True)
    first, second, third, *_rest = ballot.body.seats.order_by("position")
    person = make.PersonFactory(municipality=ballot.municipality)
    for seat in (first, second, third):
        seat.holder = person
        seat.save()
    who = counter(ballot)
    papers = [ballot.electors.get(seat=seat).pk for seat in (first, second)]
    actions.hand_out_papers(ballot, electors=papers, by=who, at=who.at)
    hands = ballot.electors.filter(on_paper=True).values_list("person", flat=True)
    assert set(hands) == {person.pk, None}  # the second paper is the deputy's
    by = for_seat(third, person=person.pk)
    with pytest.raises(Closed):
        actions.cast_paper(ballot, marks={"1": 1}, by=by, at=by.at)


def test_a_wrong_mark_is_named_by_paper_and_place():
    ballot = handed_out(Method.CONSENT, 1)
    [code] = ballot.paper_codes
    who = counter(ballot)
    slip = Slip({"1": "agree", "2": "object", "3": "object"}, {"3": "x" * 2001})
    with pytest.raises(NotReady) as refused:
        actions.type_papers(ballot, {code: slip}, by=who, at=who.at)
    places = [str(point).split(": ")[0] for point in refused.value.points]
    assert [place[-1] for place in places] == ["2", "3"]
    assert all(on_paper(code) in place for place in places)
    assert "2001" in str(refused.value.points[1])


def test_where_no_paper_was_handed_out_nobody_waits_for_one():
    ballot = opened(Method.DOTS, has_paper=True)
    waiting = handed_out(Method.DOTS, 1)
    over = ballot.closes_at + DAY
    assert list(queries.ballots_due(over)) == [ballot]
    assert list(queries.ballots_waiting_for_papers(waiting.municipality, over)) == [waiting]
    assert not queries.ballots_waiting_for_papers(ballot.municipality, over).exists()


@pytest.mark.parametrize(
    ("method", "line", "marks", "reasons"),
    [
        (Method.DOTS, "BCDF-GH23 2 1 -", {"1": 2, "2": 1}, {}),
        (Method.CONSENSING, "bcdfgh23 10 0 5", {"1": 10, "2": 0, "3": 5}, {}),
        (
            Method.CONSENT,
            "BCDF-GH23 1 4 2 | 2: Zu teuer | 3: Bald",
            {"1": "agree", "2": "object", "3": "reservations"},
            {"2": "Zu teuer", "3": "Bald"},
        ),
        (Method.BALANCED, "BCDF-GH23 1 0 1", {"1": 1, "2": 0, "3": 1}, {}),
    ],
)
def test_a_line_is_a_paper(method, line, marks, reasons):
    ballot = opened(method)
    form = PapersForm({"papers": f"\n{line}\n"}, ballot=ballot, options=list(ballot.options.all()))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["papers"] == {"bcdfgh23": Slip(marks, reasons)}


@pytest.mark.parametrize(
    "lines",
    ["BCDF-GH23 1 2", "BCDF-GH23 1 2 x", "BCDF-GH23 1 2 0 | zu teuer", "A 1 0 0\nA 1 0 0", " "],
)
def test_a_line_at_fault_is_refused(lines):
    ballot = opened(Method.DOTS)
    form = PapersForm({"papers": lines}, ballot=ballot, options=list(ballot.options.all()))
    assert list(form.errors) == ["papers"]
