"""Have your say: calls, the form without an account, the receipt, and what became of it all."""

from miteinander.public.views.participation.calls import call, calls, contribute
from miteinander.public.views.participation.commenting import comment
from miteinander.public.views.participation.own_votes import (
    own_votes,
    own_votes_delete,
    own_votes_file,
)
from miteinander.public.views.participation.proposing import propose, statement
from miteinander.public.views.participation.reading import contribution, contributions, theme
from miteinander.public.views.participation.receipts import receipt, receipt_search, withdraw
from miteinander.public.views.participation.supporting import support
from miteinander.public.views.participation.voting import vote

__all__ = [
    "call",
    "calls",
    "comment",
    "contribute",
    "contribution",
    "contributions",
    "own_votes",
    "own_votes_delete",
    "own_votes_file",
    "propose",
    "receipt",
    "receipt_search",
    "statement",
    "support",
    "theme",
    "vote",
    "withdraw",
]
