"""What may be read of review, objections and versions; and what a version contains."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, Q, QuerySet

from miteinander.adoption.models import ConceptVersion, Objection, Voice
from miteinander.adoption.rules import speaking_seat
from miteinander.adoption.states import Choice, ObjectionState, VersionState
from miteinander.community.models import Body, Seat
from miteinander.community.states import BodyKind
from miteinander.core.canonical import CHECKSUM, checksum_of
from miteinander.core.models import Link, Municipality, Thing
from miteinander.core.prepared import prepared
from miteinander.core.standing import Standing
from miteinander.participation.models import Theme
from miteinander.process.models import Process, Resolution
from miteinander.process.states import ResolutionKind, Result
from miteinander.strategy.models import Concept, CrossCuttingTheme, Goal, Measure
from miteinander.strategy.queries import ConceptOutline, GoalOutline, concept_outline, sources_of
from miteinander.strategy.states import FieldState, MeasureState

FORMAT = "miteinander.concept/1"
TRAVELLING = (ObjectionState.OPEN, ObjectionState.ANSWERED, ObjectionState.CARRIED)
"""Objections that stand beside a measure; withdrawn ones stay readable on their own page."""


# --- what somebody may see: twins of the right adoption.see_thing --------------------------


def _seen_by(municipality: Municipality, standing: Standing) -> Q:
    mine = standing.is_member and standing.municipality == municipality.pk
    return Q(municipality=municipality) & (Q() if mine else Q(is_public=True))


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
        .select_related("seat__body", "measure__goal__field__concept__process", "measure__lead")
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
        .select_related("seat", "measure__goal__field__concept")
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


# --- what a version contains ----------------------------------------------------------------


def content_of(concept: Concept, *, identifier: str, edition: int, at: datetime) -> dict[str, Any]:
    """Read an edition as plain data: bodies, organisations and functions, never people.

    Only what has been handed in is part of it, and only fields that were kept. The number of
    queries is fixed, however long the concept is. The checksum stands beside what it covers.
    """
    # A version is public for ever: only what is public at this moment may get into it.
    outline = concept_outline(concept, public_only=True)
    fields = [f for f in outline.fields if f.field.state == FieldState.KEPT]
    measures = [m for f in fields for m in f.measures if m.state != MeasureState.DRAFT]
    origins = _origins([*(g.pk for g in outline.goals), *(m.pk for m in measures)])
    objections = _objections(measures)
    chosen = {m.pk for m in measures}
    written = [
        {
            **_named(f.field),
            "scope": f.field.scope,
            "guiding_goal": f.field.guiding_goal,
            "working_group": _title_of(f.field.working_group),
            "former_titles": list(f.field.former_titles),
            "goals": [
                _goal(goal, chosen=chosen, origins=origins, objections=objections)
                for goal in f.goals
                if any(m.pk in chosen for m in goal.measures)
            ],
        }
        for f in fields
    ]
    content: dict[str, Any] = {
        "format": FORMAT,
        "municipality": {
            "name": concept.municipality.name,
            "official_key": concept.municipality.official_key,
            "state": concept.municipality.state,
            "is_example": concept.municipality.is_example,
        },
        "process": _process(concept.process),
        "concept": {**_named(concept), "text": concept.text},
        "version": {
            "identifier": identifier,
            "edition": edition,
            "frozen_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        },
        "counts": {
            "fields": len(written),
            "goals": sum(len(field["goals"]) for field in written),
            "measures": len(measures),
            "cross_cutting_themes": len(outline.cross_cutting_themes),
            "objections": sum(len(found) for found in objections.values()),
        },
        "cross_cutting_themes": [_theme(theme) for theme in outline.cross_cutting_themes],
        "fields": written,
        "retired_fields": _retired(outline),
    }
    return {**content, CHECKSUM: checksum_of(content)}


def _named(thing: Thing) -> dict[str, Any]:
    """Write what every part says about itself, its example mark included."""
    return {
        "identifier": thing.identifier,
        "number": thing.number,
        "title": thing.title,
        "language": thing.language,
        "is_example": thing.is_example,
    }


def _title_of(body: Body | None) -> str | None:
    return body.title if body is not None and body.is_public else None


def _reference(thing: Thing) -> dict[str, Any]:
    return {
        "identifier": thing.identifier, "title": thing.title, "is_example": thing.is_example,
    }  # fmt: skip


def _theme(theme: CrossCuttingTheme) -> dict[str, Any]:
    return {**_reference(theme), "language": theme.language, "text": theme.text}


def _retired(outline: ConceptOutline) -> list[dict[str, Any]]:
    return [
        {**_reference(field), "reason": field.retired_because} for field in outline.retired_fields
    ]


def _goal(
    outline: GoalOutline,
    *,
    chosen: set[int],
    origins: dict[int, dict[str, Any]],
    objections: dict[int, list[dict[str, Any]]],
) -> dict[str, Any]:
    goal: Goal = outline.goal
    return {
        **_named(goal),
        "text": goal.text,
        "need": goal.need,
        "evidence": goal.evidence,
        "effect": goal.effect,
        "indicator": goal.indicator,
        "no_indicator_reason": goal.no_indicator_reason,
        "origin": origins[goal.pk],
        "measures": [
            _measure(m, origin=origins[m.pk], objections=objections.get(m.pk, []))
            for m in outline.measures
            if m.pk in chosen
        ],
    }


def _measure(
    measure: Measure, *, origin: dict[str, Any], objections: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        **_named(measure),
        "text": measure.text,
        "first_steps": measure.first_steps,
        "target_groups": measure.target_groups,
        "lead": _reference(measure.lead) if measure.lead else None,
        "lead_state": measure.lead_state,
        "partners": [
            _reference(o) for o in sorted(measure.partners.all(), key=lambda o: (o.title, o.pk))
        ],
        "starts": measure.starts.isoformat() if measure.starts else None,
        "ends": measure.ends.isoformat() if measure.ends else None,
        "cost_once": measure.cost_once,
        "cost_yearly": measure.cost_yearly,
        "funding": measure.funding,
        "cross_cutting_themes": [
            _reference(theme)
            for theme in sorted(
                measure.cross_cutting_themes.all(), key=lambda theme: (theme.position, theme.pk)
            )
        ],
        "is_key": measure.is_key,
        "is_quick_win": measure.is_quick_win,
        "objections": objections,
        "origin": origin,
    }


def _process(process: Process) -> dict[str, Any]:
    mandate = (
        Resolution.objects.filter(
            process=process, resolution_kind=ResolutionKind.MANDATE, is_public=True
        )
        .select_related("body")
        .order_by("happened_on", "pk")
        .first()
    )
    return {
        "identifier": process.identifier,
        "title": process.title,
        "question": process.question,
        "starts": process.starts.isoformat(),
        "planned_months": process.planned_months,
        "lead_office": process.lead_office.organisation.title,
        "mandate": {
            **_reference(mandate),
            "body": mandate.body.title,
            "on": mandate.happened_on.isoformat() if mandate.happened_on else None,
            "precision": mandate.precision,
            "result": mandate.result,
            "text": mandate.text,
        }
        if mandate
        else None,
    }


def _objections(measures: Iterable[Measure]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = (
        Objection.objects.filter(measure__in=list(measures), state__in=TRAVELLING, is_public=True)
        .select_related("seat")
        .order_by("pk")
    )
    for objection in rows:
        found[objection.measure_id].append(
            {
                "identifier": objection.identifier,
                "is_example": objection.is_example,
                "language": objection.language,
                "seat": objection.seat.function,
                "reason": objection.reason,
                "response": objection.response,
                "state": objection.state,
            }
        )
    return dict(found)


def _origins(targets: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Where goals and measures come from: themes by name, contributions by number."""
    links = sources_of(targets)
    themes = Theme.objects.in_bulk([s.source_id for s in links if s.source_kind == Theme.KIND])
    by_target: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_target[link.target_id].append(link)
    return {target: _origin(by_target[target], themes) for target in targets}


def _origin(links: Sequence[Link], themes: dict[int, Theme]) -> dict[str, Any]:
    grown = [themes[s.source_id] for s in links if s.source_id in themes]
    meetings = {s.context.title for s in links if s.context and s.context.is_public}
    return {
        "themes": [
            {**_reference(theme), "contributions": theme.gathered}
            for theme in grown
            if theme.is_public
        ],
        "contributions": sum(theme.gathered for theme in grown)
        + sum(s.source_kind == "contribution" for s in links),
        "meetings": sorted(meetings),
    }
