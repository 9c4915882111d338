"""What voters of each kind get under two rules, side by side.

Money does not compare them: only Equal Shares says who pays for what. So what is compared is what
anybody can see on their own paper: whether anything of it was taken, and how much of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from miteinander.analysis.budget.election import Election
from miteinander.analysis.privacy import THRESHOLD, separable, shown
from miteinander.analysis.text import Text, percent


@dataclass(frozen=True)
class Served:
    """Voters with the same word; None where a number is withheld.

    `served` of them have at least one of their projects among those taken, `granted` is the mean
    share of the projects on a paper that were taken. Both stand for the rule and for the one
    beside it.
    """

    name: str
    voters: int | None
    served: int | None
    granted: float | None
    served_beside: int | None
    granted_beside: float | None


def served(
    election: Election,
    column: Sequence[str],
    *,
    chosen: Sequence[int],
    beside: Sequence[int],
    threshold: int = THRESHOLD,
) -> tuple[Served, ...]:
    """Compare two sets of projects for the voters of each word in a column."""
    wished = np.zeros((len(election.weights), len(election.projects)), dtype=bool)
    for project, types in enumerate(election.support):
        wished[types, project] = True
    types = election.type_of
    cells = [cell.strip() for cell in column]
    names = sorted({name for name in cells if name})
    rows = [np.array([n for n, cell in enumerate(cells) if cell == name]) for name in names]
    nameless = sum(not cell for cell in cells)
    open_ = shown([len(r) for r in rows], beside=nameless, threshold=threshold)
    found = []
    for name, members, seen in zip(names, rows, open_, strict=True):
        papers = wished[types[members][types[members] >= 0]]
        one, other = _had(papers, chosen), _had(papers, beside)
        hidden = not seen or any(
            separable(len(members), had, threshold=threshold) for had in (one[0], other[0])
        )
        found.append(
            Served(
                name,
                len(members) if seen else None,
                *((None, None, None, None) if hidden else (*one, *other)),
            )
        )
    return tuple(found)


def _had(
    papers: np.ndarray[tuple[int, int], np.dtype[np.bool_]], taken: Sequence[int]
) -> tuple[int, float]:
    """How many of the papers have something taken, and the mean share of what stands on them."""
    if not len(papers):
        return 0, 0.0
    kept = papers[:, list(taken)].sum(axis=1)
    return int((kept > 0).sum()), float((kept / papers.sum(axis=1)).mean())


def served_sentences(found: Sequence[Served], language: str = "de") -> list[str]:
    """One sentence for each kind of voter that may be spoken of."""
    told = [
        Text(
            "{name}: Bei gleichen Anteilen haben {one} von {voters} etwas von ihrem Zettel "
            "bekommen (im Mittel {share} davon), bei einfacher Rangfolge {other} ({share_beside}).",
            "{name}: with equal shares {one} of {voters} got something from their paper "
            "(on average {share} of it), by plain ranking {other} ({share_beside}).",
        )
        .filled(
            name=one.name,
            voters=one.voters,
            one=one.served,
            share=percent(one.granted, language),
            other=one.served_beside,
            share_beside=percent(one.granted_beside or 0.0, language),
        )
        .spoken(language)
        for one in found
        if one.granted is not None
    ]
    if any(one.granted is None for one in found):
        told.append(
            Text(
                "Perspektiven mit wenigen Stimmen stehen ohne Zahl da.",
                "Perspectives with few voices are shown without numbers.",
            ).spoken(language)
        )
    return told
