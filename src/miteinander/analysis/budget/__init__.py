"""Balanced choice: which projects a budget pays for, so that every voter counts the same.

    election    projects, limits, weighted types of ballots
    cells       a file of sections, cut into cells
    ballots     cells become weighted types
    pabulib     reading the format of Pabulib
    shares      the Method of Equal Shares, in floats
    completion  what happens with money left over
    greedy      the usual rule, beside it
    audit       the same run in exact arithmetic
    served      what voters of each kind get under two rules
    outcome     everything that is said about a result
    sentences   the result in plain German and English

Page: `docs/methods/budget.md`. Not chosen: a solver that maximises total benefit (it gives all
to the largest group), Phragmén's rules (no prices that can be told to people).
"""

from miteinander.analysis.budget.election import Election, Limit
from miteinander.analysis.budget.outcome import Group, Outcome, Purchase, Variant, choose, groups
from miteinander.analysis.budget.pabulib import election_from, read_election
from miteinander.analysis.budget.sentences import group_sentences, sentences
from miteinander.analysis.budget.served import Served, served, served_sentences

__all__ = [
    "Election",
    "Group",
    "Limit",
    "Outcome",
    "Purchase",
    "Served",
    "Variant",
    "choose",
    "election_from",
    "group_sentences",
    "groups",
    "read_election",
    "sentences",
    "served",
    "served_sentences",
]
