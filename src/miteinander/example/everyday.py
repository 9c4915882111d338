"""What goes on besides: offers, a seat that changes hands, minutes that are being read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from miteinander.community import actions as community
from miteinander.core.standing import system
from miteinander.example.source import EXAMPLE, Row, clock, days_from, read
from miteinander.process import actions as process

if TYPE_CHECKING:
    from datetime import datetime

    from miteinander.example.town import Town
    from miteinander.process.models import Process


def tell_everyday(town: Town, renewal: Process, *, now: datetime) -> None:
    told = read("everyday")
    for row in told["offers"]:
        _offer(town, row)
    for row in told["hand_overs"]:
        _hand_over(town, row)
    _read_minutes(town, renewal, told["minutes"], now)


def _offer(town: Town, row: Row) -> None:
    by = town.coordination(town.today - timedelta(days=30), 10)
    ends = days_from(town.today, row["ends_days"]) if "ends_days" in row else None
    offer = community.make_offer(
        town.organisations[row["organisation"]],
        details=community.OfferDetails(
            title=row["title"],
            text=row["text"],
            target_groups=row["for"],
            languages=row["languages"].split(),
            neighbourhood=row.get("neighbourhood", ""),
            funding=row["funding"],
            ends=ends,
        ),
        is_example=True,
        by=by,
        at=by.at,
    )
    if row.get("is_over"):
        over = town.coordination(town.today - timedelta(days=8), 10)
        community.end_offer(offer, by=over, at=over.at)


def _hand_over(town: Town, row: Row) -> None:
    """Somebody new takes a seat; who held it before stays in its history."""
    on = days_from(town.today, row["days"])
    by = town.coordination(on, 10)
    seat = town.seat(row["seat"])
    new = community.register_person(
        town.municipality,
        function=f"{row['person']} {EXAMPLE}",
        organisation=seat.organisation,
        email=row["email"],
        by=by,
        at=by.at,
    )
    community.give_consent(new, way="mail", by=by, at=by.at)
    community.hand_over(seat, to=new, on=on, by=by, at=by.at)


def _read_minutes(town: Town, renewal: Process, row: Row, now: datetime) -> None:
    """A draft is handed round; one correction waits for an answer."""
    on = days_from(town.today, row["days"])
    announced = town.coordination(on - timedelta(days=21))
    meeting = process.announce_meeting(
        renewal,
        body=town.bodies["steuerungsgruppe"],
        title=row["title"],
        kind="steering_group",
        on=on,
        starts_at=clock(row["time_from"]),
        ends_at=clock(row["time_to"]),
        place=row["place"],
        agenda=row["agenda"],
        is_example=True,
        by=announced,
        at=announced.at,
    )
    wrote = town.coordination(on + timedelta(days=1), 9)
    minutes = process.record_minutes(
        meeting, text=row["text"], is_example=True, by=wrote, at=wrote.at
    )
    minutes = process.hand_round_minutes(minutes, by=wrote, at=wrote.at)
    asks = system(town.municipality.pk, at=now, function=row["function"])
    process.propose_correction(
        minutes,
        passage=row["passage"],
        proposal=row["proposal"],
        reason=row["reason"],
        by=asks,
        at=now,
    )
