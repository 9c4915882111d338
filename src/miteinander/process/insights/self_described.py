"""Draws by what people told of themselves, held against everything else that is shown of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.community import insights as community
from miteinander.community.actions.sharing import locked
from miteinander.community.states import CoverageKind
from miteinander.core.errors import Closed
from miteinander.process import actions
from miteinander.process.actions import Candidate

if TYPE_CHECKING:
    from miteinander.core.standing import Standing
    from miteinander.process.models import Draw


@transaction.atomic
def take_told(
    draw: Draw,
    *,
    people: Sequence[Candidate],
    told: Mapping[str, str],
    by: Standing,
    at: datetime,
) -> Draw:
    """Take people into the pool with what they told: kinds, and what they are called.

    A draw shows how many have which value, and so do quotas that can be met and the list of
    panels. So it is one more view of the same statements: it is refused where somebody could
    compute a small number from it and what was shown before (decisions 86 and 107). Compared is
    what was said, not the groups of five made of it: which of two joins those who say nothing
    would tell, too, who came in between.
    """
    locked(draw.municipality)  # before the draw, like everybody who describes themselves
    draw = actions.take_pool(draw, people=people, told=list(told.values()), by=by, at=at)
    for kind, name in told.items():
        said = {one.person.pk: one.values[name] for one in people if one.person}
        said = {person: word for person, word in said.items() if word}
        if not community.may_show(
            draw.municipality, draw, CoverageKind(kind), said, size=len(people), at=at
        ):
            raise Closed(
                _(
                    "From these numbers and others that were shown in the last twelve months one "
                    "could compute what single people said of themselves."
                ),
                do=_("Please draw without these characteristics."),
                where=name,
            )
    return draw
