"""Cards come in from a table: each once, however often it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from miteinander.core.errors import Invalid
from miteinander.participation.actions.receiving import record_contribution
from miteinander.participation.actions.words import recognised
from miteinander.participation.models import Call, CardRow, Contribution
from miteinander.participation.queries.cards import compared
from miteinander.participation.states import Channel
from miteinander.process.models import Process

if TYPE_CHECKING:
    from miteinander.core.standing import Standing
    from miteinander.participation.readers import Card
    from miteinander.process.models import Meeting


def enter_cards(
    meeting: Meeting | None, call: Call, cards: Sequence[Card], *, by: Standing, at: datetime
) -> list[Contribution]:
    """Enter the cards that are new; what was entered before stays as it is.

    Without a meeting they answer the call: on a wall in the library, in a school, at a feast.

    Words are never changed afterwards: a card whose text differs from what was entered is left
    alone here and shown by the page.
    """
    assert meeting is None or call.process_id == meeting.process_id, "a call of this process"
    # Outside the transaction: recognising may load a model, and SQLite has one writer.
    languages = {
        card.key: card.language or recognised(card.text, otherwise=call.language) for card in cards
    }
    return _enter(meeting, call, cards, languages, by=by, at=at)


@transaction.atomic
def _enter(
    meeting: Meeting | None,
    call: Call,
    cards: Sequence[Card],
    languages: dict[str, str],
    *,
    by: Standing,
    at: datetime,
) -> list[Contribution]:
    # Two people sending the same table at once take turns here.
    process = Process.objects.select_for_update().get(pk=call.process_id)
    entered = []
    day = meeting.happened_on if meeting else min(localdate(at), localdate(call.closes_at))
    for change in compared(meeting, call, cards):
        if change.sort != "new":
            continue
        card = change.card
        try:
            contribution = record_contribution(
                process,
                text=card.text,
                channel=Channel.CARD,
                call=call,
                meeting=meeting,
                may_publish=card.may_publish,
                language=languages[card.key],
                happened_on=day,
                by=by,
                at=at,
            )
        except Invalid as problem:
            sentence = problem.fields.get("text", str(problem))
            raise Invalid({"file": f"{card.row}: {sentence}"}) from problem
        CardRow.objects.create(
            meeting=meeting,
            call=call,
            number=card.number,
            key=card.key,
            wall=card.wall,
            contribution=contribution,
        )
        entered.append(contribution)
    return entered
