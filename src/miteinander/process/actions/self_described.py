"""Draws by what people told of themselves: it counts, and nobody reads it of anybody.

See decision 107: combinations that fewer than five people share count as “not said”, and quotas
leave so much room that a drawn person's characteristic cannot be concluded from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Refusal, filled
from miteinander.process.models import Draw, NumberedPanels
from miteinander.process.states import DrawState

FEWEST = 5
"""So many people at least share what is told; so many places at least are drawn."""
MOST_CERTAIN = Fraction(4, 5)
"""Of a panel, so much at most may be fixed to one value."""
NOT_SAID = "keine Angabe"
"""The value of those who say nothing: they count as a group of their own, and can be drawn."""
Kind = tuple[tuple[str, str], ...]


def blurred(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The same people in groups of at least `FEWEST`: whoever is in a smaller one says nothing.

    Where even those who say nothing would be too few, the smallest group joins them.
    """
    silent = dict.fromkeys((name for row in rows for name in row), NOT_SAID)
    rest = _kind(silent)
    counts = Counter(_kind(row) for row in rows)
    quiet = {one for one, count in counts.items() if count < FEWEST} | {rest}
    loud = sorted((count, one) for one, count in counts.items() if one not in quiet)
    if loud and 0 < sum(counts[one] for one in quiet) < FEWEST:
        quiet.add(loud[0][1])
    return [dict(silent) if _kind(row) in quiet else dict(row) for row in rows]


def _kind(row: Mapping[str, str]) -> Kind:
    return tuple(sorted(row.items()))


def too_certain(draw: Draw, quotas: Sequence[Sequence[Any]]) -> Refusal | None:
    """Why these quotas would tell too much of those drawn; None where they do not."""
    if not draw.told:
        return None
    if draw.size < FEWEST:
        return Closed(
            filled(
                _("By what people told of themselves, at least %(n)s places are drawn."), n=FEWEST
            ),
            do=_("Please draw more places, or leave these characteristics out."),
        )
    most = int(MOST_CERTAIN * draw.size)
    for name in draw.told:
        rows = [row for row in quotas if row[0] == name]
        for row in rows:
            others = sum(other[3] for other in rows if other is not row)
            fixed = max(row[2], draw.size - others)
            if fixed > most:
                words = {"name": name, "value": row[1], "n": fixed, "size": draw.size}
                return Closed(
                    filled(
                        _(
                            "%(name)s, %(value)s: with at least %(n)s of %(size)s places, one "
                            "would nearly know what those drawn said of themselves."
                        ),
                        **words,
                    ),
                    do=filled(_("Please ask for %(most)s places at most."), most=most),
                )
    return None


def untell(people: Collection[int]) -> None:
    """What these people said counts no longer in any draw that is not announced yet.

    The pool is emptied: with one person less in it, the numbers would tell what they had said.
    """
    open_states = (DrawState.PREPARING, DrawState.COMPUTING, DrawState.LISTED)
    found = Draw.objects.filter(tickets__person__in=people, state__in=open_states)
    for draw in Draw.objects.select_for_update().filter(pk__in=found.values("pk")):
        said = draw.tickets.filter(person__in=people).values_list("values", flat=True)
        if not draw.told or all(set(values.values()) <= {NOT_SAID} for values in said):
            continue
        draw.tickets.all().delete()
        NumberedPanels.objects.filter(draw=draw).delete()
        draw.quotas, draw.told, draw.state = [], [], DrawState.PREPARING
        draw.save(update_fields=["quotas", "told", "state"])


def forget_told(draw: Draw) -> None:
    """Nobody moves up any more: what was told has no purpose left."""
    if draw.told:
        draw.tickets.update(values={})
