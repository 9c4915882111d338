"""Have your say: calls, the form without an account, the receipt, and what became of it all."""

from miteinander.public.views.participation.by_code import by_code, opened
from miteinander.public.views.participation.calls import call, calls, contribute
from miteinander.public.views.participation.commenting import comment
from miteinander.public.views.participation.pictures import contribution_picture
from miteinander.public.views.participation.places import places
from miteinander.public.views.participation.reading import contribution, contributions, theme
from miteinander.public.views.participation.receipts import receipt, receipt_search, withdraw
from miteinander.public.views.participation.supporting import support

__all__ = [
    "by_code",
    "call",
    "calls",
    "comment",
    "contribute",
    "contribution",
    "contribution_picture",
    "contributions",
    "opened",
    "places",
    "receipt",
    "receipt_search",
    "support",
    "theme",
    "withdraw",
]
