"""Which of a few texts say nearly the same as one: exact n-grams in plain Python.

`analysis.similar` compares with all texts and needs NumPy; this module is asked in every web
process while somebody writes, with some dozen texts that the search has found beforehand. N-grams
and their weights are those of `analysis.grams`, with rarity counted among the texts handed over.
How much is lost that way says docs/methods/similar.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from miteinander.analysis.tokens import grams, units

SAME_FROM, RELATED_FROM = 0.8, 0.3
"""As in `analysis.similar`, which this module must not import."""
BASE, LETTERS = -6.0, 10.0
"""From cosine to log-odds, fitted on the questions of the method's page."""
LONGEST_COMPARED = 1_000
"""Characters of each text that are compared."""


def nearest(question: str, texts: Sequence[str]) -> list[tuple[int, float]]:
    """The texts (index from 0) with the probability that they say the same, best first.

    Of equally near ones the earlier leads; a text that shares no n-gram is not among them.
    """
    counts = [_counts(text) for text in texts]
    carriers = Counter(gram for count in counts for gram in count)
    size = 1 + len(texts)
    rarity = {gram: math.log(size / (1 + carriers[gram])) + 1 for gram in carriers}
    unseen = math.log(size) + 1
    asked, length = _weighed(_counts(question), rarity, unseen)
    found = []
    for row, count in enumerate(counts):
        weights, other = _weighed(count, rarity, unseen)
        shared = math.fsum(weight * weights[g] for g, weight in asked.items() if g in weights)
        if shared:
            odds = BASE + LETTERS * shared / (length * other)
            found.append((row, 1 / (1 + math.exp(-odds))))
    return sorted(found, key=lambda pair: (-round(pair[1], 6), pair[0]))


def _counts(text: str) -> Counter[str]:
    return Counter(gram for unit in units(text[:LONGEST_COMPARED]) for gram in grams(unit))


def _weighed(
    counts: Counter[str], rarity: dict[str, float], unseen: float
) -> tuple[dict[str, float], float]:
    weights = {g: (1 + math.log(n)) * rarity.get(g, unseen) for g, n in counts.items()}
    return weights, math.sqrt(math.fsum(weight**2 for weight in weights.values()))
