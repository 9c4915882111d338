"""From a pool to a published lottery, and from a seed to the panel that was drawn."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.lot import publish
from miteinander.analysis.lot.contradiction import explain
from miteinander.analysis.lot.leximin import ideal
from miteinander.analysis.lot.panels import Oracle
from miteinander.analysis.lot.pool import Pool
from miteinander.analysis.lot.realise import realise

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Lot:
    """A lottery: the chance of everybody, and the numbered panels that carry it out.

    `probabilities`: the fairest possible chance of each person (as realised, before it is cut
    into equally likely panels); `shares`: how often they sit on the numbered panels, divided by
    their number; `deviation`: the largest distance between the two. `upper_bound`: what no
    lottery's smallest chance can exceed; `shortfall`: the most that anybody's chance stays below
    its target. `valid`: every panel was checked against size, quotas and households.
    """

    pool: Pool
    probabilities: Floats
    upper_bound: float
    shortfall: float
    panels: tuple[Counts, ...]
    shares: Floats
    digest: str
    valid: bool
    seconds: float

    @property
    def smallest(self) -> float:
        return float(self.probabilities.min())

    @property
    def deviation(self) -> float:
        return float(np.abs(self.shares - self.probabilities).max())

    def ids(self, panel: Counts) -> list[str]:
        return [self.pool.ids[person] for person in panel]


@dataclass(frozen=True)
class Drawn:
    """Which panel a seed draws, by its number from 0."""

    number: int
    panel: Counts
    seed: str


def lottery(
    pool: Pool, *, panels: int = 1000, file: str = "", told: Callable[[int], None] = lambda _: None
) -> Lot:
    """The fairest lottery of a pool as `panels` numbered panels; depends on no seed.

    Raises `Unusable` with the contradiction and the smallest relaxation when no panel is valid.
    `told` hears how much of it is done, in percent.
    """
    began = time.perf_counter()
    check(pool, file=file)
    told(5)
    aim = ideal(pool)
    told(20)
    found = realise(pool, aim)
    told(60)
    chance = pool.cells.probabilities(found.expected)
    numbered = publish.numbered(pool, found, panels)
    told(95)
    return Lot(
        pool=pool,
        probabilities=chance[pool.cells.of],
        upper_bound=found.bound,
        shortfall=float(max((found.target - chance).max(), 0.0)),
        panels=tuple(numbered),
        shares=publish.shares(len(pool.ids), numbered),
        digest=publish.digest([[pool.ids[person] for person in panel] for panel in numbered]),
        valid=all(pool.holds(panel) for panel in numbered),
        seconds=time.perf_counter() - began,
    )


def check(pool: Pool, *, file: str = "") -> None:
    """Whether there is any valid panel at all; raises `Unusable` as :func:`lottery` does."""
    if Oracle(pool).any_panel() is None:
        raise explain(pool, file=file)


def draw(lot: Lot, seed: str) -> Drawn:
    """The panel that the seed draws from the published list."""
    number = publish.drawn_by(seed, lot.digest, len(lot.panels))
    return Drawn(number, lot.panels[number], seed)
