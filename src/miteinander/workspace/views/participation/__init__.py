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
from miteinander.workspace.views.participation.commenting import answer_comments
from miteinander.workspace.views.participation.moderation import moderation, refuse
from miteinander.workspace.views.participation.pictures import contribution_picture
from miteinander.workspace.views.participation.themes import (
    theme,
    theme_move,
    theme_new,
    theme_rename,
    theme_retire,
)

__all__ = [
    "answer",
    "answer_comments",
    "answers",
    "board",
    "call",
    "call_edit",
    "call_new",
    "calls",
    "cards",
    "contribution",
    "contribution_picture",
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
