"""What can be worked out: where offers are missing, how texts become one, what overlaps."""

from miteinander.strategy.insights.gaps import Gaps, Need, compare, gaps_of
from miteinander.strategy.insights.merging import (
    CHOICES,
    Choice,
    Passage,
    Run,
    Together,
    put_together,
    what_changed,
)
from miteinander.strategy.insights.overlaps import Pair, Sheet, overlaps_among

__all__ = [
    "CHOICES",
    "Choice",
    "Gaps",
    "Need",
    "Pair",
    "Passage",
    "Run",
    "Sheet",
    "Together",
    "compare",
    "gaps_of",
    "overlaps_among",
    "put_together",
    "what_changed",
]
