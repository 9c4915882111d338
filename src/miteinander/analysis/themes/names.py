"""Three words that tell a theme from the others, as people wrote them.

For each word (all its inflections together) the share of the theme's texts that use it is held
against that of the others: log-odds with a prior from all texts, divided by their standard error
(Monroe, Colaresi, Quinn 2008). Plain frequency names every theme alike; tf-idf names typing errors.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence

from miteinander.analysis.tokens import STOP_WORDS, UNSEEN, WORD, folded, plain, stem

WORDS = 3
SHORTEST = 3
WEAK = "\uffff"
"""Before the key of a word that names a theme only where there is no better one."""
PRIOR = 0.1
"""What one text in ten of the whole collection would weigh: rare words need more evidence."""


def telling_words(groups: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Up to three words for each group of texts; fewer only where a group has fewer words."""
    written: dict[str, Counter[str]] = {}
    carriers = [Counter[str]() for _ in groups]
    for group, counts in zip(groups, carriers, strict=True):
        for text in group:
            found = _words(text)
            counts.update({key for key, _ in found})
            for key, word in found:
                written.setdefault(key, Counter())[word] += 1
    spellings = {key: _spelling(forms) for key, forms in written.items()}
    total = sum(carriers, Counter[str]())
    sizes = [len(group) for group in groups]
    return [
        _best(counts, total, size, sum(sizes), spellings)
        for counts, size in zip(carriers, sizes, strict=True)
    ]


def _best(
    counts: Counter[str],
    total: Counter[str],
    size: int,
    everything: int,
    spellings: dict[str, str],
) -> tuple[str, ...]:
    def weight(key: str) -> float:
        share = total[key] / everything
        prior = PRIOR * everything
        here, there = counts[key], total[key] - counts[key]
        odds = _log_odds(here, size, share, prior)
        others = _log_odds(there, everything - size, share, prior)
        spread = math.sqrt(1 / (here + prior * share) + 1 / (there + prior * share))
        return (odds - others) / spread

    ranked = sorted(counts, key=lambda key: (key.startswith(WEAK), -weight(key), -counts[key], key))
    words: dict[str, None] = {}
    for key in ranked:
        words.setdefault(spellings[key])
        if len(words) == WORDS:
            break
    return tuple(words)


def _log_odds(carriers: int, size: int, share: float, prior: float) -> float:
    with_it = carriers + prior * share
    without = size - carriers + prior * (1 - share) + 0.5  # a word that all texts have is finite
    return math.log(with_it / without)


def _words(text: str) -> list[tuple[str, str]]:
    """Each word of a text: what its inflections share, and how it is written."""
    found = [
        (fold, word)
        for word in WORD.findall(UNSEEN.sub("", unicodedata.normalize("NFKC", text)))
        if (fold := folded(word.casefold()))
    ]
    told = [
        (f"{WEAK}{fold}" if _weak(fold) else stem(plain(word), "de") or fold, word)
        for fold, word in found
    ]
    return told or [(sign, sign) for sign in plain(text).split()]


def _weak(fold: str) -> bool:
    """Whether a word says too little to name a theme while there is another."""
    return fold in STOP_WORDS or fold.isdecimal() or (len(fold) < SHORTEST and fold.isascii())


def _spelling(forms: Counter[str]) -> str:
    """How most write it; in capitals only what nobody writes otherwise."""
    return min(forms, key=lambda word: (word.isupper() and len(word) > 4, -forms[word], word))
