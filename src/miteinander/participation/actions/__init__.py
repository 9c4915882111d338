"""What may be done: ask, contribute, moderate, gather, answer, close."""

from miteinander.participation.actions.answering import (
    answer_contribution,
    answer_theme,
    close_phase,
)
from miteinander.participation.actions.calls import change_call, open_call
from miteinander.participation.actions.cards import enter_cards
from miteinander.participation.actions.moderating import (
    keep_internal,
    publish_contribution,
    refuse_contribution,
)
from miteinander.participation.actions.participants import (
    fresh_token,
    participant_code,
    take_part,
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
from miteinander.participation.actions.statements import (
    LONGEST_STATEMENT,
    MOST_STATEMENTS,
    adopt_proposal,
    reword_statement,
    statement_text,
    withdraw_statement,
    write_statements,
)
from miteinander.participation.actions.supporting import (
    require_supportable,
    support,
    take_back_every_support,
    take_back_support,
)
from miteinander.participation.actions.voting import cast_vote, forget_votes, take_back_vote

__all__ = [
    "LONGEST_STATEMENT",
    "MOST_STATEMENTS",
    "adopt_proposal",
    "answer_contribution",
    "answer_theme",
    "cast_vote",
    "change_call",
    "close_phase",
    "enter_cards",
    "forget_votes",
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
    "require_supportable",
    "retire_theme",
    "reword_statement",
    "split_contribution",
    "statement_text",
    "submit_contribution",
    "support",
    "take_back_every_support",
    "take_back_support",
    "take_back_vote",
    "take_part",
    "withdraw_contribution",
    "withdraw_statement",
    "write_statements",
]
