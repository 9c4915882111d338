"""Have your say: calls, the form without an account, the receipt, and what became of it all."""

from miteinander.public.views.participation.by_code import by_code, opened
from miteinander.public.views.participation.calls import call, calls, contribute
from miteinander.public.views.participation.commenting import comment
from miteinander.public.views.participation.reading import contribution, contributions, theme
from miteinander.public.views.participation.receipts import receipt, receipt_search, withdraw
from miteinander.public.views.participation.supporting import support
from miteinander.public.views.participation.tables import call_table

__all__ = [
    "by_code",
    "call",
    "call_table",
    "calls",
    "comment",
    "contribute",
    "contribution",
    "contributions",
    "opened",
    "receipt",
    "receipt_search",
    "support",
    "theme",
    "withdraw",
]
