"""Similar contributions: what is probably the same, what is related, what is neither.

Character n-grams always; sentence encoders when the extra `languages` is installed, because only
they find the same thought in another language. See docs/methods/similar.md.
"""

from __future__ import annotations

from miteinander.analysis.similar.encoders import Encoder, installed
from miteinander.analysis.similar.index import Index, Matches, Neighbour, Verdict
from miteinander.analysis.similar.sentences import sentences

__all__ = ["Encoder", "Index", "Matches", "Neighbour", "Verdict", "installed", "sentences"]
