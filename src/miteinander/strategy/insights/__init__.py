"""What can be worked out from the concept: where offers are missing, how texts become one."""

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

__all__ = [
    "CHOICES",
    "Choice",
    "Gaps",
    "Need",
    "Passage",
    "Run",
    "Together",
    "compare",
    "gaps_of",
    "put_together",
    "what_changed",
]
