"""The next statement for one person, without NumPy: what a web process does at each vote.

Fitting the model needs all votes and is done elsewhere, now and then; choosing for one person
needs a few hundred numbers and comes after every vote. So a fitted model is written down as plain
lists (`written`), and here it is read again: the same beliefs about the person (`placed`), the same
gain, the same exploration as in :mod:`next_statement`, in loops. A test holds both to the same
choice. Statements that came after the fit stand on the row of which nothing is known.

Not chosen: NumPy in the web process (22 MB and a quarter of a second at the first vote), and orders
made beforehand (they cannot follow what somebody has just said).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, log1p, pi, sqrt, tanh
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from miteinander.analysis.opinion.next_statement import Pool

Vector = list[float]
Matrix = list[Vector]
ROUNDS = 8
EXPLORE_EVERY = 6
"""As in `next_statement`, which cannot be imported here: it loads NumPy."""
DIGITS = 5
"""Kept of each parameter; a choice between equals must not hang on the sixteenth digit."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What one statement asks: its mean (K), and the second moments, symmetric (K, K)."""

    mean: Vector
    second: Matrix
    asked: int
    passed: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """A fitted model as plain numbers; K numbers describe a statement and a person."""

    statements: Mapping[str, Demand]
    """By name."""
    unknown: Demand
    """A statement that came after the fit."""
    mean: Vector
    second: Matrix
    """Of a person of whom nothing is known."""
    readiness: float


def written(pool: Pool) -> dict[str, Any]:
    """The fitted model for JSON: rounded, upper triangles row by row."""
    model = pool.model
    mean, second = (
        [[round(value, DIGITS) for value in row] for row in table.tolist()]
        for table in (model.statements.mean, model.statements.second)
    )
    usual = float(pool.passed.mean()) if len(pool.passed) else 0.0
    person_mean, person_second = (
        [round(value, DIGITS) for value in table[-1].tolist()]
        for table in (model.people.mean, model.people.second)
    )
    return {
        "mean": mean,
        "second": second,
        "asked": [*pool.asked.tolist(), 0],
        "passed": [round(value, DIGITS) for value in [*pool.passed.tolist(), usual]],
        "person": [person_mean, person_second],
        "readiness": round(model.readiness, DIGITS),
    }


def read(found: Mapping[str, Any], names: Sequence[str]) -> Parameters:
    """What `written` wrote; `names` are the statements it was fitted to, in their order."""
    rows = [
        Demand(mean, _square(second), asked, passed)
        for mean, second, asked, passed in zip(
            found["mean"], found["second"], found["asked"], found["passed"], strict=True
        )
    ]
    mean, second = found["person"]
    known = dict(zip(names, rows[:-1], strict=True))
    return Parameters(known, rows[-1], mean, _square(second), found["readiness"])


def next_one(
    model: Parameters, statements: Sequence[str], votes: Mapping[str, int]
) -> tuple[str, bool] | None:
    """The statement to show next, and whether it explores; None when all have been seen.

    `statements` are those that may be voted on, in their order; `votes` what the person has said
    so far, passes included.
    """
    openness = [name for name in statements if name not in votes]
    if not openness:
        return None
    if len(votes) % EXPLORE_EVERY == EXPLORE_EVERY - 1:
        return min(openness, key=lambda name: _of(model, name).asked), True
    mean, covariance = placed(model, votes)
    demands = [_of(model, name) for name in statements]
    chances = [_chance(demand, mean, covariance) for demand in demands]
    together = _together(demands, [p * (1 - p) for p in chances], len(mean))
    best, most = openness[0], float("-inf")
    for name, demand, chance in zip(statements, demands, chances, strict=True):
        if name in votes:
            continue
        gain = _gain(demand, chance, covariance, together)
        if gain > most * (1 + 1e-9) + 1e-12 or most == float("-inf"):
            best, most = name, gain
    return best, False


def placed(model: Parameters, votes: Mapping[str, int]) -> tuple[Vector, Matrix]:
    """Beliefs about a person from what they said: mean (K) and covariance (K, K)."""
    said = [(_of(model, name), value / 2) for name, value in votes.items() if value]
    mean, second = model.mean, model.second
    size = len(mean)
    free = range(size - 1)
    floor = [1.0] * (size - 2) + [1 / model.readiness]
    for _round in range(ROUNDS if said else 0):
        seen = [[floor[a] if a == b else 0.0 for b in free] for a in free]
        wanted = [0.0] * (size - 1)
        for demand, half in said:
            tilt = sqrt(max(_inner(second, demand.second), 1e-12))
            weight = tanh(tilt / 2) / (2 * tilt)
            for a in free:
                row, into = demand.second[a], seen[a]
                for b in free:
                    into[b] += weight * row[b]
                wanted[a] += half * demand.mean[a] - weight * row[-1]
        known = _inverse(seen)
        mean = [_dot(row, wanted) for row in known] + [1.0]
        second = _second(mean, known)
    covariance = [[second[a][b] - mean[a] * mean[b] for b in range(size)] for a in range(size)]
    return mean, covariance


# --- small sums -----------------------------------------------------------------------------------


def _of(model: Parameters, name: str) -> Demand:
    return model.statements.get(name, model.unknown)


def _chance(demand: Demand, mean: Vector, covariance: Matrix) -> float:
    """How likely the person agrees."""
    odds = _dot(mean, demand.mean)
    square = sum(
        (covariance[a][b] + mean[a] * mean[b]) * value
        for a, row in enumerate(demand.second)
        for b, value in enumerate(row)
    )
    tempered = odds / sqrt(1 + pi / 8 * max(square - odds * odds, 0.0))
    return 1 / (1 + exp(-max(-60.0, min(60.0, tempered))))


def _together(demands: Sequence[Demand], even: Sequence[float], size: int) -> Matrix:
    found = [[0.0] * size for _row in range(size)]
    for demand, weight in zip(demands, even, strict=True):
        for a, one in enumerate(demand.mean):
            into, part = found[a], weight * one
            for b, other in enumerate(demand.mean):
                into[b] += part * other
    return found


def _gain(demand: Demand, chance: float, covariance: Matrix, together: Matrix) -> float:
    """What the answer is expected to tell about all answers, its own included, in nats."""
    answers = chance * (1 - chance) * (1 - demand.passed)
    reach = [_dot(row, demand.mean) for row in covariance]
    own = _dot(reach, demand.mean)
    unsure = sum(
        (value - demand.mean[a] * demand.mean[b]) * covariance[a][b]
        for a, row in enumerate(demand.second)
        for b, value in enumerate(row)
    )
    narrowed = _dot(reach, [_dot(row, reach) for row in together])
    lift = 1 + unsure / max(own + unsure, 1e-12)
    return answers * narrowed / (1 + answers * own) * lift / 2 + _entropy(chance) * (
        1 - demand.passed
    )


def _entropy(chance: float) -> float:
    even = min(max(chance, 1e-12), 1 - 1e-12)
    return -even * log(even) - (1 - even) * log1p(-even)


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _inner(one: Matrix, other: Matrix) -> float:
    return sum(_dot(a, b) for a, b in zip(one, other, strict=True))


def _second(mean: Vector, covariance: Matrix) -> Matrix:
    """Second moments of a person: the last place is fixed at 1."""
    free = len(covariance)
    return [
        [a * b + (covariance[i][j] if i < free and j < free else 0.0) for j, b in enumerate(mean)]
        for i, a in enumerate(mean)
    ]


def _square(upper: Sequence[float]) -> Matrix:
    """A symmetric matrix from its upper triangle, row by row."""
    size = int((sqrt(8 * len(upper) + 1) - 1) / 2)
    found = [[0.0] * size for _row in range(size)]
    values = iter(upper)
    for a in range(size):
        for b in range(a, size):
            found[a][b] = found[b][a] = next(values)
    return found


def _inverse(matrix: Matrix) -> Matrix:
    """Of a symmetric, positive matrix: Gauss and Jordan, in the order of the rows."""
    size = len(matrix)
    rows = [[*row, *(float(a == b) for b in range(size))] for a, row in enumerate(matrix)]
    for at in range(size):
        pivot = rows[at][at]
        rows[at] = [value / pivot for value in rows[at]]
        for other in range(size):
            if other != at and (factor := rows[other][at]):
                rows[other] = [
                    value - factor * own for value, own in zip(rows[other], rows[at], strict=True)
                ]
    return [row[size:] for row in rows]
