"""All that the brief of the steering group reads, in two queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, When

from miteinander.adoption.models import Ballot, BallotOption, Objection, Voice
from miteinander.adoption.queries.ballots import ballots_without_voice_of
from miteinander.adoption.queries.lists import TRAVELLING
from miteinander.adoption.rules import speaking_seat
from miteinander.adoption.states import BallotState
from miteinander.community.models import Seat
from miteinander.core.prepared import there
from miteinander.core.rows import Rows
from miteinander.strategy import queries as strategy
from miteinander.strategy.states import ConceptState

if TYPE_CHECKING:
    from miteinander.core.models import Event, Municipality
    from miteinander.core.standing import Standing
    from miteinander.strategy.models import Concept, Overlap
    from miteinander.strategy.queries import LoadMap


OBJECTED = ("pk", "identifier", "title", "language", "state", "reason", "seat__function")
"""What is read of an objection; what it is about follows."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """One edition as it stands before a meeting, for one reader."""

    concept: Concept
    looked_at: datetime | None
    """When this reader last looked."""
    since: datetime | None
    """When they did before this visit; what changed after it is new."""
    load: LoadMap
    changes: list[Event]
    overlaps: list[Overlap]
    objections: list[Objection]
    """As long as they stand, the oldest first: to living measures, and to words of a ballot."""
    has_seat: bool
    spoken: set[int]
    """Measures on which the seat of this reader has spoken in the review."""
    own_ballots: list[Ballot]
    """Running ballots in which this reader has not voted; the next to end first."""
    other_ballots: list[Ballot]
    """Those that are open for others, and those that are counted but led to nothing yet."""


def briefing(municipality: Municipality, identifier: str, standing: Standing) -> Briefing:
    """Two queries, however much there is: the edition with all that is said of it, its measures."""
    rows = strategy.concepts_visible_to(municipality, standing).filter(identifier=identifier)
    concept: Any = there(list(_with_what_waits(rows, standing)))
    load = strategy.load_map(concept)
    known = {measure.pk: measure for measure in load.measures}
    ballots = [
        Ballot(
            pk=pk, kind=Ballot.KIND, municipality=municipality, identifier=name, title=title,
            language=language, state=state, closes_at=closes_at,
        )
        for pk, name, title, language, state, closes_at in concept.told_ballots
    ]  # fmt: skip
    own = {pk for (pk,) in concept.told_own_ballots}
    return Briefing(
        concept=concept,
        looked_at=concept.looked_at,
        since=concept.since,
        load=load,
        changes=strategy.changes_of(concept),
        overlaps=strategy.overlaps_beside(concept, load.measures),
        objections=sorted(
            (
                Objection(
                    pk=pk, kind=Objection.KIND, municipality=municipality, identifier=name,
                    title=title, language=language, state=state, reason=reason,
                    measure=known.get(measure), option=BallotOption(title=words) if words else None,
                    seat=Seat(function=function) if function else None,
                )
                for pk, name, title, language, state, reason, function, measure, words in (
                    *((*row, "") for row in concept.told_objections),
                    *((*row[:-1], None, row[-1]) for row in concept.told_objections_to_words),
                )
                if measure in known or words
            ),
            key=lambda objection: objection.pk,
        ),
        has_seat=speaking_seat(standing) is not None,
        spoken={measure for (measure,) in concept.told_voices},
        own_ballots=[ballot for ballot in ballots if ballot.pk in own],
        other_ballots=[ballot for ballot in ballots if ballot.pk not in own],
    )  # fmt: skip


def _with_what_waits(concepts: QuerySet[Concept], standing: Standing) -> QuerySet[Concept]:
    of_edition = {"measure__goal__field__concept": OuterRef("pk")}
    held = speaking_seat(standing)
    standing_ones = Objection.objects.filter(state__in=TRAVELLING).order_by("pk")
    objections = standing_ones.filter(**of_edition)
    to_words = standing_ones.filter(option__ballot__process=OuterRef("process"))
    voices = Voice.objects.filter(**of_edition, seat=held.seat if held else None).order_by()
    own = ballots_without_voice_of(standing).filter(process=OuterRef("process")).order_by()
    return strategy.with_what_changed(concepts, standing).annotate(
        told_objections=Rows(objections, *OBJECTED, "measure"),
        told_objections_to_words=Rows(to_words, *OBJECTED, "option__title"),
        told_voices=Rows(voices, "measure"),
        told_ballots=Rows(
            _ballots(), "pk", "identifier", "title", "language", "state", "closes_at"
        ),
        told_own_ballots=Rows(own, "pk"),
    )  # fmt: skip


def _ballots() -> QuerySet[Ballot]:
    """Open ones, and while the edition is being drafted counted ones that led to no resolution."""
    counted = Q(
        state=BallotState.CLOSED,
        resolution=None,
        process__concept__state=ConceptState.DRAFTING,
    )
    return (
        Ballot.objects.filter(Q(state=BallotState.OPEN) | counted, process=OuterRef("process"))
        .annotate(
            turn=Case(When(state=BallotState.OPEN, then=0), default=1, output_field=IntegerField())
        )
        .order_by("turn", "closes_at", "pk")
    )
