"""Contributions that say nearly the same: for whoever writes, and for whoever sorts."""

from __future__ import annotations

from dataclasses import dataclass

from miteinander.core.search.near import near
from miteinander.core.standing import Standing
from miteinander.participation.models import Contribution
from miteinander.participation.queries.contributions import contributions_visible_to
from miteinander.participation.states import ContributionState
from miteinander.process.models import Process

SHORTEST_ASKED = 12
"""Characters below which nothing is compared: a word is no statement yet."""
SHOWN_WRITING, SHOWN_SORTING = 3, 8


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A contribution that is near another text, and whether it probably says the same."""

    contribution: Contribution
    is_same: bool


def published_near(process: Process, text: str, *, language: str) -> list[Contribution]:
    """For the form of a call: published ones, best first; three queries, none for a few letters.

    The text is compared and forgotten.
    """
    if len(text.strip()) < SHORTEST_ASKED:
        return []
    keys = [found.thing for found in near(process, text, language=language, most=SHOWN_WRITING)]
    rows = Contribution.objects.filter(
        pk__in=keys, process=process, state=ContributionState.PUBLISHED, is_public=True
    ).select_related("call__phase", "replies_to")
    return sorted(rows, key=lambda row: keys.index(row.pk))


def neighbours_of(contribution: Contribution, standing: Standing) -> list[Neighbour]:
    """For whoever sorts: what else is worked with, unpublished ones too; three queries."""
    found = near(
        contribution.process,
        contribution.text,
        language=contribution.language,
        with_inside=True,
        most=3 * SHOWN_SORTING,
    )
    same = {each.thing: each.is_same for each in found if each.thing != contribution.pk}
    rows = contributions_visible_to(contribution.process, standing).filter(
        pk__in=same, is_counted=True, is_merged=False, is_split=False
    )
    rows = rows.select_related("theme", "call", "replies_to")
    keys = list(same)
    ordered = sorted(rows, key=lambda row: keys.index(row.pk))[:SHOWN_SORTING]
    return [Neighbour(row, same[row.pk]) for row in ordered]
