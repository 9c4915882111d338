"""Rows of a ballot become a file, and the file becomes the result: what anybody can repeat."""

from miteinander.adoption.insights.counting import counted
from miteinander.adoption.insights.rows import count_ballot, exported
from miteinander.adoption.insights.sheets import Asked, Choice, Counted, File, Paper, sheet_of

__all__ = [
    "Asked",
    "Choice",
    "Counted",
    "File",
    "Paper",
    "count_ballot",
    "counted",
    "exported",
    "sheet_of",
]
