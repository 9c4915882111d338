"""What may be done: ask, contribute, moderate, gather, answer, close."""

from miteinander.participation.actions.answering import (
    answer_contribution,
    answer_theme,
    answer_together,
    close_phase,
)
from miteinander.participation.actions.ballots import enter_ballots
from miteinander.participation.actions.beside import (
    Beside,
    Place,
    blurred,
    describe_picture,
    leave_picture_out,
)
from miteinander.participation.actions.blacking import black_out, show_again
from miteinander.participation.actions.calls import change_call, open_call, renew_code
from miteinander.participation.actions.cards import enter_cards
from miteinander.participation.actions.commenting import answer_comments
from miteinander.participation.actions.draft_words import translate_draft
from miteinander.participation.actions.drafts import forget_drafts, has_old_drafts
from miteinander.participation.actions.later import (
    add_to_contribution,
    can_be_added_to,
    erase_contribution,
    submit_late,
    takes_late,
    withdraw_with_additions,
)
from miteinander.participation.actions.live import (
    answer_question,
    ask_question,
    put_question_back,
    set_up_questions,
    take_up_question,
)
from miteinander.participation.actions.maps import draw_map_soon, keep_map
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
from miteinander.participation.actions.on_behalf import can_be_undone, enter_on_behalf, undo_entry
from miteinander.participation.actions.participants import (
    fresh_token,
    participant_code,
    take_part,
    token_of_form,
)
from miteinander.participation.actions.promises import note_recalled
from miteinander.participation.actions.receipts import fresh_form_key
from miteinander.participation.actions.receiving import (
    record_contribution,
    submit_contribution,
    withdraw_contribution,
)
from miteinander.participation.actions.reconsidering import (
    correct_language,
    reconsider,
    write_refusal_reasons,
)
from miteinander.participation.actions.review import comment_on_passage, lay_out_draft
from miteinander.participation.actions.sorting import (
    gather,
    merge_contributions,
    release,
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
from miteinander.participation.actions.suggesting import (
    SUGGEST_THEMES,
    keep_suggestions,
    name_group,
    reject_suggestion,
    suggest_soon,
)
from miteinander.participation.actions.supplements import supplement_answer
from miteinander.participation.actions.supporting import (
    require_supportable,
    support,
    take_back_support,
)
from miteinander.participation.actions.survey_answers import (
    delete_response,
    keep_draft,
    receipt_of,
    record_response,
    send_response,
)
from miteinander.participation.actions.survey_questions import (
    add_question,
    change_question,
    copy_questions,
    duplicate_question,
    move_question,
    remove_question,
    show_results,
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
from miteinander.participation.actions.translating import translate_answer
from miteinander.participation.actions.undoing import undo
from miteinander.participation.actions.voting import cast_vote, forget_votes, take_back_vote
from miteinander.participation.actions.words import recognised

__all__ = [
    "LONGEST_STATEMENT",
    "MOST_STATEMENTS",
    "SUGGEST_THEMES",
    "Beside",
    "Place",
    "add_question",
    "add_to_contribution",
    "adopt_proposal",
    "answer_comments",
    "answer_contribution",
    "answer_question",
    "answer_theme",
    "answer_together",
    "ask_for_notice",
    "ask_question",
    "black_out",
    "blurred",
    "can_be_added_to",
    "can_be_undone",
    "cast_vote",
    "change_call",
    "change_question",
    "close_phase",
    "comment_on_passage",
    "confirm_notice",
    "copy_questions",
    "correct_language",
    "delete_response",
    "describe_picture",
    "draw_map_soon",
    "drop_notice",
    "duplicate_question",
    "enter_ballots",
    "enter_cards",
    "enter_on_behalf",
    "erase_contribution",
    "forget_address_of",
    "forget_drafts",
    "forget_votes",
    "fresh_form_key",
    "fresh_token",
    "gather",
    "has_old_drafts",
    "has_something_to_tell",
    "is_noticeable",
    "keep_draft",
    "keep_internal",
    "keep_map",
    "keep_suggestions",
    "lay_out_draft",
    "leave_picture_out",
    "merge_contributions",
    "move_question",
    "move_theme",
    "name_group",
    "name_theme",
    "note_recalled",
    "notice_of_link",
    "open_call",
    "participant_code",
    "publish_contribution",
    "put_question_back",
    "read_wish",
    "receipt_of",
    "recognised",
    "reconsider",
    "record_contribution",
    "record_response",
    "refuse_contribution",
    "reject_suggestion",
    "release",
    "remove_question",
    "rename_theme",
    "renew_code",
    "require_supportable",
    "retire_text_block",
    "retire_theme",
    "reword_statement",
    "send_response",
    "set_up_questions",
    "show_again",
    "show_results",
    "split_contribution",
    "starting_blocks",
    "statement_text",
    "submit_contribution",
    "submit_late",
    "suggest_soon",
    "supplement_answer",
    "support",
    "take_back_support",
    "take_back_vote",
    "take_part",
    "take_starting_blocks",
    "take_up_question",
    "takes_late",
    "tell_authors",
    "token_of_form",
    "translate_answer",
    "translate_draft",
    "undo",
    "undo_entry",
    "withdraw_contribution",
    "withdraw_statement",
    "withdraw_with_additions",
    "write_refusal_reasons",
    "write_statements",
    "write_text_block",
]
