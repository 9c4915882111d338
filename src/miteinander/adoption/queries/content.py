"""What a version contains: the whole document as plain data, read once, when it is frozen.

Bodies, organisations and functions are named, never people; and only what is public at this
moment gets in, for a version is public for ever. The number of queries is fixed, however long
the concept is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from miteinander.adoption.models import Objection
from miteinander.adoption.queries.lists import TRAVELLING
from miteinander.adoption.queries.sheets import number, sheets_of
from miteinander.adoption.queries.surroundings import (
    bodies_of,
    counted_ballots_of,
    day,
    figures_known,
    meetings_of,
    named,
    participants_of,
    resolutions_of,
)
from miteinander.adoption.states import ObjectionState
from miteinander.core.canonical import CHECKSUM, checksum_of
from miteinander.core.models import Link, Municipality, Relation, Thing
from miteinander.participation.models import Theme
from miteinander.participation.queries import figures
from miteinander.process.models import Process
from miteinander.process.states import ResolutionKind
from miteinander.strategy.models import Concept, CrossCuttingTheme, Goal, Measure
from miteinander.strategy.queries import (
    ConceptOutline,
    GoalOutline,
    chapters_of,
    concept_outline,
    days_taken_over,
    sources_of,
)
from miteinander.strategy.states import FieldState, MeasureState

FORMAT = "miteinander.concept/2"
TOWN_FACTS = ("inhabitants", "inhabitants_year", "nations", "nations_year")
"""What is known of the town as a whole and may be quoted."""


def draft_content(concept: Concept, *, at: datetime) -> dict[str, Any]:
    """What a version would contain if it were frozen now (the preview in the workspace)."""
    return content_of(concept, identifier="-", edition=concept.versions.count() + 1, at=at)


def content_of(
    concept: Concept,
    *,
    identifier: str,
    edition: int,
    at: datetime,
    implementation: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Read an edition as plain data, with the checksum beside what it covers.

    Only what has been handed in is part of it, and only fields that were kept. How measures
    stand is known to a later stage; whoever freezes brings it as `implementation`.
    """
    # A version is public for ever: only what is public at this moment may get into it.
    outline = concept_outline(concept, public_only=True)
    fields = [f for f in outline.fields if f.field.state == FieldState.KEPT]
    measures = [m for f in fields for m in f.measures if m.state != MeasureState.DRAFT]
    origins = _origins([*(g.pk for g in outline.goals), *(m.pk for m in measures)])
    objections = _objections(measures)
    opinions = _minority_opinions(concept.process)
    chosen = {m.pk for m in measures}
    sheets = sheets_of(concept, measures)
    written = [
        {
            **_named(f.field),
            "scope": f.field.scope,
            "guiding_goal": f.field.guiding_goal,
            "working_group": _title_of(f.field.working_group),
            "former_titles": list(f.field.former_titles),
            "goals": [
                _goal(goal, sheets=sheets, origins=origins, objections=objections)
                for goal in f.goals
                if any(m.pk in chosen for m in goal.measures)
            ],
        }
        for f in fields
    ]
    process, today = concept.process, localdate(at)
    meetings = meetings_of(process, until=today)
    resolutions = resolutions_of(process)
    bodies = bodies_of(process, on=today)
    participants = participants_of(process, measures)
    content: dict[str, Any] = {
        "format": FORMAT,
        "municipality": _municipality(concept.municipality),
        "process": _process(process, resolutions),
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
            "objections": sum(len(found) for found in objections.values()) + len(opinions),
        },
        "figures": figures_known(
            process,
            received=figures(process).received,
            meetings=meetings,
            bodies=bodies,
            participants=participants,
        ),
        "chapters": _chapters(concept),
        "bodies": bodies,
        "participants": participants,
        "phases": [
            {
                "title": phase.title,
                "kind": phase.phase_kind,
                "starts": phase.starts.isoformat(),
                "ends": day(phase.ends),
                "precision": phase.precision,
            }
            for phase in process.phases.all()
        ],
        "milestones": [
            {
                "title": milestone.title,
                "on": milestone.on.isoformat(),
                "reached_on": day(milestone.reached_on),
            }
            for milestone in process.milestones.all()
        ],
        "meetings": meetings,
        "resolutions": resolutions,
        "ballots": counted_ballots_of(process),
        "implementation": dict(implementation) if implementation else None,
        "cross_cutting_themes": [_theme(theme) for theme in outline.cross_cutting_themes],
        "fields": written,
        "minority_opinions": opinions,
        "retired_fields": _retired(outline),
    }
    return {**content, CHECKSUM: checksum_of(content)}


def _municipality(town: Municipality) -> dict[str, Any]:
    known = town.facts if isinstance(town.facts, dict) else {}
    return {
        "name": town.name,
        "official_key": town.official_key,
        "state": town.state,
        "accent": town.accent,
        "crest": _crest(town),
        "facts": {name: known[name] for name in TOWN_FACTS if isinstance(known.get(name), int)},
        "is_example": town.is_example,
    }


def _crest(town: Municipality) -> dict[str, Any] | None:
    """Which file it was; its bytes lie with the town, not in every version."""
    crest = town.crest
    if crest is None:
        return None
    return {
        "identifier": crest.identifier,
        "digest": crest.digest,
        "media_type": crest.media_type,
        "alternative_text": crest.alternative_text,
    }


def _chapters(concept: Concept) -> list[dict[str, Any]]:
    """The outline: what was left out, and what has nothing to say, is not part of it."""
    return [
        {
            "kind": chapter.chapter_kind,
            "title": chapter.title,
            "text": chapter.text,
            "language": concept.language,
            "is_example": chapter.is_example,
        }
        for chapter in chapters_of(concept)
        if not (chapter.is_left_out or chapter.is_missing)
    ]


def _named(thing: Thing) -> dict[str, Any]:
    """Write what every part says about itself, its example mark included."""
    return {
        "identifier": thing.identifier,
        "number": thing.number,
        "title": thing.title,
        "language": thing.language,
        "is_example": thing.is_example,
    }


def _title_of(body: Thing | None) -> str | None:
    return body.title if body is not None and body.is_public else None


def _theme(theme: CrossCuttingTheme) -> dict[str, Any]:
    return {**named(theme), "language": theme.language, "text": theme.text}


def _retired(outline: ConceptOutline) -> list[dict[str, Any]]:
    return [{**named(field), "reason": field.retired_because} for field in outline.retired_fields]


def _goal(
    outline: GoalOutline,
    *,
    sheets: dict[int, dict[str, Any]],
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
            {
                **_measure(m, origin=origins[m.pk], objections=objections.get(m.pk, [])),
                **sheets[m.pk],
            }
            for m in outline.measures
            if m.pk in sheets
        ],
    }


def _measure(
    measure: Measure, *, origin: dict[str, Any], objections: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        **_named(measure),
        "summary": measure.summary,
        "text": measure.text,
        "first_steps": measure.first_steps,
        "target_groups": measure.target_groups,
        "neighbourhoods": measure.neighbourhoods,
        "novelty": measure.novelty,
        "service": measure.service,
        "lead": named(measure.lead) if measure.lead else None,
        "lead_state": measure.lead_state,
        "partners": [
            named(o) for o in sorted(measure.partners.all(), key=lambda o: (o.title, o.pk))
        ],
        "horizon": measure.horizon,
        "starts": measure.starts.isoformat() if measure.starts else None,
        "ends": measure.ends.isoformat() if measure.ends else None,
        "cost_once": measure.cost_once,
        "cost_yearly": measure.cost_yearly,
        "funding": measure.funding,
        "funding_source": measure.funding_source,
        "staff_need": number(measure.staff_need),
        "risks": measure.risks,
        "cross_cutting_themes": [
            named(theme)
            for theme in sorted(
                measure.cross_cutting_themes.all(), key=lambda theme: (theme.position, theme.pk)
            )
        ],
        "is_key": measure.is_key,
        "is_quick_win": measure.is_quick_win,
        "objections": objections,
        "origin": origin,
    }


def _process(process: Process, resolutions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    mandates = (r for r in resolutions if r["kind"] == ResolutionKind.MANDATE)
    return {
        "identifier": process.identifier,
        "title": process.title,
        "question": process.question,
        "text": process.text,
        "aims": list(process.aims),
        "language": process.language,
        "starts": process.starts.isoformat(),
        "planned_months": process.planned_months,
        "lead_office": process.lead_office.organisation.title,
        "mandate": next(mandates, None),
    }


def _objections(measures: Iterable[Measure]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = (
        Objection.objects.filter(measure__in=list(measures), state__in=TRAVELLING, is_public=True)
        .select_related("seat")
        .order_by("pk")
    )
    for objection in rows:
        assert objection.measure_id is not None
        found[objection.measure_id].append(_objection(objection))
    return dict(found)


def _objection(objection: Objection) -> dict[str, Any]:
    return {
        "identifier": objection.identifier,
        "is_example": objection.is_example,
        "language": objection.language,
        "seat": objection.speaker,
        "reason": objection.reason,
        "response": objection.response,
        "state": objection.state,
    }


def _minority_opinions(process: Process) -> list[dict[str, Any]]:
    """Objections to what ballots put in words of their own, as far as they were carried along.

    Nobody can carry along what comes from a secret ballot: there its paper has allowed it.
    """
    rows = (
        Objection.objects.filter(
            Q(state=ObjectionState.CARRIED) | Q(seat=None),
            option__ballot__process=process,
            is_public=True,
        )
        .select_related("seat", "option__ballot__body")
        .defer("option__ballot__content")
        .order_by("pk")
    )
    return [
        {
            **_objection(objection),
            "subject": objection.subject,
            "question": objection.beside.title,
            "body": objection.option.ballot.body.title if objection.option else "",
        }
        for objection in rows
    ]


def _origins(targets: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Where goals and measures come from: themes by name, contributions by number.

    What was taken over from a document says on which day; its name may name people. Evidence is
    named as far as everybody may read it.
    """
    links = sources_of(targets)
    themes = Theme.objects.in_bulk([s.source_id for s in links if s.source_kind == Theme.KIND])
    by_target: dict[int, list[Link]] = defaultdict(list)
    evidence: dict[int, list[Thing]] = defaultdict(list)
    for link in links:
        if link.relation == Relation.GREW_INTO:
            by_target[link.target_id].append(link)
        elif link.source.is_public:
            evidence[link.target_id].append(link.source)
    days = days_taken_over(targets)
    return {
        target: {
            **_origin(by_target[target], themes),
            **({"document": days[target].isoformat()} if target in days else {}),
            **({"evidence": [named(t) for t in evidence[target]]} if target in evidence else {}),
        }
        for target in targets
    }


def _origin(links: Sequence[Link], themes: dict[int, Theme]) -> dict[str, Any]:
    grown = [themes[s.source_id] for s in links if s.source_id in themes]
    meetings = {s.context.title for s in links if s.context and s.context.is_public}
    return {
        "themes": [
            {**named(theme), "contributions": theme.gathered} for theme in grown if theme.is_public
        ],
        "contributions": sum(theme.gathered for theme in grown)
        + sum(s.source_kind == "contribution" for s in links),
        "meetings": sorted(meetings),
    }
