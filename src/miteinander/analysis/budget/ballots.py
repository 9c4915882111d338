"""Ballots of a Pabulib file become weighted types: the same ballot is computed with once.

Everything here works on the *different* ballots, found by hashing whole cells, and on flat arrays
over all of them; no loop runs over the voters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.budget.cells import Cells
from miteinander.analysis.budget.election import Floats, Ints
from miteinander.analysis.errors import Unusable, place
from miteinander.analysis.files import number_in
from miteinander.analysis.text import Text

APPROVAL = {"approval", "choose-1"}
SCORED = {"scoring", "cumulative"}


@dataclass(frozen=True, eq=False)
class Ballots:
    voters: int
    weights: Ints
    support: tuple[Ints, ...]
    points: tuple[Floats, ...]
    cast: Sequence[str]
    type_of_cast: dict[str, int]


def read_ballots(votes: Cells, index: dict[str, int], vote_type: str) -> Ballots:
    voters = votes.of("voter_id")
    if len(set(voters)) < len(voters):
        twice = next(iter((Counter(voters) - Counter(set(voters))).keys()))
        second = [row for row, voter in enumerate(voters) if voter == twice][1]
        raise Unusable(
            Text(f"„{twice}“ hat zweimal abgestimmt.", f"“{twice}” has voted twice."),
            where=votes.at(second, "voter_id"),
            do=Text("Jede Person hat einen Stimmzettel.", "Every person has one ballot."),
        )
    written = votes.of("vote")
    scored = vote_type in SCORED
    kinds_of = list(map("{}|{}".format, written, votes.of("points"))) if scored else written
    kinds = Counter(kinds_of)
    lists = [kind.partition("|")[0] if scored else kind for kind in kinds]
    filled = [number for number, chosen in enumerate(lists) if chosen.strip()]
    chosen = [lists[number] for number in filled]
    lengths = np.fromiter((one.count(",") for one in chosen), np.intp, len(chosen)) + 1
    at = _projects_of(chosen, lengths, index, votes)
    if scored:
        given = [kind.partition("|")[2] for kind in (list(kinds)[n] for n in filled)]
        points = _points_of(given, lengths, votes)
    elif vote_type == "ordinal":
        points = _borda(lengths)
    else:
        points = np.ones(len(at))

    counts = np.fromiter(kinds.values(), np.intp, len(kinds))[filled]
    group = _same(at, points, lengths)
    types = int(group.max()) + 1 if len(group) else 0
    weights = np.bincount(group, weights=counts, minlength=types).astype(np.intp)
    first = np.full(types, -1, dtype=np.intp)
    first[group[::-1]] = np.arange(len(group) - 1, -1, -1)
    kept = np.repeat(first[group] == np.arange(len(group)), lengths) if len(group) else at < 0
    rows = np.repeat(group, lengths)[kept] if len(group) else at
    support, given_points = _by_project(rows, at[kept], points[kept], len(index), votes)

    of_kind = np.full(len(kinds), -1, dtype=np.intp)
    of_kind[filled] = group
    return Ballots(
        voters=len(written),
        weights=weights,
        support=support,
        points=given_points,
        cast=kinds_of,
        type_of_cast=dict(zip(kinds, of_kind.tolist(), strict=True)),
    )


def _projects_of(chosen: list[str], lengths: Ints, index: dict[str, int], votes: Cells) -> Ints:
    names = ",".join(chosen).split(",") if chosen else []
    try:
        return np.fromiter(map(index.__getitem__, names), np.intp, len(names))
    except KeyError:
        names = [name.strip() for name in names]
    unknown = next((name for name in names if name not in index), None)
    if unknown is None:
        return np.fromiter(map(index.__getitem__, names), np.intp, len(names))
    row = next(
        row
        for row, vote in enumerate(votes.of("vote"))
        if unknown in [name.strip() for name in vote.split(",")]
    )
    near = get_close_matches(unknown, index, n=1, cutoff=0.6)
    raise Unusable(
        Text(
            f"Das Projekt „{unknown}“ auf diesem Stimmzettel gibt es nicht.",
            f"There is no project “{unknown}”, which this ballot names.",
        ),
        where=votes.at(row, "vote"),
        do=Text(f"Ist „{near[0]}“ gemeint?", f"Is “{near[0]}” meant?")
        if near
        else Text(
            "Projekte stehen mit ihrer Nummer aus dem Abschnitt PROJECTS und Kommas dazwischen.",
            "Projects are named by their id in PROJECTS, with commas between them.",
        ),
    )


def _points_of(given: list[str], lengths: Ints, votes: Cells) -> Floats:
    """The points on each different ballot, in the order of its projects."""
    numbers = [one.split(",") for one in given]
    flat = [cell.strip() for one in numbers for cell in one]
    same = all(len(one) == length for one, length in zip(numbers, lengths, strict=True))
    try:
        points = np.array([float(cell) for cell in flat]) if same else np.empty(0)
        good = same and bool(np.isfinite(points).all() and (points >= 0).all())
    except ValueError:
        good = False
    if good:
        return points
    for row, (vote, cells) in enumerate(zip(votes.of("vote"), votes.of("points"), strict=True)):
        wanted = len(vote.split(",")) if vote.strip() else 0
        each = [cell.strip() for cell in cells.split(",")] if cells.strip() else []
        where = votes.at(row, "points")
        if len(each) != wanted:
            raise Unusable(
                Text(
                    f"Der Stimmzettel nennt {wanted} Projekte und {len(each)} Punktzahlen.",
                    f"The ballot names {wanted} projects and {len(each)} numbers of points.",
                ),
                where=where,
            )
        for cell in each:
            if not number_in(cell, where=where) >= 0:
                raise Unusable(
                    Text(
                        "Punkte sind Zahlen ab 0; Punkte gegen ein Projekt gibt es hier nicht.",
                        "Points are numbers from 0 on; there are no points against a project.",
                    ),
                    where=where,
                )
    return np.array([number_in(cell, where=place(votes.file)) for cell in flat])


def _borda(lengths: Ints) -> Floats:
    """Borda: a project gets a point for each project below it on the same ballot."""
    total = int(lengths.sum())
    ends = np.repeat(np.cumsum(lengths), lengths)
    return (ends - 1 - np.arange(total)).astype(np.float64)


def _same(at: Ints, points: Floats, lengths: Ints) -> Ints:
    """Which ballots say the same, whatever the order of their projects: a number for each.

    Two ballots are the same when the sums of two 64-bit fingerprints of their (project, points)
    are: the chance that one pair among 100,000 different ballots agrees is below 1e-28.
    """
    if not len(lengths):
        return np.empty(0, dtype=np.intp)
    begins = np.cumsum(lengths) - lengths
    key = at.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) ^ points.view(np.uint64)
    prints = [np.add.reduceat(_mixed(key ^ np.uint64(salt)), begins) for salt in (1, 0xA5A5)]
    both = np.empty(len(lengths), dtype=[("a", np.uint64), ("b", np.uint64)])
    both["a"], both["b"] = prints
    _, first, group = np.unique(prints[0], return_index=True, return_inverse=True)
    if not (prints[1][first[group]] == prints[1]).all():
        _, first, group = np.unique(both, return_index=True, return_inverse=True)
    order = np.empty(len(first), dtype=np.intp)
    order[np.argsort(first)] = np.arange(len(first))  # numbered by their first ballot in the file
    return order[group.reshape(-1)]


def _mixed(key: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64: every bit of the key changes half of the result."""
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))


def _by_project(
    rows: Ints, at: Ints, points: Floats, projects: int, votes: Cells
) -> tuple[tuple[Ints, ...], tuple[Floats, ...]]:
    small = at.astype(np.int16) if projects < 2**15 else at
    order = np.argsort(small, kind="stable")  # a radix sort on 16 bits
    rows, at, points = rows[order], at[order], points[order]
    if len(rows) > 1 and ((rows[1:] == rows[:-1]) & (at[1:] == at[:-1])).any():
        _refuse_twice(votes)
    bounds = np.concatenate(([0], np.cumsum(np.bincount(at, minlength=projects))))
    support, given = [], []
    for begin, end in pairwise(bounds.tolist()):
        types, each = rows[begin:end], points[begin:end]
        if len(each) and not each.all():
            types, each = types[each > 0], each[each > 0]  # no points are no support
        support.append(types)
        given.append(each)
    return tuple(support), tuple(given)


def _refuse_twice(votes: Cells) -> None:
    for row, vote in enumerate(votes.of("vote")):
        names = [name.strip() for name in vote.split(",")]
        if len(set(names)) < len(names):
            raise Unusable(
                Text(
                    "Der Stimmzettel nennt ein Projekt zweimal.",
                    "The ballot names a project twice.",
                ),
                where=votes.at(row, "vote"),
            )
