"""Several criteria: a weighted mean, and above all how much the order hangs on the weights.

Each row rates one option on every criterion, by one person (column `person`) or once for all (a
table of facts, without that column). Every criterion is brought to 0…1: on a fixed scale where
one is given (`scale`), else between the lowest and the highest value that occurs, and turned round
where less is better. The score is the weighted mean, 0…100, shown in whole numbers.

The weights are somebody's opinion, so they are put to the test:

- *share of weightings*: in how many of 5,000 weightings drawn evenly from all possible ones an
  option comes first (Dirichlet(1,…,1), fixed seed);
- *how far a weight may move* before another option comes first, the others keeping their
  proportions: exact, because scores are straight lines in one weight;
- *dominated*: nowhere better and somewhere worse than another option, whatever the weights.

Not chosen: outranking methods (ELECTRE, PROMETHEE) and pairwise comparison (AHP): nobody in a
working group can check them by hand.

Sources: Keeney, Raiffa 1976; Triantaphyllou, Sánchez 1997 (sensitivity of one weight); Lahdelma,
Hokkanen, Salminen 1998 (SMAA, acceptability over all weights).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from miteinander.analysis.consensus.readings import Floats, Name, readings_of, revealing
from miteinander.analysis.consensus.sheet import PEOPLE, roles_of
from miteinander.analysis.consensus.words import too_few
from miteinander.analysis.errors import Unusable, place
from miteinander.analysis.files import Table, read_bytes, table_from
from miteinander.analysis.privacy import THRESHOLD
from miteinander.analysis.ranking import EQUAL, places, ties
from miteinander.analysis.text import Text

DRAWS = 5000


@dataclass(frozen=True, eq=False)
class Ratings:
    """Values (people × options × criteria, NaN where missing); one row for a table of facts."""

    name: str
    options: tuple[str, ...]
    criteria: tuple[str, ...]
    values: Floats
    facts: bool
    institutions: tuple[str, ...] | None = None
    perspectives: tuple[str, ...] | None = None


@dataclass(frozen=True)
class CriteriaOption:
    """Score 0…100 by people; `first_share` is the share of all weightings that put it first."""

    name: str
    score: float | None
    rank: int | None
    first_share: float | None
    dominated_by: tuple[str, ...]


@dataclass(frozen=True)
class CriterionRange:
    """The weight of a criterion and the range in which the first place stays as it is."""

    name: str
    weight: float
    low: float
    high: float


@dataclass(frozen=True)
class CriteriaReading:
    """Scores and places in one way of counting."""

    name: Name
    voices: int
    people: int
    scores: tuple[float | None, ...]
    ranks: tuple[int | None, ...]


@dataclass(frozen=True)
class Criteria:
    """The result; `empty` says why there is none."""

    options: tuple[CriteriaOption, ...]
    criteria: tuple[CriterionRange, ...]
    readings: tuple[CriteriaReading, ...]
    ties: tuple[tuple[str, ...], ...]
    people: int
    facts: bool
    fixed_scale: bool
    seed: int
    threshold: int
    empty: Text | None = None


def read_ratings(
    path: str | Path,
    *,
    option: str = "option",
    institution: str | None = None,
    perspective: str | None = None,
    ignore: Sequence[str] = (),
) -> Ratings:
    """Read a CSV file: a column `option`, perhaps `person`, and a column for each criterion."""
    return ratings_from(
        read_bytes(path), name=Path(path).name, option=option, institution=institution,
        perspective=perspective, ignore=ignore,
    )  # fmt: skip


def ratings_from(
    data: bytes,
    *,
    name: str,
    option: str = "option",
    institution: str | None = None,
    perspective: str | None = None,
    ignore: Sequence[str] = (),
) -> Ratings:
    """Ratings from the bytes of a CSV file."""
    table = table_from(data, name=name, required=[option])
    roles = roles_of(
        table, institution=institution, perspective=perspective, ignore=(option, *ignore)
    )
    if not roles.options:
        raise Unusable(
            Text("Die Datei nennt kein Kriterium.", "The file names no criterion."),
            where=place(name, row=1),
            do=Text("Jedes Kriterium ist eine Spalte.", "Every criterion is a column."),
        )
    person = next((c for c in table.columns if c.lower() in PEOPLE and c not in ignore), None)
    who = table.column(person) if person else [""] * len(table.rows)
    options = tuple(dict.fromkeys(table.column(option)))
    persons = list(dict.fromkeys(who))
    values = np.full((len(persons), len(options), len(roles.options)), np.nan)
    of_person = {p: n for n, p in enumerate(persons)}
    of_option = {o: n for n, o in enumerate(options)}
    columns = [table.numbers(c) for c in roles.options]
    seen: set[tuple[int, int]] = set()
    for row, (p, o) in enumerate(zip(who, table.column(option), strict=True)):
        at = (of_person[p], of_option[o])
        if not o or at in seen:
            raise Unusable(
                Text(
                    f"„{o}“ ist schon bewertet." if o else "Der Name der Option fehlt.",
                    f"“{o}” has been rated already." if o else "The name of the option is missing.",
                ),
                where=table.at(row, option),
                do=Text(
                    "Je Mensch und Option gehört eine Zeile in die Datei.",
                    "The file has one line for each person and option.",
                ),
            )
        seen.add(at)
        values[at] = [column[row] for column in columns]
    return Ratings(
        name=name,
        options=options,
        criteria=roles.options,
        values=values,
        facts=person is None,
        institutions=_words(table, roles.institution, who, persons),
        perspectives=_words(table, roles.perspective, who, persons),
    )


def _words(
    table: Table, column: str | None, who: list[str], persons: list[str]
) -> tuple[str, ...] | None:
    """The word of each person, from their first row that has one."""
    if column is None:
        return None
    first: dict[str, str] = {}
    for person, word in zip(who, table.column(column), strict=True):
        if word:
            first.setdefault(person, word)
    return tuple(first.get(person, "") for person in persons)


def weigh(
    ratings: Ratings,
    *,
    weights: Mapping[str, float] | None = None,
    less: Sequence[str] = (),
    scale: tuple[float, float] | None = None,
    seed: int = 0,
    threshold: int = THRESHOLD,
) -> Criteria:
    """Scores, places and how far they depend on the weights.

    `weights` of criteria not named are 1; `less` are criteria where less is better.
    """
    weight = _weights(ratings, weights or {}, less)
    _refuse_outside(ratings, scale)
    rated = np.flatnonzero(~np.isnan(ratings.values).all(axis=(1, 2)))
    values = ratings.values[rated]
    count = len(values)
    least = 1 if ratings.facts else max(threshold, 1)
    if count < least:
        why = too_few(count, threshold)
        return _nothing(
            ratings, weight, why, seed=seed, threshold=threshold, fixed=scale is not None
        )
    normal = _normal(values, ratings.criteria, less, scale)
    words = [
        None if w is None else [w[row] for row in rated]
        for w in (ratings.institutions, ratings.perspectives)
    ]
    readings, table = [], None
    voices = readings_of(count, *words)
    told = not ratings.facts and revealing(voices, threshold=threshold)
    for r in voices:
        means = _means(normal, r.weights, least)
        if r.name == "people":
            table = means
        scores = _scores(means, weight) if r.people >= least else [None] * len(ratings.options)
        ranks = places([None if s is None else -s for s in scores])
        if told and r.name != "people":
            scores = [None] * len(scores)
        readings.append(CriteriaReading(r.name, r.voices, r.people, tuple(scores), tuple(ranks)))
    assert table is not None
    by_people = readings[0]
    judged = [j for j, s in enumerate(by_people.scores) if s is not None]
    shares = _first_shares(table[judged], seed) if judged else []
    share_of = dict(zip(judged, shares, strict=True))
    return Criteria(
        options=tuple(
            CriteriaOption(
                name,
                by_people.scores[j],
                by_people.ranks[j],
                share_of.get(j),
                tuple(ratings.options[i] for i in judged if _dominates(table[i], table[j]))
                if j in share_of
                else (),
            )
            for j, name in enumerate(ratings.options)
        ),
        criteria=tuple(
            CriterionRange(name, float(weight[c]), *_range(table[judged], weight, c))
            for c, name in enumerate(ratings.criteria)
        ),
        readings=tuple(readings),
        ties=ties(by_people.ranks, ratings.options),
        people=count,
        facts=ratings.facts,
        fixed_scale=scale is not None,
        seed=seed,
        threshold=threshold,
        empty=None if judged else too_few(0 if ratings.facts else 1, threshold),
    )


# --- parts ------------------------------------------------------------------------------------


def _weights(ratings: Ratings, weights: Mapping[str, float], less: Sequence[str]) -> Floats:
    for name in (*weights, *less):
        if name not in ratings.criteria:
            raise Unusable(
                Text(f"Das Kriterium „{name}“ gibt es nicht.", f"There is no criterion “{name}”."),
                where=ratings.name,
                do=Text(
                    f"Es gibt: {', '.join(ratings.criteria)}.",
                    f"There are: {', '.join(ratings.criteria)}.",
                ),
            )
    found = np.array([float(weights.get(name, 1.0)) for name in ratings.criteria])
    if (found < 0).any() or not np.isfinite(found).all() or not found.sum() > 0:
        raise Unusable(
            Text("Gewichte sind Zahlen ab 0, mindestens eins über 0.",
                 "Weights are numbers from 0 on, at least one above 0."),
            where=ratings.name,
            do=Text("Bitte die Gewichte prüfen.", "Please check the weights."),
        )  # fmt: skip
    total: Floats = found / found.sum()
    return total


def _refuse_outside(ratings: Ratings, scale: tuple[float, float] | None) -> None:
    if scale is None:
        return
    low, high = scale
    outside = np.argwhere((ratings.values < low) | (ratings.values > high))
    for p, o, c in outside:
        value = ratings.values[p, o, c]
        raise Unusable(
            Text(
                f"{value:g} liegt nicht zwischen {low:g} und {high:g}.",
                f"{value:g} is not between {low:g} and {high:g}.",
            ),
            where=Text(
                f"{ratings.name}, „{ratings.options[o]}“, Spalte „{ratings.criteria[c]}“",
                f"{ratings.name}, “{ratings.options[o]}”, column “{ratings.criteria[c]}”",
            ),
            do=Text("Bitte Wert oder Skala prüfen.", "Please check the value or the scale."),
        )


def _normal(
    values: Floats,
    criteria: Sequence[str],
    less: Sequence[str],
    scale: tuple[float, float] | None,
) -> Floats:
    """Values on 0…1, more is better. A criterion in which all are equal says nothing: ½."""
    normal = np.empty_like(values)
    for c, name in enumerate(criteria):
        column = values[:, :, c]
        given = column[~np.isnan(column)]
        low, high = scale or ((given.min(), given.max()) if len(given) else (0.0, 0.0))
        span = high - low
        part = np.where(np.isnan(column), np.nan, 0.5) if not span else (column - low) / span
        normal[:, :, c] = 1 - part if name in less else part
    return normal


def _means(normal: Floats, weights: Floats, least: int) -> Floats:
    """Mean of each option on each criterion; NaN where fewer than `least` people rated it."""
    given = ~np.isnan(normal) & (weights > 0)[:, None, None]
    total = np.einsum("p,poc->oc", weights, given)
    summed = np.einsum("p,poc->oc", weights, np.nan_to_num(normal))
    means = np.full(total.shape, np.nan)
    np.divide(summed, total, out=means, where=(total > 0) & (given.sum(axis=0) >= least))
    return means


def _scores(means: Floats, weight: Floats) -> list[float | None]:
    """Weighted means 0…100; None where a criterion with weight is missing."""
    used = weight > 0
    return [
        None if np.isnan(row[used]).any() else float(100 * (row[used] @ weight[used]))
        for row in means
    ]


def _dominates(one: Floats, other: Floats) -> bool:
    return bool((one >= other - EQUAL).all() and (one > other + EQUAL).any())


def _first_shares(table: Floats, seed: int) -> list[float]:
    """Share of all weightings that put each option first (equal firsts share)."""
    known = np.nan_to_num(table, nan=0.5)
    drawn = np.random.default_rng(seed).dirichlet(np.ones(known.shape[1]), size=DRAWS)
    scores = drawn @ known.T
    first = scores >= scores.max(axis=1, keepdims=True) - EQUAL
    return [float(s) for s in (first / first.sum(axis=1, keepdims=True)).mean(axis=0)]


def _range(table: Floats, weight: Floats, c: int) -> tuple[float, float]:
    """The weights of criterion c for which those in first place stay there.

    With weight t on c and the others in proportion a score is t·x_c + (1-t)·(rest): a straight
    line, so every rival crosses the leader at most once.
    """
    now, rest = float(weight[c]), 1 - float(weight[c])
    if not len(table):
        return now, now
    known = np.nan_to_num(table, nan=0.5)
    others = np.delete(weight, c)
    base = (
        np.delete(known, c, axis=1) @ others / rest
        if rest > EQUAL
        else np.delete(known, c, axis=1).mean(axis=1)
        if len(others)
        else np.zeros(len(known))
    )
    score = now * known[:, c] + rest * base
    leader = int(np.argmax(score))
    low, high = (0.0, 1.0) if len(others) else (now, now)
    for rival in range(len(known)):
        if score[rival] >= score[leader] - EQUAL:
            continue
        slope = (known[leader, c] - base[leader]) - (known[rival, c] - base[rival])
        if abs(slope) <= EQUAL:
            continue
        crossing = now - (score[leader] - score[rival]) / slope
        if crossing < now:
            low = max(low, crossing)
        else:
            high = min(high, crossing)
    return float(low), float(high)


def _nothing(
    ratings: Ratings, weight: Floats, why: Text, *, seed: int, threshold: int, fixed: bool
) -> Criteria:
    return Criteria(
        options=tuple(CriteriaOption(n, None, None, None, ()) for n in ratings.options),
        criteria=tuple(
            CriterionRange(n, float(w), float(w), float(w))
            for n, w in zip(ratings.criteria, weight, strict=True)
        ),
        readings=(),
        ties=(),
        people=0,
        facts=ratings.facts,
        fixed_scale=fixed,
        seed=seed,
        threshold=threshold,
        empty=why,
    )
