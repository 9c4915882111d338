"""What is asked for taking documents over: the concept at a glance, and one's own previews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from miteinander.community.models import Organisation
from miteinander.community.states import ImportState
from miteinander.core.models import Municipality, Thing
from miteinander.core.standing import Standing
from miteinander.strategy.models import (
    Concept,
    ConceptImport,
    ConceptLine,
    ConceptSource,
    CrossCuttingTheme,
    FieldOfAction,
    Goal,
    Indicator,
    Measure,
    SourcePart,
)
from miteinander.strategy.models.wordings import Draft
from miteinander.strategy.queries.wordings import as_words
from miteinander.strategy.states import ConceptState, LineKind, LineOutcome, MeasureState

KEPT = timedelta(days=7)
"""How long a preview waits for somebody's word."""
VALUES = {
    LineKind.FIELD: ("title", "scope", "guiding_goal"),
    LineKind.GOAL: ("title", "text", "need", "evidence", "indicator"),
    LineKind.MEASURE: (
        "title", "text", "summary", "first_steps", "target_groups", "lead", "partners", "starts",
        "ends", "horizon", "cost_once", "cost_yearly", "funding", "funding_source", "staff_need",
        "novelty", "neighbourhoods", "risks", "is_key", "is_quick_win", "cross_cutting_themes",
        "indicators",
    ),
}  # fmt: skip
"""What a document can say of each kind, by the names of the columns."""


@dataclass(slots=True)
class KnownPart:
    """A field, goal or measure as it stands, in plain values."""

    pk: int
    kind: str
    title: str
    number: str
    parent: int | None
    values: dict[str, Any]
    is_retired: bool = False
    is_draft: bool = True
    source_key: str = ""
    source_number: str = ""
    source_said: dict[str, Any] | None = None
    """What a document said of it when it was taken in last; None where it came from none."""


@dataclass(slots=True)
class Ground:
    """A concept at a glance, with the names that a document may use."""

    parts: dict[int, KnownPart] = field(default_factory=dict)
    organisations: dict[int, str] = field(default_factory=dict)
    themes: dict[int, str] = field(default_factory=dict)
    seen: list[int] = field(default_factory=list)
    language: str = "de"


def ground_of(concept: Concept) -> Ground:
    """Read a concept to hold a document against: eleven queries, whatever its size."""
    found = Ground(seen=fingerprint_of_concept(concept), language=concept.language)
    said = {
        part.thing_id: part
        for part in SourcePart.objects.filter(source__concept=concept).defer("place")
    }
    for row in FieldOfAction.objects.filter(concept=concept).order_by("position", "pk"):
        found.parts[row.pk] = _part(row, LineKind.FIELD, None, said)
        found.parts[row.pk].is_retired = row.retired_on is not None
    for goal in Goal.objects.filter(field__concept=concept).order_by("position", "pk"):
        found.parts[goal.pk] = _part(goal, LineKind.GOAL, goal.field_id, said)
        found.parts[goal.pk].is_retired = goal.retired_on is not None
    measures = Measure.objects.filter(goal__field__concept=concept)
    partners = _pairs(Measure.partners.through, measures, "organisation_id")
    themes = _pairs(Measure.cross_cutting_themes.through, measures, "crosscuttingtheme_id")
    indicators: dict[int, list[Any]] = defaultdict(list)
    rows = Indicator.objects.filter(measure__goal__field__concept=concept)
    for measure_pk, title in rows.values_list("measure_id", "title"):
        indicators[measure_pk].append(title)
    for measure in measures.order_by("position", "pk"):
        part = _part(measure, LineKind.MEASURE, measure.goal_id, said)
        part.is_retired = measure.state == MeasureState.RETIRED
        part.is_draft = measure.state == MeasureState.DRAFT
        part.values |= {
            "lead": measure.lead_id,
            "partners": sorted(partners[measure.pk]),
            "cross_cutting_themes": sorted(themes[measure.pk]),
            "indicators": indicators[measure.pk],
            "staff_need": as_words(measure.staff_need) or None,
            "starts": measure.starts.isoformat() if measure.starts else None,
            "ends": measure.ends.isoformat() if measure.ends else None,
        }
        found.parts[measure.pk] = part
    there = {"municipality_id": concept.municipality_id, "retired_on": None}
    found.organisations = dict(Organisation.objects.filter(**there).values_list("pk", "title"))
    found.themes = dict(
        CrossCuttingTheme.objects.filter(concept=concept, retired_on=None).values_list(
            "pk", "title"
        )
    )
    return found


_OTHERWISE = frozenset({"lead", "partners", "cross_cutting_themes", "indicators", "staff_need",
                        "starts", "ends"})  # fmt: skip


def _part(
    row: Any, kind: LineKind, parent: int | None, said: Mapping[int, SourcePart]
) -> KnownPart:
    source = said.get(row.pk)
    return KnownPart(
        pk=row.pk,
        kind=kind,
        title=row.title,
        number=row.number,
        parent=parent,
        values={name: getattr(row, name) for name in VALUES[kind] if name not in _OTHERWISE},
        is_draft=row.handed_in_id is None,
        source_key=source.key if source else "",
        source_number=source.number if source else "",
        source_said=source.said if source else None,
    )


def _pairs(through: Any, measures: QuerySet[Measure], other: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows: Iterable[tuple[int, int]] = through.objects.filter(
        measure__in=measures.order_by()
    ).values_list("measure_id", other)
    for measure, pk in rows:
        found[measure].append(pk)
    return found


def fingerprint_of_concept(concept: Concept) -> list[int]:
    """How a concept stands; another one says that somebody wrote something meanwhile."""
    found: list[int] = []
    for rows in (
        FieldOfAction.objects.filter(concept=concept),
        Goal.objects.filter(field__concept=concept),
        Measure.objects.filter(goal__field__concept=concept),
    ):
        told = rows.aggregate(count=Count("pk"), last=Max("pk"), saves=Sum("revision"))
        found += [told["count"], told["last"] or 0, told["saves"] or 0]
    return found


# --- previews: twin of the rule "strategy.shape_concept", and of one's own only -------------------


def concept_imports_of(municipality: Municipality, standing: Standing) -> QuerySet[ConceptImport]:
    """Somebody's own documents, without their bytes; those of others do not exist for them.

    Each says how many of its entries wait for a word (`undecided`).
    """
    mine = ConceptImport.objects.filter(concept__municipality=municipality, owner=standing.user)
    found = mine if standing.is_coordinator else mine.none()
    waiting = ConceptLine.objects.filter(
        concept_import=OuterRef("pk"), outcome=LineOutcome.SIMILAR, decision=""
    )
    counts = waiting.order_by().values("concept_import").annotate(count=Count("pk"))
    found = found.annotate(undecided=Coalesce(Subquery(counts.values("count")), 0))
    return (
        found.filter(concept__municipality=standing.municipality)
        .defer("content")
        .select_related("concept__process", "job")
    )


def concepts_being_drafted(municipality: Municipality) -> QuerySet[Concept]:
    """Into which something can be taken over, from the command line: the latest first."""
    return (
        Concept.objects.filter(municipality=municipality, state=ConceptState.DRAFTING)
        .select_related("process")
        .order_by("-pk")
    )


def lines_of_import(found: ConceptImport, outcome: str = "") -> QuerySet[ConceptLine]:
    lines = ConceptLine.objects.filter(concept_import=found).order_by("position")
    return lines.filter(outcome=outcome) if outcome else lines


def concept_import_to_read(pk: int) -> ConceptImport | None:
    """A document that waits for the worker; None when it was dropped meanwhile."""
    return (
        ConceptImport.objects.select_related("concept__municipality", "concept__process", "owner")
        .filter(pk=pk)
        .first()
    )


def concept_imports_left(at: datetime) -> QuerySet[ConceptImport]:
    """Documents that nobody has decided about for a week."""
    return ConceptImport.objects.filter(received_at__lt=at - KEPT)


def import_is_worked_on(found: ConceptImport) -> bool:
    return found.state in {ImportState.READING, ImportState.WRITING}


def taken_from(row: Draft) -> SourcePart | None:
    """Where in which document it stands; no query of a row that was asked for by its address."""
    return getattr(row, "source_part", None)


def days_taken_over(things: Iterable[int]) -> dict[int, date]:
    """Of each thing that came from a document, the day on which it was taken over; one query."""
    parts = SourcePart.objects.filter(thing__in=list(things))
    found = parts.values_list("thing_id", "source__taken_at")
    return {thing: localdate(taken_at) for thing, taken_at in found}


def sources_of_concept(concept: Concept) -> QuerySet[ConceptSource]:
    """The documents that were taken in, the latest first."""
    return ConceptSource.objects.filter(concept=concept)


def counted_lines(lines: Iterable[ConceptLine]) -> dict[str, dict[str, int]]:
    """How many entries of each kind came out how."""
    totals: dict[str, dict[str, int]] = {}
    for line in lines:
        of = totals.setdefault(str(line.subject), {})
        of[str(line.outcome)] = of.get(str(line.outcome), 0) + 1
    return totals


def names_of_lines(lines: Iterable[ConceptLine]) -> dict[int, str]:
    """The organisations and themes that entries name: one query."""
    wanted: set[int] = set()
    for line in lines:
        wanted.update(line.says.get("partners", ()), line.says.get("cross_cutting_themes", ()))
        wanted.update([line.says["lead"]] if line.says.get("lead") else [])
    return dict(Thing.objects.filter(pk__in=wanted).values_list("pk", "title")) if wanted else {}


def lines_left_out(lines: Iterable[ConceptLine]) -> list[ConceptLine]:
    """What does not come in: not decided about, left, or below something that does not."""
    gone: set[int] = set()
    found = []
    for line in lines:
        is_away = line.match is None and (
            line.decision == "leave"
            or (line.outcome == LineOutcome.SIMILAR and line.decision != "new")
            or line.outcome == LineOutcome.FIXED
            or (line.parent is not None and line.parent in gone)
        )
        if is_away:
            gone.add(line.position)
            found.append(line)
    return found


def lines_to_tell(found: ConceptImport) -> list[dict[str, Any]]:
    """Entries of which something is not taken over as it stands, in plain values: the report."""
    lines = list(lines_of_import(found))
    left = {line.pk for line in lines_left_out(lines)}
    return [
        {
            "subject": line.subject,
            "number": line.number,
            "title": line.title,
            "place": line.place,
            "remarks": line.remarks,
            "is_left": line.pk in left,
            "outcome": line.outcome,
            "decision": line.decision,
        }
        for line in lines
        if line.remarks
        or line.pk in left
        or line.outcome in {LineOutcome.BOTH, LineOutcome.FIXED}
        or line.decision == "leave"
    ]
