"""What the brief of the steering group reads of review and objections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DateTimeField, Field, Value

from miteinander.adoption.models import Ballot, Objection, Voice
from miteinander.adoption.queries.ballots import ballots_without_voice_of
from miteinander.adoption.queries.lists import TRAVELLING
from miteinander.strategy.models import Concept
from miteinander.strategy.states import MeasureState

if TYPE_CHECKING:
    from miteinander.core.standing import Standing


def objections_in(concept: Concept) -> list[Objection]:
    """Objections to living measures of an edition that still stand, oldest first: one query."""
    rows = Objection.objects.filter(measure__goal__field__concept=concept, state__in=TRAVELLING)
    rows = rows.exclude(measure__state=MeasureState.RETIRED)
    return list(rows.select_related("seat", "measure").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a seat has answered of what it was asked, and what still waits for it."""

    spoken: set[int] = field(default_factory=set)
    """Measures on which it has spoken in the review."""
    ballots: list[Ballot] = field(default_factory=list)
    """Running ballots of the process in which this person has not voted; the next to end first."""


def asked_of(concept: Concept, standing: Standing, *, seat: int) -> Asked:
    """One query for both: the brief counts what it asks for."""
    ballots = ballots_without_voice_of(standing).filter(process=concept.process_id).order_by()
    voices = Voice.objects.filter(seat=seat, measure__goal__field__concept=concept).order_by()
    nothing = [Value(None, output_field=kind) for kind in NAMED.values()]
    found = ballots.values_list("pk", *NAMED).union(
        voices.values_list("measure", *nothing), all=True
    )
    asked = Asked()
    for pk, *named in found.order_by("closes_at"):
        if named[0] is None:
            asked.spoken.add(pk)
        else:
            told = dict(zip(NAMED, named, strict=True))
            town = concept.municipality_id
            asked.ballots.append(Ballot(pk=pk, kind=Ballot.KIND, municipality_id=town, **told))
    return asked


NAMED: dict[str, Field[Any, Any]] = {
    "identifier": CharField(),
    "title": CharField(),
    "language": CharField(),
    "closes_at": DateTimeField(),
}
"""What is read of a ballot."""
