"""Prediction of missing votes and choice of the next statement, on two real conversations.

Prediction: 10 % of the agree and disagree votes are hidden, with seeds 0, 1 and 2; the AUC says
how often a hidden agreement gets a higher probability than a hidden disagreement. Beside ours a
linear picture of two dimensions (PCA) and the popularity of the statement alone.

Replay: everybody with at least 15 agree and disagree votes is once, in one of five parts, unseen in
training. Each way of choosing asks them 5, then 10 of the statements they did agree or disagree
with, and the same model predicts the rest of their votes; AUC over a part, mean of the five.
Beside ours: at random, and by the priority of Polis (which also draws at random, by weight).

Data: CC BY 4.0, "Polis Conversation Data was gathered using the Polis software".

    python benchmarks/bench_prediction.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import svds
from scipy.stats import rankdata

from common import ROOT, Verdicts
from miteinander.analysis.opinion.ideal_points import Signs, fit, log_odds, placed, tempered
from miteinander.analysis.opinion.next_statement import Pool, ranked
from miteinander.analysis.opinion.prediction import predict
from miteinander.analysis.opinion.votes import Votes, from_arrays, read_votes

DATA = ROOT.parent / "shared" / "data" / "polis"
GOALS = {
    "vtaiwan.uberx": {"predict": 0.900, "replay": (0.878, 0.902)},
    "scoop-hivemind.biodiversity": {"predict": 0.895, "replay": None},
}
SEEDS = (0, 1, 2)
STEPS = (5, 10)
PARTS = 5
LEAST = 15
"""Agree and disagree votes of somebody who is asked again."""

Choose = Callable[[int, "Person", NDArray[np.bool_], np.random.Generator], int]


class Person:
    """Somebody unseen in training: what they would answer, and what they have answered."""

    def __init__(self, statements: NDArray[np.int32], values: NDArray[np.int8]) -> None:
        self.answers = dict(zip(statements.tolist(), values.tolist(), strict=True))
        self.given: list[int] = []


def auc(is_agree: NDArray[np.bool_], score: NDArray[np.float64]) -> float:
    rank = rankdata(score)
    agree, rest = int(is_agree.sum()), int((~is_agree).sum())
    return float((rank[is_agree].sum() - agree * (agree + 1) / 2) / (agree * rest))


def part(votes: Votes, kept: NDArray[np.bool_]) -> Votes:
    return from_arrays(
        votes.person[kept], votes.statement[kept], votes.value[kept],
        participants=votes.participants, statements=votes.statements,
    )  # fmt: skip


def components(votes: Votes, count: int = 2) -> tuple[NDArray[np.float64], ...]:
    people, wide = votes.shape
    seen = np.bincount(votes.statement, minlength=wide)
    mean = np.bincount(votes.statement, weights=votes.value, minlength=wide) / np.maximum(seen, 1)
    rest = votes.value - mean[votes.statement]
    table = sparse.csr_matrix((rest, (votes.person, votes.statement)), shape=votes.shape)
    left, strength, right = svds(table, k=count, v0=np.ones(min(people, wide)))
    return mean, left * strength * np.sqrt(wide / np.maximum(
        np.bincount(votes.person, minlength=people), 1))[:, None], right  # fmt: skip


def prediction(votes: Votes) -> dict[str, float]:
    found: dict[str, list[float]] = {"ours": [], "PCA": [], "popularity": [], "seconds": []}
    for seed in SEEDS:
        signs = np.flatnonzero(votes.value != 0)
        hidden = np.zeros(len(votes), dtype=bool)
        hidden[np.random.default_rng(seed).choice(signs, len(signs) // 10, replace=False)] = True
        train = part(votes, ~hidden)
        who, what = votes.person[hidden], votes.statement[hidden]
        is_agree = votes.value[hidden] > 0
        people = [votes.participants[at] for at in who]
        statements = [votes.statements[at] for at in what]
        began = time.perf_counter()
        found["ours"].append(auc(is_agree, predict(train, people, statements).p))
        found["seconds"].append(time.perf_counter() - began)
        mean, position, demand = components(train)
        found["PCA"].append(
            auc(is_agree, mean[what] + np.einsum("nk,kn->n", position[who], demand[:, what]))
        )
        found["popularity"].append(auc(is_agree, mean[what]))
    return {name: float(np.mean(values)) for name, values in found.items()}


def priority(votes: Votes) -> NDArray[np.float64]:
    """The priority of Polis: how extreme, agreed to and seldom passed on; a boost for the new."""
    wide = votes.shape[1]
    seen = np.bincount(votes.statement, minlength=wide)
    mean, _, right = components(votes)
    extremity = np.sqrt(wide) * np.linalg.norm((-1 - mean) * right, axis=0)
    agree, passed = (votes.counts(1) + 1) / (seen + 2), (votes.counts(0) + 1) / (seen + 2)
    importance = (1 - passed) * (extremity + 1) * agree
    return np.asarray((importance * (1 + 8 * 2.0 ** (-seen / 5))) ** 2)


def replay(votes: Votes) -> dict[str, list[float]]:
    scores: dict[str, list[list[float]]] = {}
    wide = votes.shape[1]
    known = np.bincount(votes.person, weights=votes.value != 0, minlength=votes.shape[0])
    able = np.random.default_rng(0).permutation(np.flatnonzero(known >= LEAST))
    for seed, unseen in enumerate(np.array_split(able, PARTS)):
        train = part(votes, ~np.isin(votes.person, unseen))
        model = fit(train)
        pool, weight = Pool.of(train, model), priority(train)

        def at_random(step: int, person: Person, open_: NDArray[np.bool_],
                      dice: np.random.Generator) -> int:  # fmt: skip
            return int(dice.choice(np.flatnonzero(open_)))

        def by_priority(step: int, person: Person, open_: NDArray[np.bool_],
                        dice: np.random.Generator,
                        weight: NDArray[np.float64] = weight) -> int:  # fmt: skip
            chance = weight * open_
            return int(dice.choice(wide, p=chance / chance.sum()))

        def informative(step: int, person: Person, open_: NDArray[np.bool_],
                        dice: np.random.Generator, pool: Pool = pool) -> int:  # fmt: skip
            return ranked(pool, belief(pool, person), open_, 1, step=step)[0][0]

        ways: dict[str, Choose] = {
            "random": at_random, "Polis": by_priority, "ours": informative,
        }  # fmt: skip
        for name, choose in ways.items():
            scores.setdefault(name, []).append(asked(votes, unseen, pool, choose, seed))
    return {name: np.mean(values, axis=0).tolist() for name, values in scores.items()}


def belief(pool: Pool, person: Person):
    given = np.array(person.given, dtype=np.int64)
    sign = np.array([person.answers[at] for at in person.given], dtype=np.int8)
    return placed(pool.model, Signs(np.zeros(len(given), dtype=np.int64), given, sign), 1)


def asked(votes: Votes, unseen: NDArray[np.int64], pool: Pool, choose: Choose, seed: int
          ) -> list[float]:  # fmt: skip
    """AUC of the remaining votes after each of `STEPS` answers."""
    dice = np.random.default_rng(seed)
    truth: dict[int, list[bool]] = {step: [] for step in STEPS}
    score: dict[int, list[float]] = {step: [] for step in STEPS}
    for who in unseen.tolist():
        mine = (votes.person == who) & (votes.value != 0)
        person = Person(votes.statement[mine], votes.value[mine])
        for step in range(max(STEPS)):
            open_ = np.zeros(votes.shape[1], dtype=bool)
            open_[[at for at in person.answers if at not in person.given]] = True
            person.given.append(choose(step, person, open_, dice))
            if step + 1 in STEPS:
                rest = np.array([at for at in person.answers if at not in person.given])
                moments = belief(pool, person)[np.zeros(len(rest), dtype=np.int64)]
                score[step + 1] += tempered(
                    *log_odds(moments, pool.model.statements[rest])
                ).tolist()
                truth[step + 1] += [person.answers[at] > 0 for at in rest.tolist()]
    return [auc(np.array(truth[step]), np.array(score[step])) for step in STEPS]


def speed(verdicts: Verdicts) -> None:
    """Twice the votes, at most about twice the time."""
    dice = np.random.default_rng(0)
    taken = []
    for people in (10_000, 20_000):
        count = people * 45
        votes = from_arrays(
            dice.integers(0, people, count), dice.integers(0, 500, count),
            dice.choice(np.array([-1, 0, 1]), count, p=[0.3, 0.1, 0.6]),
        )  # fmt: skip
        began = time.perf_counter()
        fit(votes, rounds=10)
        taken.append(time.perf_counter() - began)
        verdicts.figure(
            f"{people:,} people, {len(votes):,} votes, ten rounds", f"{taken[-1]:.1f} s"
        )
    verdicts.ratio("twice the votes: times as long", taken[1] / taken[0], most=2.5)


def main() -> None:
    verdicts = Verdicts("Prediction of missing votes, choice of the next statement")
    for name, goal in GOALS.items():
        folder = Path(DATA / name)
        if not folder.is_dir():
            print(f"  {name}: not here, not measured")
            continue
        votes = read_votes(folder)
        found = prediction(votes)
        print(f" {name}: {len(votes):,} votes; {found['seconds']:.2f} s for a fit and a tenth")
        for other in ("popularity", "PCA"):
            verdicts.figure(f"AUC of hidden votes, {other}", f"{found[other]:8.4f}")
        verdicts.ratio("AUC of hidden votes, ours (× 1000)", 1000 * found["ours"],
                       least=1000 * goal["predict"])  # fmt: skip
        ways = replay(votes)
        for at, step in enumerate(STEPS):
            for other in ("random", "Polis"):
                verdicts.figure(f"AUC after {step} answers, {other}", f"{ways[other][at]:8.4f}")
            verdicts.figure(f"AUC after {step} answers, ours", f"{ways['ours'][at]:8.4f}")
            verdicts.ratio(
                f"after {step} answers: ours above the better of both (× 1000)",
                1000 * (ways["ours"][at] - max(ways["random"][at], ways["Polis"][at])), least=0,
            )  # fmt: skip
            if goal["replay"]:
                verdicts.ratio(f"AUC after {step} answers, ours (× 1000)", 1000 * ways["ours"][at],
                               least=1000 * goal["replay"][at])  # fmt: skip
    speed(verdicts)
    verdicts.end()


if __name__ == "__main__":
    sys.exit(main())
