"""Lot: who sits on a panel, drawn as fairly as the quotas allow, so that anybody can check it.

    pool          people become types with a multiplicity; quotas and households become rows
    reading       quotas and people from files
    leximin       the fairest expected counts: a bound no lottery can beat
    panels        the oracle: the valid panel that weighs most
    realise       a lottery over whole panels that reaches the bound
    publish       numbered panels of people; the draw from a seed
    contradiction quotas nobody can meet, explained
    replacements  who moves up
    verify        a draw checked from what was published
    solver        HiGHS, kept warm between questions

`docs/methods/lot.md` says what it promises.
"""

from miteinander.analysis.lot.pool import Pool, Quota
from miteinander.analysis.lot.publish import commitment, digest, drawn_by
from miteinander.analysis.lot.reading import Household, people_of, read_pool
from miteinander.analysis.lot.replacements import Replaced, Replacement, replace
from miteinander.analysis.lot.result import Drawn, Lot, check, draw, lottery
from miteinander.analysis.lot.sentences import replacement_sentences, sentences
from miteinander.analysis.lot.verify import FoundAgain, check_list

__all__ = [
    "Drawn",
    "FoundAgain",
    "Household",
    "Lot",
    "Pool",
    "Quota",
    "Replaced",
    "Replacement",
    "check",
    "check_list",
    "commitment",
    "digest",
    "draw",
    "drawn_by",
    "lottery",
    "people_of",
    "read_pool",
    "replace",
    "replacement_sentences",
    "sentences",
]
