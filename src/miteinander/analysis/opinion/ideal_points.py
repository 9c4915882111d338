"""Ideal points: where people stand, learned from the votes they gave, to predict the others.

A logistic model with several dimensions (two-parameter item response theory): how likely somebody
agrees depends on the position of the person, on what the statement asks of it, on how popular the
statement is and on how readily the person agrees at all. It is fitted by variational Bayes with
Pólya-Gamma weights: every step is a closed form that cannot make the bound worse, so no damping is
needed, and people with few votes keep the uncertainty that they have.

Not chosen: the same model by maximum a posteriori with Newton steps (worse on both real
conversations, because it takes an uncertain position for a certain one), one dimension fewer or
dimensions that empirical Bayes may switch off (it switches off too many), demands and popularity
expected independently of each other (worse on both), and "pass" as a vote in
the middle (worse). The work is linear in votes and done in blocks of people, so that memory does
not grow with the votes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.opinion.votes import Votes

DIMENSIONS = 6
ROUNDS = 40
SETTLED = 2e-3
"""Fitting ends when the statements' parameters move less than this (root mean square)."""
LEAST_SPREAD = 0.8
"""The prior spread of what statements ask never falls below this, in whatever direction."""
BLOCK = 250_000
"""Votes that are worked on at once."""

Floats = NDArray[np.float64]
Indices = NDArray[np.int32] | NDArray[np.int64]


@dataclass(frozen=True)
class Moments:
    """Normal beliefs about N vectors of length K: `mean` (N, K), `second` (N, K(K+1)/2) packed.

    `second` is E[x xᵀ], its upper triangle row by row.
    """

    mean: Floats
    second: Floats

    def __getitem__(self, rows: Indices | slice) -> Moments:
        return Moments(self.mean[rows], self.second[rows])


@dataclass(frozen=True)
class Signs:
    """Agree (1) and disagree (-1) votes as arrays (n,), sorted by person."""

    who: Indices
    what: Indices
    sign: NDArray[np.int8]

    @classmethod
    def of(cls, votes: Votes) -> Signs:
        known = votes.value != 0
        return cls(votes.person[known], votes.statement[known], votes.value[known])


@dataclass(frozen=True)
class IdealPoints:
    """A fitted model of D dimensions; K = D + 2.

    A person is (position (D), readiness to agree, 1), a statement (demand (D), 1, popularity); the
    log-odds of agreeing are their product. `people` (P + 1) and `statements` (S + 1) each end
    with a row that stands for somebody or something of which nothing is known.
    """

    people: Moments
    statements: Moments
    readiness: float
    """The prior variance of how readily people agree."""
    rounds: int

    @property
    def dimensions(self) -> int:
        return int(self.people.mean.shape[1]) - 2


def fit(votes: Votes, *, dimensions: int = DIMENSIONS, rounds: int = ROUNDS) -> IdealPoints:
    """Learn positions and statements from the agree and disagree votes; passes say nothing here.

    Source: Polson, Scott, Windle 2013 (the weights); Clinton, Jackman, Rivers 2004 (the model).
    """
    signs = Signs.of(votes)
    size = votes.shape
    depth = max(0, min(dimensions, min(size) - 1)) if len(signs.sign) else 0
    persons, items = _start(signs, size, depth)
    prior = _Prior.flat(depth)
    done, is_settled = 0, not len(signs.sign)
    while not is_settled and done < rounds:
        done += 1
        before = items.mean
        persons, gram, pull = _people(signs, persons, items, prior.readiness)
        items, covariance = _statements(gram, pull, prior)
        prior = prior.learned(items, covariance, persons)
        persons, items, prior = _unit_spread(persons, items, prior)
        is_settled = float(np.sqrt(np.mean((items.mean - before) ** 2))) < SETTLED
    return IdealPoints(
        _with(persons, prior.person()), _with(items, prior.statement()), prior.readiness, done
    )


def placed(model: IdealPoints, signs: Signs, people: int) -> Moments:
    """Beliefs about `people` (N) newcomers from their votes, statements as they are.

    Somebody without a vote stands where the prior is.
    """
    found = model.people[np.full(people, len(model.people.mean) - 1)]
    for _ in range(8):
        found, _, _ = _people(signs, found, model.statements, model.readiness)
    return found


def log_odds(people: Moments, statements: Moments) -> tuple[Floats, Floats]:
    """Mean and variance (n,) of the log-odds of agreeing, for n pairs."""
    mean = np.einsum("nk,nk->n", people.mean, statements.mean)
    second = np.einsum("nk,nk->n", people.second * _twice(people.mean.shape[1]), statements.second)
    return mean, np.maximum(second - mean**2, 0.0)


def tempered(mean: Floats, variance: Floats) -> Floats:
    """Log-odds of the expected probability (n,): the less is known, the nearer to even."""
    return mean / np.sqrt(1 + np.pi / 8 * variance)


def probability(log_odds: Floats) -> Floats:
    """Probabilities (n,) of log-odds, without overflow."""
    return 0.5 * (1 + np.tanh(log_odds / 2))


def unpacked(second: Floats) -> Floats:
    """Packed symmetric matrices (N, K(K+1)/2) as (N, K, K)."""
    size = int((np.sqrt(8 * second.shape[1] + 1) - 1) / 2)
    full = np.empty((len(second), size, size))
    above = np.triu_indices(size)
    full[:, above[0], above[1]] = second
    full[:, above[1], above[0]] = second
    return full


# --- one round ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Prior:
    """What is expected of people and statements before they are known, learned from all of them.

    Popular statements ask for other things than unpopular ones, so mean and covariance are those
    of demand and popularity together.
    """

    middle: Floats  # of (demand (D), popularity): (D + 1,)
    spread: Floats  # covariance of the same, (D + 1, D + 1)
    readiness: float

    @classmethod
    def flat(cls, depth: int) -> _Prior:
        return cls(np.zeros(depth + 1), np.diag(np.append(np.ones(depth), 4.0)), 0.25)

    def learned(self, items: Moments, covariance: Floats, persons: Moments) -> _Prior:
        size = items.mean.shape[1]
        known = items.mean[:, _free_s(size)]
        middle = known.mean(axis=0)
        apart = known - middle
        spread = (apart.T @ apart + covariance.sum(axis=0)) / len(known)
        readiness = float(persons.second[:, _diagonal(size)[-2]].mean())
        return _Prior(middle, _at_least(spread, LEAST_SPREAD**2), max(readiness, 0.01))

    def person(self) -> Moments:
        depth = len(self.middle) - 1
        mean = np.append(np.zeros(depth + 1), 1.0)[None]
        return _moments(mean, np.diag(np.append(np.ones(depth), self.readiness))[None], _free_p)

    def statement(self) -> Moments:
        mean = np.concatenate([self.middle[:-1], [1.0], self.middle[-1:]])[None]
        return _moments(mean, self.spread[None], _free_s)


def _at_least(matrix: Floats, least: float) -> Floats:
    """A covariance (K, K) whose variances along every direction are `least` or more."""
    values, directions = np.linalg.eigh(matrix)
    return np.asarray((directions * np.maximum(values, least)) @ directions.T)


def _people(
    signs: Signs, persons: Moments, items: Moments, readiness: float
) -> tuple[Moments, Floats, Floats]:
    """New beliefs about people, and what statements need of them: Gram (S, ·), pull (S, K)."""
    from scipy import sparse  # deferred: half of the start of a command

    count, size = persons.mean.shape
    wide = len(items.mean)
    mean, second = persons.mean.copy(), np.empty_like(persons.second)
    gram, pull = np.zeros((wide, second.shape[1])), np.zeros((wide, size))
    free = _free_p(size)
    floor = np.diag(np.append(np.ones(size - 2), 1 / readiness))
    twice = _twice(size)
    for first, last, votes in _blocks(signs.who, count):
        rows, columns = signs.who[votes] - first, signs.what[votes]
        half = signs.sign[votes] / 2.0
        begins = np.searchsorted(rows, np.arange(last - first + 1))
        shape = (last - first, wide)
        reached = items.second[columns]

        def weights(seconds: Floats, reached: Floats = reached, rows: Indices = rows) -> Floats:
            tilt = np.sqrt(np.maximum(np.einsum("nk,nk->n", seconds[rows] * twice, reached), 1e-12))
            return np.asarray(np.tanh(tilt / 2) / (2 * tilt))

        omega = sparse.csr_matrix((weights(persons.second[first:last]), columns, begins), shape)
        toward = sparse.csr_matrix((half, columns, begins), shape)
        seen = unpacked(omega @ items.second)
        wanted = toward @ items.mean - seen[:, :, -1]
        covariance = _inverse(seen[:, free[:, None], free] + floor)
        mean[first:last, free] = np.einsum("njk,nk->nj", covariance, wanted[:, free])
        fresh = _moments(mean[first:last], covariance, _free_p)
        second[first:last] = fresh.second
        omega = sparse.csr_matrix((weights(fresh.second), columns, begins), shape)
        gram += omega.T @ fresh.second
        pull += toward.T @ fresh.mean
    return Moments(mean, second), gram, pull


def _statements(gram: Floats, pull: Floats, prior: _Prior) -> tuple[Moments, Floats]:
    size = pull.shape[1]
    free = _free_s(size)
    seen = unpacked(gram)
    floor = _inverse(prior.spread)
    wanted = (pull - seen[:, :, -2])[:, free] + floor @ prior.middle
    covariance = _inverse(seen[:, free[:, None], free] + floor)
    mean = np.ones((len(pull), size))
    mean[:, free] = np.einsum("njk,nk->nj", covariance, wanted)
    return _moments(mean, covariance, _free_s), covariance


def _inverse(matrices: Floats) -> Floats:
    return np.asarray(np.linalg.inv(matrices), dtype=np.float64)


def _unit_spread(
    persons: Moments, items: Moments, prior: _Prior
) -> tuple[Moments, Moments, _Prior]:
    """Positions get spread 1 in each dimension; products stay the same, and fitting is faster."""
    size = len(prior.middle) + 1
    spread = np.sqrt(persons.second[:, _diagonal(size)[:-2]].mean(axis=0))
    scale = np.append(spread, [1.0, 1.0])
    above = np.triu_indices(size)
    square = scale[above[0]] * scale[above[1]]
    demand = scale[:-1]
    grown = _at_least(prior.spread * np.outer(demand, demand), LEAST_SPREAD**2)
    return (
        Moments(persons.mean / scale, persons.second / square),
        Moments(items.mean * scale, items.second * square),
        _Prior(prior.middle * demand, grown, prior.readiness),
    )


def _start(signs: Signs, size: tuple[int, int], depth: int) -> tuple[Moments, Moments]:
    """Principal components of the votes as the first guess; the same for every order of rows."""
    people, wide = size
    who, what, sign = signs.who, signs.what, signs.sign.astype(np.float64)
    seen = np.bincount(what, minlength=wide)
    agree = np.bincount(what[sign > 0], minlength=wide)
    mean = np.bincount(what, weights=sign, minlength=wide) / (seen + 2)
    position, demand = _components(who, what, sign - mean[what], size, depth)
    fixed = np.column_stack([np.zeros(people), np.ones(people)])
    share = (agree + 1) / (seen + 2)
    popular = np.column_stack([np.ones(wide), np.log(share / (1 - share))])
    spread = np.diag(np.append(np.full(depth, 0.5), 0.0))
    persons = _moments(
        np.hstack([position, fixed]), np.broadcast_to(spread, (people, *spread.shape)), _free_p
    )
    nothing = np.zeros((wide, depth + 1, depth + 1))
    return persons, _moments(np.hstack([demand, popular]), nothing, _free_s)


def _components(
    who: Indices, what: Indices, rest: Floats, size: tuple[int, int], depth: int
) -> tuple[Floats, Floats]:
    people, wide = size
    if not depth:
        return np.zeros((people, 0)), np.zeros((wide, 0))
    from scipy import sparse  # deferred: half of the start of a command
    from scipy.sparse.linalg import svds

    table = sparse.csr_matrix((rest, (who, what)), shape=size)
    if people * wide <= 250_000:
        left, strength, right = np.linalg.svd(table.toarray(), full_matrices=False)
    else:
        left, strength, right = svds(table, k=depth, v0=np.ones(min(size)))
    order = np.argsort(-strength, kind="stable")[:depth]
    root = np.sqrt(people)
    return left[:, order] * root, right[order].T * strength[order] / root * 4


# --- vectors with a fixed place -------------------------------------------------------------------


def _free_p(size: int) -> NDArray[np.int64]:
    return np.arange(size - 1)


def _free_s(size: int) -> NDArray[np.int64]:
    return np.append(np.arange(size - 2), size - 1)


def _moments(mean: Floats, covariance: Floats, free: object) -> Moments:
    """Moments of vectors whose `free` places have a covariance; the others are fixed."""
    size = mean.shape[1]
    places = _free_p(size) if free is _free_p else _free_s(size)
    full = mean[:, :, None] * mean[:, None, :]
    full[:, places[:, None], places] += covariance
    above = np.triu_indices(size)
    return Moments(mean, full[:, above[0], above[1]])


def _with(known: Moments, unknown: Moments) -> Moments:
    return Moments(np.vstack([known.mean, unknown.mean]), np.vstack([known.second, unknown.second]))


def _twice(size: int) -> Floats:
    """Elements beside the diagonal stand twice in a symmetric matrix."""
    above = np.triu_indices(size)
    return np.where(above[0] == above[1], 1.0, 2.0)


def _diagonal(size: int) -> NDArray[np.int64]:
    above = np.triu_indices(size)
    return np.flatnonzero(above[0] == above[1])


def _blocks(who: Indices, count: int) -> Iterator[tuple[int, int, slice]]:
    """People in blocks of about `BLOCK` votes: first, last, and where their votes are."""
    first = 0
    while first < count:
        begin = int(np.searchsorted(who, first))
        if begin + BLOCK >= len(who):
            last = min(count, first + BLOCK)
        else:
            last = min(max(first + 1, int(who[begin + BLOCK])), first + BLOCK)
        yield first, last, slice(begin, int(np.searchsorted(who, last)))
        first = last
