"""Cards that come back in a table: the one from the kit of a meeting, or any other."""

from miteinander.participation.readers.cards import (
    Card,
    CardField,
    CardTable,
    ReadCards,
    column_in,
    read_cards,
)
from miteinander.participation.readers.marked import CARDS, cards_in

__all__ = [
    "CARDS",
    "Card",
    "CardField",
    "CardTable",
    "ReadCards",
    "cards_in",
    "column_in",
    "read_cards",
]
