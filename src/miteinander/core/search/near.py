"""What is there already and says nearly the same: some dozen candidates, then their letters.

Every word of what is written is asked for; few entries hold the rare ones, and whoever shares
several of those is looked at. Words that very many hold say nothing and cost as much as they may
ever cost: the databases stop at a number. So the price does not depend on how much there is.

What was written is neither stored nor logged here or anywhere else.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from miteinander.analysis.near import RELATED_FROM, SAME_FROM, nearest
from miteinander.analysis.tokens import STOP_WORDS, stem, words
from miteinander.core.models import SearchEntry, Thing
from miteinander.core.search.matching import some_keys
from miteinander.core.search.words import belongs, inside

MOST_READ = 2_000
"""Characters of what is written that are looked at."""
MOST_WORDS = 16
"""The longest words; the longer a word, the fewer have it."""
MANY = 150
"""A word that so many entries hold tells nothing."""
MOST_COMPARED = 40
MANY_AT_ALL = 100_000


@dataclass(frozen=True, slots=True)
class Near:
    """A thing and the probability that it says the same."""

    thing: int
    score: float

    @property
    def is_same(self) -> bool:
        return self.score >= SAME_FROM


def near(
    home: Thing, text: str, *, language: str = "de", with_inside: bool = False, most: int = 3
) -> list[Near]:
    """What belongs to a thing and probably says what `text` says, best first: two queries.

    Only what everybody may read, unless `with_inside`, which is for the office.
    """
    terms = _terms(text[:MOST_READ], language)
    asked = [
        [
            [[token] for way in ways for token in ((way, inside(way)) if with_inside else (way,))],
            [[belongs(home.pk)]],
        ]
        for ways in terms
    ]
    weights: defaultdict[int, float] = defaultdict(float)
    for keys in some_keys(asked, most=MANY):
        if keys:
            weight = math.log(MANY_AT_ALL / len(keys)) if len(keys) < MANY else 0.1
            for key in keys:
                weights[key] += weight
    best = sorted(weights, key=lambda key: (-round(weights[key], 6), -key))[:MOST_COMPARED]
    entries = SearchEntry.objects.filter(pk__in=best).order_by("-pk").values_list("pk", "texts")
    said = [(pk, texts[0][1]) for pk, texts in entries if texts]
    found = nearest(text[:MOST_READ], [own for _pk, own in said])
    alike = [Near(said[row][0], score) for row, score in found if score >= RELATED_FROM]
    return alike[:most]


def _terms(text: str, language: str) -> list[tuple[str, ...]]:
    """The words that are asked for, each with its stem, the longest first."""
    found: dict[str, str] = {}
    for written, fold in words(text):
        if len(fold) >= 3 and fold not in STOP_WORDS:
            found.setdefault(fold, written)
    longest = sorted(found, key=lambda fold: (-len(fold), fold))[:MOST_WORDS]
    return [
        (fold, f"~{root}") if (root := stem(found[fold], language)) else (fold,) for fold in longest
    ]
