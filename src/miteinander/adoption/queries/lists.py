"""What may be read of review, objections and versions."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q, QuerySet

from miteinander.adoption.models import ConceptVersion, Objection, Voice
from miteinander.adoption.rules import speaking_seat
from miteinander.adoption.states import Choice, ObjectionState, VersionState
from miteinander.community.models import Seat
from miteinander.community.states import BodyKind
from miteinander.core.models import Job, Municipality
from miteinander.core.prepared import prepared
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing
from miteinander.process.models import Process, Resolution
from miteinander.process.states import ResolutionKind, Result
from miteinander.strategy.models import Concept, Measure
from miteinander.strategy.states import MeasureState

TRAVELLING = (ObjectionState.OPEN, ObjectionState.ANSWERED, ObjectionState.CARRIED)
"""Objections that stand beside a measure; withdrawn ones stay readable on their own page."""


# --- what somebody may see: twins of the right adoption.see_thing --------------------------


def _seen_by(municipality: Municipality, standing: Standing) -> Q:
    everything = sees_all(municipality, standing)
    return Q(municipality=municipality) & (Q() if everything else Q(is_public=True))


def versions_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[ConceptVersion]:
    """Versions, newest first; `content` is deferred nowhere: pages of one version need it."""
    return (
        ConceptVersion.objects.filter(_seen_by(municipality, standing))
        .select_related("concept__process", "resolution__body")
        .order_by("-frozen_at", "-pk")
    )


def versions_of(concept: Concept, *, public_only: bool) -> list[ConceptVersion]:
    """List the versions of an edition, newest first, without their long texts."""
    return _versions_of(concept=concept.pk, public_only=public_only)


@prepared(concept=BigIntegerField())
def _versions_of(*, concept: Any, public_only: bool) -> QuerySet[ConceptVersion]:
    seen = Q(is_public=True) if public_only else Q()
    return (
        ConceptVersion.objects.filter(seen, concept=concept)
        .defer("content")
        .select_related("resolution__body")
        .order_by("-edition")
    )


def objections_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Objection]:
    return (
        Objection.objects.filter(_seen_by(municipality, standing))
        .select_related(
            "seat__body",
            "measure__goal__field__concept__process",
            "measure__lead",
            "option__ballot__process",
        )
        .defer("option__ballot__content")
        .order_by("-pk")
    )


def objections_to(measure: Measure, *, public_only: bool) -> list[Objection]:
    """Objections that travel with a measure, oldest first; one query."""
    return _objections_to(measure=measure.pk, public_only=public_only)


@prepared(measure=BigIntegerField())
def _objections_to(*, measure: Any, public_only: bool) -> QuerySet[Objection]:
    seen = Q(is_public=True) if public_only else Q()
    found = Objection.objects.filter(seen, measure=measure, state__in=TRAVELLING)
    return found.select_related("seat").order_by("pk")


def objections_waiting(municipality: Municipality) -> QuerySet[Objection]:
    """Objections without an answer, oldest first; *Heute* counts them."""
    return (
        Objection.objects.filter(municipality=municipality, state=ObjectionState.OPEN)
        .select_related("seat", "measure__goal__field__concept", "option")
        .order_by("pk")
    )


def latest_adopted(municipality: Municipality) -> ConceptVersion | None:
    """Find the version in force: what the command line exports by itself."""
    return (
        ConceptVersion.objects.filter(municipality=municipality, state=VersionState.ADOPTED)
        .select_related("concept")
        .order_by("-frozen_at", "-pk")
        .first()
    )


def version_to_build(pk: int) -> ConceptVersion:
    """For the worker, which has no standing: any version, with its town and its long text."""
    rows = ConceptVersion.objects.select_related("municipality__crest", "concept")
    return rows.get(pk=pk)


def versions_never_built(job: str) -> QuerySet[ConceptVersion]:
    """Versions for which no background work of this name was ever begun; asked by the schedule."""
    begun = Job.objects.filter(name=job, thing=OuterRef("pk"))
    rows = ConceptVersion.objects.filter(~Exists(begun)).defer("content")
    return rows.select_related("municipality").order_by("pk")


def version_json(version: ConceptVersion) -> bytes:
    """Return the exact stored bytes: the same version is the same file for ever."""
    return version.content.encode()


def content_frozen_in(version: ConceptVersion) -> dict[str, Any]:
    """Read the stored text back as plain data, for documents."""
    content: dict[str, Any] = json.loads(version.content)
    return content


# --- review -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One measure under review: who has spoken, as counts, and what one's own seat said."""

    measure: Measure
    agree: int
    object: int
    silent: int
    own: Voice | None


def voting_seats(process: Process) -> QuerySet[Seat]:
    """Seats of the process's steering group that have a voice."""
    return Seat.objects.filter(
        body__processes=process, body__body_kind=BodyKind.STEERING_GROUP, has_voice=True
    ).distinct()


def own_seat(standing: Standing) -> Seat | None:
    """Return the steering-group seat that somebody speaks for now; one query, or none."""
    held = speaking_seat(standing)
    return Seat.objects.select_related("body").get(pk=held.seat) if held else None


def reviews_waiting(municipality: Municipality, seat: Seat) -> int:
    """Count the measures under review for which a seat has not spoken yet (*Heute*)."""
    return (
        Measure.objects.filter(
            municipality=municipality,
            state=MeasureState.SUBMITTED,
            goal__field__concept__process__bodies=seat.body_id,
        )
        .exclude(voices__seat=seat)
        .count()
    )


def review_of(concept: Concept, standing: Standing) -> list[ReviewLine]:
    """All measures that are handed in, with the state of their review: four queries."""
    measures = list(
        Measure.objects.filter(goal__field__concept=concept, state=MeasureState.SUBMITTED)
        .select_related("lead", "goal__field__concept__process")
        .order_by("goal__field__position", "goal__position", "position", "pk")
    )
    counted: Counter[tuple[int, str]] = Counter()
    rows = (
        Voice.objects.filter(measure__goal__field__concept=concept)
        .values_list("measure", "choice")
        .annotate(n=Count("pk"))
    )
    for measure, choice, number in rows:
        counted[measure, choice] = number
    held = speaking_seat(standing)
    own = (
        {
            voice.measure_id: voice
            for voice in Voice.objects.filter(seat=held.seat, measure__goal__field__concept=concept)
        }
        if held
        else {}
    )
    seats = voting_seats(concept.process).count()
    return [
        ReviewLine(
            measure=measure,
            agree=counted[measure.pk, Choice.AGREE],
            object=counted[measure.pk, Choice.OBJECT],
            silent=max(
                0,
                seats - counted[measure.pk, Choice.AGREE] - counted[measure.pk, Choice.OBJECT],
            ),
            own=own.get(measure.pk),
        )
        for measure in measures
    ]


def standing_objection(measure: Measure, seat: int) -> Objection | None:
    """Return the objection that a seat upholds against a measure, if it does."""
    return (
        Objection.objects.filter(measure=measure, seat=seat, state__in=TRAVELLING)
        .order_by("-pk")
        .first()
    )


def resolutions_for(concept: Concept) -> QuerySet[Resolution]:
    """Resolutions that can adopt a version of this edition."""
    return (
        Resolution.objects.filter(
            process=concept.process_id, resolution_kind=ResolutionKind.ADOPTION
        )
        .exclude(result=Result.REJECTED)
        .select_related("body")
        .order_by("-happened_on", "-pk")
    )
