"""Have your say: calls, the form without an account, the receipt, and what became of it all."""

from miteinander.public.views.participation.by_code import by_code, opened
from miteinander.public.views.participation.calls import call, calls, contribute
from miteinander.public.views.participation.commenting import comment
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
from miteinander.public.views.participation.review import passage, passage_comment
from miteinander.public.views.participation.supporting import support

__all__ = [
    "add",
    "by_code",
    "call",
    "calls",
    "comment",
    "contribute",
    "contribution",
    "contributions",
    "late",
    "notice",
    "notice_asked",
    "notice_confirm",
    "notice_end",
    "opened",
    "passage",
    "passage_comment",
    "receipt",
    "receipt_data",
    "receipt_gone",
    "receipt_search",
    "support",
    "theme",
    "withdraw",
]
