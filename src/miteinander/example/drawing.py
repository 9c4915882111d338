"""A panel that was drawn by lot, and tables for the next meeting; all people are invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from miteinander.example.town import Town
from miteinander.process import actions, insights, queries

if TYPE_CHECKING:
    from miteinander.process.models import Draw, Process

SEED = "3-1-4-1-5-2"
POOL = [
    (age, gender, tongue)
    for age in ("bis 30", "31 bis 60", "über 60")
    for gender in ("weiblich", "männlich")
    for tongue in ("Deutsch", "eine andere Sprache")
    for _number in range(5)
]
"""Five of each combination: then the numbers and their characteristics can be public."""


def tell_drawing(town: Town, renewal: Process, *, now: datetime) -> Draw:
    """Draw twelve residents who accompany the renewal; seat people at its next meeting."""
    by = town.coordination(town.today - timedelta(days=6), 9)
    draw = actions.prepare_draw(
        renewal,
        body=next(iter(town.bodies.values())),
        title="Zwölf Menschen begleiten die Fortschreibung",
        text="Wer in Kempten lebt, konnte sich melden. Gelost wurde vor aller Augen.",
        size=12,
        source="file",
        is_example=True,
        by=by,
        at=by.at,
    )
    people = [
        actions.Candidate(
            values={"Alter": age, "Geschlecht": gender, "Erste Sprache": tongue},
            name=f"Beispielperson {number:02}",
            email=f"person{number}@beispiel.example",
        )
        for number, (age, gender, tongue) in enumerate(POOL, start=1)
    ]
    actions.take_pool(draw, people=people, by=by, at=by.at)
    numbers = queries.numbers_in(draw)
    pool = [insights.Person(*row) for row in numbers]
    quotas = [
        [share.characteristic, share.value, share.low, share.high]
        for share in insights.shares_of(pool, draw.size)
    ]
    actions.set_quotas(draw, quotas=quotas, by=by, at=by.at)
    draw = actions.order_list(draw, by=by, at=by.at)
    try:
        found = insights.listed(pool, quotas, size=draw.size, per_household=None, panels=1000)
    except insights.CannotCompute:
        return draw  # without the solver the worker says what the IT has to install
    actions.keep_list(draw, people=numbers, found=found, by=by, at=by.at)
    actions.announce_draw(draw, seed_from="dice", public=True, by=by, at=by.at)
    later = town.coordination(town.today - timedelta(days=3), 18)
    number = insights.draw_number(found.numbers, found.digest, SEED)
    draw = actions.draw_panel(draw, seed=SEED, number=number, by=later, at=later.at)
    _seat(town, draw, now)
    return draw


def _seat(town: Town, draw: Draw, now: datetime) -> None:
    """A plan for the next meeting of the process; the worker computes it at the first start."""
    by = town.coordination(town.today - timedelta(days=1))
    meeting = queries.meetings_ahead(draw, by).first()
    if meeting is None:
        return
    names = list(town.organisations.values())
    guests = [
        actions.Seatable(
            name=f"Beispielperson {number:02}",
            organisation=names[number % len(names)].title,
            values={"language": "de" if number % 3 else "ar"},
        )
        for number in range(1, 25)
    ]
    actions.plan_tables(
        meeting,
        title="Tische der Fachrunde",
        source="file",
        tables=4,
        rounds=2,
        guests=guests,
        mix=["language"],
        is_example=True,
        by=by,
        at=now,
    )
