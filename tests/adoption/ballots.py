"""Ballots for tests: a body with seats, terms of every method, papers by seat."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from miteinander.adoption import actions, insights
from miteinander.adoption.actions import Offered, Slip, Terms
from miteinander.adoption.states import Method
from miteinander.core.standing import system
from tests import factories as make

DAY = dt.timedelta(days=1)
THREE = (
    Offered("Sprachcafé", cost=20_000, posts=Decimal("0.5")),
    Offered("Lotsinnen und Lotsen", cost=50_000, posts=Decimal("1.5")),
    Offered("Spielplatzfest", cost=30_000, posts=Decimal("0.25")),
)
RULES = {
    Method.CONSENT: {},
    Method.CONSENSING: {},
    Method.DOTS: {"each": 3, "most": 2, "take": 1},
    Method.CRITERIA: {"criteria": [["Erreicht viele", 2.0], ["Schnell zu beginnen", 1.0]]},
    Method.BALANCED: {"money": 70_000, "posts": None},
}


def body_with(seats=6, *, town=None, process=None, perspectives=("Schule", "Beratung", "Arbeit")):
    """A process and a body, whose seats come from as many institutions."""
    process = process or make.ProcessFactory(**({"municipality": town} if town else {}))
    town = process.municipality
    body = make.BodyFactory(municipality=town, title="Steuerungsgruppe")
    views = [make.PerspectiveFactory(municipality=town, title=name) for name in perspectives]
    for number in range(seats):
        make.SeatFactory(
            body=body,
            function=f"Sitz {number + 1}",
            perspective=views[number % len(views)] if views else None,
            organisation=make.OrganisationFactory(municipality=town, title=f"Verein {number + 1}"),
            position=number,
        )
    return process, body


def terms(method, *, options=THREE, at=None, **more):
    facts = {
        "title": "Was kommt zuerst?",
        "closes_at": (at or timezone.now()) + DAY,
        "options": options,
        "rules": RULES[Method(method)],
        **more,
    }
    return Terms(**facts)


def opened(method, *, seats=6, town=None, process=None, **more):
    views = {"perspectives": more.pop("perspectives")} if "perspectives" in more else {}
    process, body = body_with(seats, town=town, process=process, **views)
    who = system(process.municipality_id, at=timezone.now())
    ballot = actions.prepare_ballot(
        process, body=body, method=Method(method), terms=terms(method, **more), by=who, at=who.at
    )
    return actions.open_ballot(ballot, by=who, at=who.at)


def for_seat(seat, **more):
    town = seat.body.municipality
    person = more.pop("person", None)
    return make.member(town, seats=(make.seat_held(seat, **more),), person=person)


def cast_all(ballot, papers):
    """Papers in the order of the seats; None is a seat that does not vote."""
    for seat, paper in zip(ballot.body.seats.order_by("position"), papers, strict=False):
        if paper is None:
            continue
        marks, reasons = paper if isinstance(paper, tuple) else (paper, {})
        by = for_seat(seat)
        actions.cast_paper(ballot, marks=marks, reasons=reasons, by=by, at=by.at)


def closed(ballot):
    at = ballot.closes_at + DAY
    by = system(ballot.municipality_id, at=at)
    return actions.close_ballot(ballot, count=insights.count_ballot, by=by, at=at)


def counter(ballot):
    return make.coordinator(ballot.municipality, user=make.UserFactory().pk)


def handed_out(method, count, *, seats=6, **more):
    """A ballot whose last seats vote on paper; the others have voted."""
    ballot = opened(method, seats=seats, has_paper=True, **more)
    cast_all(ballot, PAPERS[method][: seats - count])
    who = counter(ballot)
    left = [e.pk for e in ballot.electors.all()][seats - count :]
    for _twice in range(2):
        ballot = actions.hand_out_papers(ballot, electors=left, by=who, at=who.at)
    return ballot


def typed_in(ballot, papers, by):
    slips = {
        code: Slip(*paper) if isinstance(paper, tuple) else Slip(paper, {})
        for code, paper in zip(sorted(ballot.paper_codes), papers, strict=False)
    }
    return actions.type_papers(ballot, slips, by=by, at=by.at)


def typed_in_by_two(ballot, papers):
    for _person in range(2):
        assert typed_in(ballot, papers, counter(ballot)) == len(papers)


def finished(ballot):
    who = make.coordinator(ballot.municipality)
    return actions.finish_papers(ballot, by=who, at=ballot.closes_at + DAY)


PAPERS = {
    Method.CONSENT: [
        {"1": "agree", "2": "agree", "3": "agree"},
        ({"1": "reservations", "2": "object", "3": "agree"}, {"1": "Zu spät", "2": "Zu teuer"}),
        {"1": "agree", "2": "abstain", "3": "agree"},
        {"1": "agree", "2": "agree"},
        {"1": "abstain", "2": "agree", "3": "agree"},
        {"1": "agree", "2": "agree", "3": "reservations"},
    ],
    Method.CONSENSING: [
        {"1": 9, "2": 2, "3": 4}, {"1": 8, "2": 3, "3": 0}, {"1": 7, "2": 1, "3": 10},
        {"1": 10, "2": 0, "3": 5}, {"1": 5, "2": 2}, {"1": 6, "2": 4, "3": 3},
    ],
    Method.DOTS: [
        {"1": 2, "2": 1}, {"1": 1, "3": 2}, {"2": 2, "3": 1}, {"1": 2}, {"1": 1, "2": 1, "3": 1},
        {"2": 2, "1": 1},
    ],
    Method.CRITERIA: [
        {"1.1": 8, "1.2": 9, "2.1": 9, "2.2": 2, "3.1": 5, "3.2": 10},
        {"1.1": 7, "1.2": 6, "2.1": 10, "2.2": 3, "3.1": 4, "3.2": 9},
        {"1.1": 6, "1.2": 8, "2.1": 8, "2.2": 1, "3.1": 6, "3.2": 7},
        {"1.1": 9, "1.2": 7, "2.1": 7, "2.2": 4, "3.1": 3, "3.2": 8},
        {"1.1": 8, "1.2": 8, "2.1": 9, "2.2": 2, "3.1": 5, "3.2": 9},
        {"1.1": 5, "1.2": 9, "2.1": 10, "2.2": 0, "3.1": 2, "3.2": 10},
    ],
    Method.BALANCED: [
        {"2": 1}, {"1": 1, "2": 1}, {"2": 1, "3": 1}, {"1": 1}, {"1": 1, "3": 1}, {"2": 1},
    ],
}  # fmt: skip
