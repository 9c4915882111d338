"""What may be done: ask, contribute, moderate, gather, answer, close."""

from miteinander.participation.actions.answering import (
    answer_contribution,
    answer_theme,
    close_phase,
)
from miteinander.participation.actions.beside import (
    Beside,
    Place,
    describe_picture,
    leave_picture_out,
)
from miteinander.participation.actions.calls import change_call, open_call
from miteinander.participation.actions.cards import enter_cards
from miteinander.participation.actions.commenting import answer_comments
from miteinander.participation.actions.moderating import (
    keep_internal,
    publish_contribution,
    refuse_contribution,
)
from miteinander.participation.actions.participants import (
    fresh_token,
    participant_code,
    take_part,
    token_of_form,
)
from miteinander.participation.actions.receipts import fresh_form_key
from miteinander.participation.actions.receiving import (
    record_contribution,
    submit_contribution,
    withdraw_contribution,
)
from miteinander.participation.actions.sorting import (
    gather,
    merge_contributions,
    move_theme,
    name_theme,
    release,
    rename_theme,
    retire_theme,
    split_contribution,
)
from miteinander.participation.actions.supporting import (
    require_supportable,
    support,
    take_back_every_support,
    take_back_support,
)

__all__ = [
    "Beside",
    "Place",
    "answer_comments",
    "answer_contribution",
    "answer_theme",
    "change_call",
    "close_phase",
    "describe_picture",
    "enter_cards",
    "fresh_form_key",
    "fresh_token",
    "gather",
    "keep_internal",
    "leave_picture_out",
    "merge_contributions",
    "move_theme",
    "name_theme",
    "open_call",
    "participant_code",
    "publish_contribution",
    "record_contribution",
    "refuse_contribution",
    "release",
    "rename_theme",
    "require_supportable",
    "retire_theme",
    "split_contribution",
    "submit_contribution",
    "support",
    "take_back_every_support",
    "take_back_support",
    "take_part",
    "token_of_form",
    "withdraw_contribution",
]
