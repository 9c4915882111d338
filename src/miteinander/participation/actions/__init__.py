"""What may be done: ask, contribute, moderate, gather, answer, close."""

from miteinander.participation.actions.answering import (
    answer_contribution,
    answer_theme,
    answer_together,
    close_phase,
)
from miteinander.participation.actions.calls import change_call, open_call, renew_code
from miteinander.participation.actions.cards import enter_cards
from miteinander.participation.actions.commenting import answer_comments
from miteinander.participation.actions.moderating import (
    keep_internal,
    publish_contribution,
    refuse_contribution,
)
from miteinander.participation.actions.on_behalf import enter_on_behalf, undo_entry
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
    release,
    split_contribution,
)
from miteinander.participation.actions.supplements import supplement_answer
from miteinander.participation.actions.supporting import (
    require_supportable,
    support,
    take_back_every_support,
    take_back_support,
)
from miteinander.participation.actions.textblocks import (
    retire_text_block,
    starting_blocks,
    take_starting_blocks,
    write_text_block,
)
from miteinander.participation.actions.themes import (
    move_theme,
    name_theme,
    rename_theme,
    retire_theme,
)
from miteinander.participation.actions.undoing import undo

__all__ = [
    "answer_comments",
    "answer_contribution",
    "answer_theme",
    "answer_together",
    "change_call",
    "close_phase",
    "enter_cards",
    "enter_on_behalf",
    "fresh_form_key",
    "fresh_token",
    "gather",
    "keep_internal",
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
    "renew_code",
    "require_supportable",
    "retire_text_block",
    "retire_theme",
    "split_contribution",
    "starting_blocks",
    "submit_contribution",
    "supplement_answer",
    "support",
    "take_back_every_support",
    "take_back_support",
    "take_part",
    "take_starting_blocks",
    "token_of_form",
    "undo",
    "undo_entry",
    "withdraw_contribution",
    "write_text_block",
]
