"""Foreign files as plain rows: cards of a wall in any table, drafts to comment on."""

from miteinander.participation.readers.cards import (
    Card,
    CardField,
    CardTable,
    ReadCards,
    column_in,
    read_cards,
)
from miteinander.participation.readers.drafts import Part, draft_in, passages_in
from miteinander.participation.readers.marked import CARDS, cards_in

__all__ = [
    "CARDS",
    "Card",
    "CardField",
    "CardTable",
    "Part",
    "ReadCards",
    "cards_in",
    "column_in",
    "draft_in",
    "passages_in",
    "read_cards",
]
