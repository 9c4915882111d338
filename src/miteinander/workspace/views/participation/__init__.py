"""The room of participation: calls, reading, cards, the board, themes, answers."""

from miteinander.workspace.views.participation.answers import (
    answer,
    answers,
    contribution,
    theme_answer,
)
from miteinander.workspace.views.participation.board import board, merge, split
from miteinander.workspace.views.participation.calls import call, call_edit, call_new, calls
from miteinander.workspace.views.participation.cards import cards
from miteinander.workspace.views.participation.moderation import moderation, refuse
from miteinander.workspace.views.participation.review import (
    call_draft,
    call_synopsis,
    call_synopsis_file,
)
from miteinander.workspace.views.participation.themes import (
    theme,
    theme_move,
    theme_new,
    theme_rename,
    theme_retire,
)

__all__ = [
    "answer",
    "answers",
    "board",
    "call",
    "call_draft",
    "call_edit",
    "call_new",
    "call_synopsis",
    "call_synopsis_file",
    "calls",
    "cards",
    "contribution",
    "merge",
    "moderation",
    "refuse",
    "split",
    "theme",
    "theme_answer",
    "theme_move",
    "theme_new",
    "theme_rename",
    "theme_retire",
]
