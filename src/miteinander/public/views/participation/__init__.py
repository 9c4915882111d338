"""Have your say: calls, the form without an account, the receipt, and what became of it all."""

from miteinander.public.views.participation.calls import call, calls, contribute
from miteinander.public.views.participation.holding import (
    add,
    notice,
    notice_asked,
    notice_confirm,
    notice_end,
    receipt_data,
    receipt_gone,
    withdraw,
)
from miteinander.public.views.participation.late import late
from miteinander.public.views.participation.reading import contribution, contributions, theme
from miteinander.public.views.participation.receipts import receipt, receipt_search
from miteinander.public.views.participation.supporting import support

__all__ = [
    "add",
    "call",
    "calls",
    "contribute",
    "contribution",
    "contributions",
    "late",
    "notice",
    "notice_asked",
    "notice_confirm",
    "notice_end",
    "receipt",
    "receipt_data",
    "receipt_gone",
    "receipt_search",
    "support",
    "theme",
    "withdraw",
]
