"""What may be done: ask, contribute, moderate, gather, answer, close."""

from miteinander.participation.actions.answering import (
    answer_contribution,
    answer_theme,
    close_phase,
)
from miteinander.participation.actions.calls import change_call, open_call
from miteinander.participation.actions.cards import enter_cards
from miteinander.participation.actions.later import (
    add_to_contribution,
    can_be_added_to,
    erase_contribution,
    submit_late,
    takes_late,
    withdraw_with_additions,
)
from miteinander.participation.actions.moderating import (
    keep_internal,
    publish_contribution,
    refuse_contribution,
)
from miteinander.participation.actions.noticing import (
    ask_for_notice,
    confirm_notice,
    drop_notice,
    forget_address_of,
    has_something_to_tell,
    is_noticeable,
    notice_of_link,
    read_wish,
    tell_authors,
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
    "add_to_contribution",
    "answer_contribution",
    "answer_theme",
    "ask_for_notice",
    "can_be_added_to",
    "change_call",
    "close_phase",
    "confirm_notice",
    "drop_notice",
    "enter_cards",
    "erase_contribution",
    "forget_address_of",
    "fresh_form_key",
    "fresh_token",
    "gather",
    "has_something_to_tell",
    "is_noticeable",
    "keep_internal",
    "merge_contributions",
    "move_theme",
    "name_theme",
    "notice_of_link",
    "open_call",
    "participant_code",
    "publish_contribution",
    "read_wish",
    "record_contribution",
    "refuse_contribution",
    "release",
    "rename_theme",
    "require_supportable",
    "retire_theme",
    "split_contribution",
    "submit_contribution",
    "submit_late",
    "support",
    "take_back_every_support",
    "take_back_support",
    "take_part",
    "takes_late",
    "tell_authors",
    "token_of_form",
    "withdraw_contribution",
    "withdraw_with_additions",
]
