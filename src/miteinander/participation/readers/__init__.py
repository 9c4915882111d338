"""Foreign files as plain rows: tables of cards, drafts to comment on."""

from miteinander.participation.readers.cards import CARDS, Card, cards_in
from miteinander.participation.readers.drafts import Part, draft_in, passages_in

__all__ = ["CARDS", "Card", "Part", "cards_in", "draft_in", "passages_in"]
