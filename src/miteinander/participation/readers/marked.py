"""The table of cards that comes back from a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import filled
from miteinander.core.sheets import mark_in
from miteinander.participation.readers.cards import LONGEST_NUMBER, Card
from miteinander.process.readers import Flawed, filled_table

if TYPE_CHECKING:
    from miteinander.core.errors import Text

CARDS: dict[str, Text] = {
    "number": _("Card"),
    "text": _("What it says"),
    "publish": _("May others read it"),
    "language": _("Language"),
}
"""The columns of the table of cards, by their heads."""


def cards_in(
    data: bytes, *, mark: Sequence[str], languages: Sequence[tuple[str, str]], longest: int
) -> tuple[list[Card], list[Flawed]]:
    """Read a table of cards; a card without a text was not filled in and is left out."""
    table = filled_table(data, CARDS, mark=mark, needs=("number", "text"))
    named = {name.casefold(): code for code, name in languages} | {c: c for c, _n in languages}
    found: list[Card] = []
    flaws = list(table.flaws)
    seen: dict[int, int] = {}
    for row in table.rows:
        text = table.cell(row, "text").strip()
        if not text:
            continue
        written = table.cell(row, "number").strip().removesuffix(".0")
        if not written.isdecimal() or len(written) > LONGEST_NUMBER or not int(written):
            sentence: Text = _("This card has no number. Please give it one that is not used yet.")
            flaws.append(Flawed(table.address(row, "number"), sentence))
            continue
        number = int(written)
        if number in seen:
            sentence = filled(
                _("Card %(n)s stands in row %(row)s as well."), n=number, row=seen[number]
            )
            flaws.append(Flawed(table.address(row, "number"), sentence))
            continue
        seen[number] = row.number
        if len(text) > longest:
            sentence = filled(_("A card holds at most %(most)s characters."), most=longest)
            flaws.append(Flawed(table.address(row, "text"), sentence))
            continue
        ticked = table.cell(row, "publish").strip()
        may_publish = mark_in(ticked)
        if may_publish is None:
            sentence = filled(_("“%(what)s” is neither yes nor no."), what=ticked[:40])
            flaws.append(Flawed(table.address(row, "publish"), sentence))
            continue
        said_in = table.cell(row, "language").strip().casefold()
        if said_in and said_in not in named:
            sentence = filled(_("The language “%(what)s” is not known here."), what=said_in[:40])
            flaws.append(Flawed(table.address(row, "language"), sentence))
            continue
        # An empty cell is no consent: such a card stays with the office.
        found.append(
            Card(row.number, number, text, may_publish, named.get(said_in, ""), key=str(number))
        )
    return found, flaws
