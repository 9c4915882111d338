"""Deciding together: four ways to ask a group, each read three ways.

    sheet       people in rows, options in columns, as they come from a spreadsheet
    readings    people, institutions with one voice each, perspectives with equal weight
    consensing  systemic consensing: who resists what, and how much
    dots        dot voting, with caps and cumulation
    criteria    several criteria: weights, and how much the order depends on them
    consent     agree, with reservations, abstain, object; quorum and reasons

Each module says its result in `…_sentences`. Small numbers are withheld; a body that voted openly
may lower the threshold, because everybody in the room saw the hands. Pages: `docs/methods/`.
"""

from miteinander.analysis.consensus.consensing import Consensing, consense
from miteinander.analysis.consensus.consensing_words import consensing_sentences
from miteinander.analysis.consensus.consent import (
    Consent,
    consent,
    consent_line,
    consent_sentences,
    read_ballots,
)
from miteinander.analysis.consensus.criteria import Criteria, Ratings, read_ratings, weigh
from miteinander.analysis.consensus.criteria_words import criteria_sentences
from miteinander.analysis.consensus.dots import Dots, Rules, count_dots, dots_sentences
from miteinander.analysis.consensus.sheet import Sheet, read_sheet, sheet_from

__all__ = [
    "Consensing",
    "Consent",
    "Criteria",
    "Dots",
    "Ratings",
    "Rules",
    "Sheet",
    "consense",
    "consensing_sentences",
    "consent",
    "consent_line",
    "consent_sentences",
    "count_dots",
    "criteria_sentences",
    "dots_sentences",
    "read_ballots",
    "read_ratings",
    "read_sheet",
    "sheet_from",
    "weigh",
]
