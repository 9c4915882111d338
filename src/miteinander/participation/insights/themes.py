"""Where contributions without a theme might belong: proposals, and what they are worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Guess:
    """A suggestion for one row: the label of a theme, or the number of a group."""

    row: int
    label: str = ""
    group: int | None = None
    probability: float | None = None
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class Guesses:
    guesses: tuple[Guess, ...]
    groups: tuple[tuple[int, tuple[str, ...]], ...]
    """Number and telling words of each group."""
    sentences: dict[str, list[str]]


def grouped(texts: Sequence[str]) -> Guesses:
    """Groups of texts that use similar words, for people to name."""
    from miteinander.analysis import themes  # deferred: only the worker needs NumPy

    found = themes.propose(texts)
    guesses = [
        Guess(row, group=cluster.id, is_unsure=row in unsure)
        for cluster in found.clusters
        for unsure in [frozenset(cluster.unsure)]
        for row in cluster.rows
    ]
    return Guesses(
        tuple(guesses),
        tuple((cluster.id, cluster.words) for cluster in found.clusters),
        {tongue: themes.proposal_sentences(found, tongue) for tongue in LANGUAGES},
    )


def sorted_like(texts: Sequence[str], labels: Sequence[str]) -> Guesses:
    """Each text without a label where people put similar ones."""
    from miteinander.analysis import themes  # deferred: only the worker needs NumPy

    found = themes.sort_rest(texts, labels)
    guesses = [
        Guess(each.row, label=each.label, probability=each.p, is_unsure=each.unsure)
        for each in found.predictions
        if each.label is not None
    ]
    return Guesses(
        tuple(guesses),
        (),
        {tongue: themes.sorted_sentences(found, tongue) for tongue in LANGUAGES},
    )
