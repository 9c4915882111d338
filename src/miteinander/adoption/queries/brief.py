"""What the brief of the steering group reads of review and objections."""

from __future__ import annotations

from miteinander.adoption.models import Objection, Voice
from miteinander.adoption.queries.lists import TRAVELLING
from miteinander.strategy.models import Concept
from miteinander.strategy.states import MeasureState


def objections_in(concept: Concept) -> list[Objection]:
    """Objections to living measures of an edition that still stand, oldest first: one query."""
    rows = Objection.objects.filter(measure__goal__field__concept=concept, state__in=TRAVELLING)
    rows = rows.exclude(measure__state=MeasureState.RETIRED)
    return list(rows.select_related("seat", "measure").order_by("pk"))


def spoken_on(concept: Concept, seat: int) -> set[int]:
    """Measures of an edition on which a seat has spoken: one query."""
    rows = Voice.objects.filter(seat=seat, measure__goal__field__concept=concept)
    return set(rows.values_list("measure", flat=True))
