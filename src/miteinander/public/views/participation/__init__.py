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
from miteinander.public.views.participation.live import live, live_ask
from miteinander.public.views.participation.nearby import nearby
from miteinander.public.views.participation.own_votes import (
    own_votes,
    own_votes_delete,
    own_votes_file,
)
from miteinander.public.views.participation.pictures import contribution_picture
from miteinander.public.views.participation.places import places, places_file
from miteinander.public.views.participation.pressing_map import choose_place
from miteinander.public.views.participation.proposing import propose, statement
from miteinander.public.views.participation.reading import contribution, contributions, theme
from miteinander.public.views.participation.receipts import receipt, receipt_search
from miteinander.public.views.participation.review import passage, passage_comment
from miteinander.public.views.participation.somebody_else import somebody_else
from miteinander.public.views.participation.supporting import support
from miteinander.public.views.participation.tables import call_table
from miteinander.public.views.participation.voting import vote

__all__ = [
    "add",
    "by_code",
    "call",
    "call_table",
    "calls",
    "choose_place",
    "comment",
    "contribute",
    "contribution",
    "contribution_picture",
    "contributions",
    "late",
    "live",
    "live_ask",
    "nearby",
    "notice",
    "notice_asked",
    "notice_confirm",
    "notice_end",
    "opened",
    "own_votes",
    "own_votes_delete",
    "own_votes_file",
    "passage",
    "passage_comment",
    "places",
    "places_file",
    "propose",
    "receipt",
    "receipt_data",
    "receipt_gone",
    "receipt_search",
    "somebody_else",
    "statement",
    "support",
    "theme",
    "vote",
    "withdraw",
]
