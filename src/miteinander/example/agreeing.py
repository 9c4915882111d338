"""What the steering group was asked about the draft: two ballots are counted, one is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from miteinander.adoption import actions, insights, queries
from miteinander.adoption.states import Method
from miteinander.community.queries import seats_of, standing_of_seat
from miteinander.example.source import EXAMPLE, Row, days_from, moment, read

if TYPE_CHECKING:
    from miteinander.adoption.models import Ballot
    from miteinander.community.models import Seat
    from miteinander.example.drafting import Draft
    from miteinander.example.town import Town
    from miteinander.process.models import Process
    from miteinander.strategy.models import Measure


def tell_agreeing(town: Town, renewal: Process, draft: Draft, *, now: datetime) -> None:
    """Ask, vote, count; then answer what was objected, and carry one objection along."""
    seats = list(seats_of(town.bodies["steuerungsgruppe"]))
    for row in read("drafting")["ballots"]:
        ballot = _open(town, renewal, draft, row)
        _vote(town, ballot, seats, row, now)
        if row["closes_days"] < 0:
            by = town.coordination(days_from(town.today, row["closes_days"]), 20)
            actions.close_ballot(ballot, count=insights.count_ballot, by=by, at=by.at)
        for other in row.get("others", ()):
            _answer(town, draft, other, days=row["closes_days"])


def _open(town: Town, renewal: Process, draft: Draft, row: Row) -> Ballot:
    by = town.coordination(days_from(town.today, row["prepared_days"]), 9)
    terms = actions.Terms(
        title=row["title"],
        text=row["text"],
        closes_at=moment(days_from(town.today, row["closes_days"]), 18),
        options=[_offered(draft.measures[key].refreshed()) for key in row["measures"]],
        rules=row.get("rules", {}),
        quorum=33,
    )
    ballot = actions.prepare_ballot(
        renewal,
        body=town.bodies["steuerungsgruppe"],
        method=Method(row["method"]),
        terms=terms,
        is_example=True,
        by=by,
        at=by.at,
    )
    return actions.open_ballot(ballot, by=by, at=by.at)


def _offered(measure: Measure) -> actions.Offered:
    cost = (measure.cost_once or 0) + (measure.cost_yearly or 0)
    posts = None if measure.staff_need is None else Decimal(measure.staff_need)
    return actions.Offered(
        queries.named_by_number(measure), measure=measure, cost=cost, posts=posts
    )


def _vote(town: Town, ballot: Ballot, seats: Sequence[Seat], row: Row, now: datetime) -> None:
    at = min(moment(days_from(town.today, row["prepared_days"]), 9) + timedelta(hours=9), now)
    for seat, (marks, reasons) in zip(seats, _papers(row, seats), strict=False):
        if marks:
            by = standing_of_seat(seat, at=at)
            actions.cast_paper(ballot, marks=marks, reasons=reasons, by=by, at=at)


def _papers(row: Row, seats: Sequence[Seat]) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """The papers in the order of the seats; marks stand at the place of the option."""
    place = {key: str(number) for number, key in enumerate(row["measures"], start=1)}

    def placed(marks: Mapping[str, Any] | Sequence[str] | None) -> dict[str, Any]:
        given = marks if isinstance(marks, Mapping) else dict.fromkeys(marks or (), 1)
        return {place[key]: mark for key, mark in given.items()}

    if "papers" in row:
        return [(placed(marks), {}) for marks in row["papers"]]
    others = {f"{other['seat']} {EXAMPLE}": other for other in row["others"]}
    papers = []
    for seat in seats:
        other = others.get(seat.function) or others.get(f"{seat.function} {EXAMPLE}") or {}
        own = placed(other.get("marks"))
        why = {key: other["reason"] for key in own if "reason" in other}
        papers.append(({**dict.fromkeys(place.values(), row["answers"]), **own}, why))
    return papers


def _answer(town: Town, draft: Draft, row: Row, *, days: int) -> None:
    """An objection of the round is answered; whoever still objects takes it along."""
    if "response" not in row:
        return
    (key,) = row["marks"]
    objection = draft.measures[key].objections.get()
    by = town.coordination(days_from(town.today, days + 1), 11)
    objection = actions.answer_objection(objection, response=row["response"], by=by, at=by.at)
    if row.get("is_carried"):
        actions.carry_objection(objection.refreshed(), by=by, at=by.at)
