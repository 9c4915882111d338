"""What the grid of cross-cutting themes and fields says in a sentence."""

from __future__ import annotations

import pytest

from miteinander.ui.coverage import said


@pytest.mark.parametrize(
    ("grid", "sentence"),
    [
        ([], "Noch nimmt keine Maßnahme ein Querschnittsthema auf."),
        ([("A", [("X", 0)])], "Noch nimmt keine Maßnahme ein Querschnittsthema auf."),
        (
            [("A", [("X", 1)])],
            (
                "„A“ kommt am häufigsten vor: in 1 Maßnahme. "
                "Jedes Thema kommt in jedem Handlungsfeld vor."
            ),
        ),
        (
            [("A", [("X", 2), ("Y", 0)]), ("B", [("X", 1), ("Y", 4)])],
            (
                "„B“ kommt am häufigsten vor: in 5 Maßnahmen. "
                "Im Feld „Y“ nimmt noch keine Maßnahme „A“ auf."
            ),
        ),
        (
            [("A", [("X", 2), ("Y", 0)]), ("B", [("X", 0), ("Y", 0)])],
            (
                "„A“ kommt am häufigsten vor: in 2 Maßnahmen. "
                "An 3 von 4 Stellen gibt es noch keine Maßnahme."
            ),
        ),
    ],
)
def test_it_says_what_is_most_and_what_is_missing(grid, sentence):
    assert said(grid) == sentence
