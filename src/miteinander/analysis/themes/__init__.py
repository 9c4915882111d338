"""Themes: the machine proposes, people name and correct, the machine sorts the rest.

See docs/methods/themes.md, which says first how weak the proposal is.
"""

from __future__ import annotations

from miteinander.analysis.themes.clusters import Cluster, Proposal, propose
from miteinander.analysis.themes.sentences import proposal_sentences, sentences, sorted_sentences
from miteinander.analysis.themes.sorting import Prediction, Sorted, sort_rest

__all__ = [
    "Cluster",
    "Prediction",
    "Proposal",
    "Sorted",
    "proposal_sentences",
    "propose",
    "sentences",
    "sort_rest",
    "sorted_sentences",
]
