"""Have your say: calls, the form without an account, the receipt, and what became of it all."""

from miteinander.public.views.participation.by_code import by_code, opened
from miteinander.public.views.participation.calls import call, calls, contribute
from miteinander.public.views.participation.commenting import comment
from miteinander.public.views.participation.live import live, live_ask
from miteinander.public.views.participation.reading import contribution, contributions, theme
from miteinander.public.views.participation.receipts import receipt, receipt_search, withdraw
from miteinander.public.views.participation.review import passage, passage_comment
from miteinander.public.views.participation.supporting import support

__all__ = [
    "by_code",
    "call",
    "calls",
    "comment",
    "contribute",
    "contribution",
    "contributions",
    "live",
    "live_ask",
    "opened",
    "passage",
    "passage_comment",
    "receipt",
    "receipt_search",
    "support",
    "theme",
    "withdraw",
]
