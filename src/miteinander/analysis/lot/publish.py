"""A lottery that everybody can follow: N numbered panels, one number is drawn.

The weights of a lottery are fractions nobody can check in a hall. So they become N panels of
people, each as likely as the others: first the whole part of each weight, then panels that reach
for what is missing, then exchanges while they bring the whole closer. Within a cell people take
turns, so that equals appear equally often (a difference of at most one panel), in an order that
the pool itself determines: the list exists before, and independent of, the seed that draws.

Source: Flanigan, Kehne, Procaccia, "Fair sortition made transparent", NeurIPS 2021.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.lot.panels import Oracle
from miteinander.analysis.lot.pool import Pool
from miteinander.analysis.lot.realise import Lottery

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
MOST_EXCHANGES = 300


def numbered(pool: Pool, lottery: Lottery, count: int) -> list[Counts]:
    """`count` panels (indices of people, ascending), each to be drawn with the same chance."""
    vectors = uniform(pool, lottery, count)
    rng = np.random.default_rng(int(fingerprint(pool), 16))
    rng.shuffle(vectors)
    return seated(pool, vectors, rng)


def uniform(pool: Pool, lottery: Lottery, count: int) -> Counts:
    """`count` panels as counts of cells (rows) whose mean is as close as it gets."""
    members = pool.cells.members.astype(float)
    oracle = Oracle(pool)
    whole = np.floor(count * lottery.weights + 1e-9).astype(np.int64)
    base = np.repeat(lottery.panels, whole, axis=0)
    left = count - len(base)
    if not left:
        return base
    target = count * lottery.expected - whole @ lottery.panels
    missing, late = np.zeros(len(members)), []
    for _ in range(left):
        missing = missing + target / left
        panel = oracle.near_best(missing / members)
        missing = missing - panel
        late.append(panel)
    drawn = np.array(late)
    off = missing / members
    for _ in range(MOST_EXCHANGES):
        out = int(np.argmin(drawn @ (off / members)))
        reach = off + drawn[out] / members
        panel = oracle.near_best(reach / members)
        after = reach - panel / members
        if after @ after >= off @ off - 1e-12:
            break
        drawn[out], off = panel, after
    return np.vstack([base, drawn])


def seated(pool: Pool, vectors: Counts, rng: np.random.Generator) -> list[Counts]:
    """People for panels of counts: equals take turns, households keep to their limit."""
    panels: list[list[int]] = [[] for _ in vectors]
    by_cell = _people(pool)
    for cell in np.flatnonzero(pool.cells.homes < 0):
        _take_turns(by_cell[cell], vectors[:, cell], panels, rng)
    for kind in range(len(pool.cells.home_count)):
        cells = np.flatnonzero(pool.cells.homes == kind)
        people = [by_cell[cell] for cell in cells]
        _share_homes(pool, people, vectors[:, cells], panels, rng)
    return [np.sort(np.array(panel, dtype=np.int64)) for panel in panels]


def _people(pool: Pool) -> list[list[int]]:
    """The people of each cell in the order of their ids: no order of rows changes it."""
    cells: list[list[int]] = [[] for _ in range(len(pool.cells))]
    for person in sorted(range(len(pool.ids)), key=lambda person: pool.ids[person]):
        cells[pool.cells.of[person]].append(person)
    return cells


def _take_turns(
    people: list[int], needed: Counts, panels: list[list[int]], rng: np.random.Generator
) -> None:
    waiting: deque[int] = deque()
    for panel in np.flatnonzero(needed):
        taken: list[int] = []
        while len(taken) < needed[panel]:
            if not waiting:
                order = rng.permutation(people).tolist()
                # Who sits on this panel already comes last in the new round.
                order.sort(key=lambda person: person in taken)
                waiting.extend(order)
            taken.append(waiting.popleft())
        panels[panel] += taken


def _share_homes(
    pool: Pool,
    people: list[list[int]],
    needed: Counts,
    panels: list[list[int]],
    rng: np.random.Generator,
) -> None:
    """Households that look alike: who has most room left first, then who sat least often.

    Taking from the household with most room never leads into a dead end, because it leaves the
    rooms as even as they can be.
    """
    seats = dict.fromkeys((person for cell in people for person in cell), 0)
    for panel in np.flatnonzero(needed.any(axis=1)):
        room = {int(pool.household[person]): pool.limit for person in seats}
        for cell in rng.permutation(len(people)):
            free = rng.permutation(people[cell]).tolist()
            for _ in range(int(needed[panel, cell])):
                one = min(free, key=lambda p: (-room[int(pool.household[p])], seats[p]))
                free.remove(one)
                room[int(pool.household[one])] -= 1
                seats[one] += 1
                panels[panel].append(one)


def shares(people: int, panels: Sequence[Counts]) -> Floats:
    """How often each person sits on one of the panels, as a share."""
    return np.bincount(np.concatenate(panels), minlength=people) / len(panels)


def fingerprint(pool: Pool) -> str:
    """SHA-256 of everything the lottery depends on; the order of rows is no part of it."""
    homes: dict[int, list[str]] = {}
    for person, home in enumerate(pool.household.tolist()):
        if home >= 0 and pool.limit:
            homes.setdefault(home, []).append(pool.ids[person])
    said = {
        "size": pool.size,
        "limit": pool.limit,
        "quotas": sorted([q.category, q.feature, q.low, q.high] for q in pool.quotas),
        "people": sorted(
            [
                one,
                sorted(
                    [pool.quotas[q].category, pool.quotas[q].feature] for q in np.flatnonzero(has)
                ),
            ]
            for one, has in zip(pool.ids, pool.features, strict=True)
        ),
        "homes": sorted(sorted(home) for home in homes.values()),
    }
    return _digest(said)


def digest(panels: Sequence[Sequence[str]]) -> str:
    """SHA-256 of the published list: compact JSON, UTF-8, panels in their order."""
    return _digest(panels)


def _digest(said: object) -> str:
    written = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def drawn_by(seed: str, list_digest: str, count: int) -> int:
    """The number the seed draws: SHA-256 of ``seed:digest``, read as a number, modulo N.

    Anybody can check it with a pocket tool. Because the digest of the list is part of it, a seed
    chosen before the list was published draws as blindly as one chosen afterwards.
    """
    said = hashlib.sha256(f"{seed}:{list_digest}".encode()).hexdigest()
    return int(said, 16) % count


def commitment(seed: str) -> str:
    """What may be published before the draw: it fixes the seed and does not tell it."""
    return hashlib.sha256(seed.encode()).hexdigest()
