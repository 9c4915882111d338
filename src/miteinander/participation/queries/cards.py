"""What a table of cards would change: new cards, known ones, and those with another text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from miteinander.participation.models import Call, CardRow, Contribution
from miteinander.participation.states import ContributionState
from miteinander.process.models import Meeting

if TYPE_CHECKING:
    from miteinander.participation.readers import Card


@dataclass(frozen=True, slots=True)
class CardChange:
    """A card of the table beside what is kept of it."""

    card: Card
    sort: Literal["new", "same", "changed", "withdrawn"]
    kept: Contribution | None = None


def compared(meeting: Meeting | None, call: Call, cards: Sequence[Card]) -> list[CardChange]:
    """Compare cards with what was entered from them before: one query."""
    rows = CardRow.objects.filter(meeting=meeting, call=call).select_related("contribution")
    known = {row.key: row.contribution for row in rows if row.key}
    return [_compared(card, known.get(card.key)) for card in cards]


def _compared(card: Card, kept: Contribution | None) -> CardChange:
    if kept is None:
        return CardChange(card, "new")
    if kept.state == ContributionState.WITHDRAWN:
        return CardChange(card, "withdrawn", kept)
    is_same = kept.text.split() == card.text.split()
    return CardChange(card, "same" if is_same else "changed", kept)
