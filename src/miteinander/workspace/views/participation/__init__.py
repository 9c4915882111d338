"""The room of participation: calls, reading, cards, the board, themes, answers."""

from miteinander.workspace.views.participation.answer_papers import (
    answer_letters_page,
    answers_file,
    call_answers_sheet,
)
from miteinander.workspace.views.participation.answers import (
    answer,
    answer_supplement,
    answers,
    contribution,
)
from miteinander.workspace.views.participation.ballots import ballots
from miteinander.workspace.views.participation.blacking import black_out, show_again
from miteinander.workspace.views.participation.board import board, board_stand, merge, split
from miteinander.workspace.views.participation.calls import call, calls
from miteinander.workspace.views.participation.cards import cards
from miteinander.workspace.views.participation.commenting import answer_comments
from miteinander.workspace.views.participation.draft_words import draft_words
from miteinander.workspace.views.participation.entering import (
    call_cards_read,
    call_entry,
    call_entry_undo,
)
from miteinander.workspace.views.participation.exporting import call_table
from miteinander.workspace.views.participation.live import (
    question_time,
    questions,
    questions_screen,
)
from miteinander.workspace.views.participation.moderation import (
    moderation,
    reconsider,
    refusal_reasons,
    refuse,
)
from miteinander.workspace.views.participation.opening import call_code, call_edit, call_new
from miteinander.workspace.views.participation.papers import call_paper
from miteinander.workspace.views.participation.pictures import contribution_picture
from miteinander.workspace.views.participation.review import (
    call_draft,
    call_synopsis,
    call_synopsis_file,
)
from miteinander.workspace.views.participation.statements import (
    opinion_map,
    statement_adopt,
    statement_edit,
    statement_withdraw,
    statements,
    votes_file,
)
from miteinander.workspace.views.participation.suggestions import suggestions
from miteinander.workspace.views.participation.textblocks import (
    text_block_edit,
    text_block_examples,
    text_block_new,
    text_block_retire,
    text_blocks,
)
from miteinander.workspace.views.participation.themes import (
    theme,
    theme_move,
    theme_new,
    theme_rename,
    theme_retire,
)
from miteinander.workspace.views.participation.together import answer_many, theme_answer
from miteinander.workspace.views.participation.translating import (
    answer_translate,
    answer_translations,
)
from miteinander.workspace.views.participation.undoing import undo

__all__ = [
    "answer",
    "answer_comments",
    "answer_letters_page",
    "answer_many",
    "answer_supplement",
    "answer_translate",
    "answer_translations",
    "answers",
    "answers_file",
    "ballots",
    "black_out",
    "board",
    "board_stand",
    "call",
    "call_answers_sheet",
    "call_cards_read",
    "call_code",
    "call_draft",
    "call_edit",
    "call_entry",
    "call_entry_undo",
    "call_new",
    "call_paper",
    "call_synopsis",
    "call_synopsis_file",
    "call_table",
    "calls",
    "cards",
    "contribution",
    "contribution_picture",
    "draft_words",
    "merge",
    "moderation",
    "opinion_map",
    "question_time",
    "questions",
    "questions_screen",
    "reconsider",
    "refusal_reasons",
    "refuse",
    "show_again",
    "split",
    "statement_adopt",
    "statement_edit",
    "statement_withdraw",
    "statements",
    "suggestions",
    "text_block_edit",
    "text_block_examples",
    "text_block_new",
    "text_block_retire",
    "text_blocks",
    "theme",
    "theme_answer",
    "theme_move",
    "theme_new",
    "theme_rename",
    "theme_retire",
    "undo",
    "votes_file",
]
