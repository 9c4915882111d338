"""Which statement somebody sees next: chosen while they wait, without NumPy (decision 120).

The worker fits a model to all votes now and then and keeps its parameters; here they are read, and
:mod:`miteinander.analysis.opinion.one_person` chooses. Before there is a model the statement that
the fewest have seen comes first, so that all get their first votes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from miteinander.participation.queries import maps

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Statement
    from miteinander.participation.queries import OwnVote


def next_statement(
    call: Call, statements: Sequence[Statement], votes: Sequence[OwnVote]
) -> Statement | None:
    """The one to show to somebody who said `votes`; None when they have seen all. One query."""
    from miteinander.analysis.opinion import one_person  # deferred: only where one votes

    by_pk = {statement.pk: statement for statement in statements}
    said = {str(by_pk[v.statement].order): v.value for v in votes if v.statement in by_pk}
    by_name = {str(statement.order): statement for statement in statements}
    kept = maps.parameters_of(call)
    if kept:
        model = one_person.read(kept, kept["names"])
        chosen = one_person.next_one(model, list(by_name), said)
        return by_name[chosen[0]] if chosen else None
    openness = [s for s in statements if str(s.order) not in said]
    if not openness:
        return None
    asked = maps.asked_so_far(call)
    return min(openness, key=lambda s: (asked.get(s.pk, 0), s.order))
