"""What may be read of the concept, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as given
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    When,
    prefetch_related_objects,
)
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body, Organisation
from miteinander.core.links import SignedLink, sign_link
from miteinander.core.models import Link, Municipality, Relation, Thing
from miteinander.core.prepared import prepared, there
from miteinander.core.standing import Standing
from miteinander.core.wordlist import words_of
from miteinander.participation.models import Contribution, Theme
from miteinander.process.models import Process
from miteinander.process.queries import know_phases_of
from miteinander.strategy.models import (
    Chapter,
    Concept,
    CrossCuttingTheme,
    FieldOfAction,
    Goal,
    Measure,
)
from miteinander.strategy.rules import ACCEPT_LEAD
from miteinander.strategy.states import (
    ConceptState,
    FieldState,
    Funding,
    LeadState,
    MeasureState,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise

OF_A_THEME = ("identifier", "title", "language", "is_public", "position")
"""What a list of measures shows of their cross-cutting themes."""
IN_A_LIST = (
    "municipality", "identifier", "kind", "title", "language", "number", "is_example", "goal",
    "lead", "lead_state", "is_key", "state", "target_groups",
)  # fmt: skip
"""What a list shows of its measures; reading whole sheets takes several times as long."""
MERGES = (Relation.MOVED_TO, Relation.BECAME)


# --- what somebody may see: twins of the right strategy.see_thing -------------------------


def _sees_all(municipality: Municipality, standing: Standing) -> bool:
    return standing.is_member and standing.municipality == municipality.pk


def _seen(town: Any, *, everything: bool) -> Q:
    """`town` is a municipality, or the slot of a prepared query."""
    return Q(municipality=town) & (Q() if everything else Q(is_public=True))


def _seen_by(municipality: Municipality, standing: Standing) -> Q:
    return _seen(municipality, everything=_sees_all(municipality, standing))


def concepts_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Concept]:
    """Editions, newest first; used by the public list and by every page below."""
    return _concepts(_seen_by(municipality, standing))


def fields_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[FieldOfAction]:
    return _fields(_seen_by(municipality, standing))


def goals_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Goal]:
    return _goals(_seen_by(municipality, standing))


def measures_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Measure]:
    """Measures in the order of the concept, with lead, goal, field and concept at hand."""
    return _measures(_seen_by(municipality, standing))


def cross_cutting_themes_visible_to(
    municipality: Municipality, standing: Standing
) -> QuerySet[CrossCuttingTheme]:
    return _cross_cutting_themes(_seen_by(municipality, standing))


def _concepts(seen: Q) -> QuerySet[Concept]:
    return (
        Concept.objects.filter(seen)
        .select_related("process", "continues")
        .order_by("-process__starts", "-pk")
    )


def _fields(seen: Q) -> QuerySet[FieldOfAction]:
    return (
        FieldOfAction.objects.filter(seen)
        .select_related("concept__process", "working_group")
        .order_by("position", "pk")
    )


def _goals(seen: Q) -> QuerySet[Goal]:
    return (
        Goal.objects.filter(seen)
        .select_related("field__concept__process", "field__working_group")
        .order_by("field__position", "position", "pk")
    )


def _measures(seen: Q) -> QuerySet[Measure]:
    return (
        Measure.objects.filter(seen)
        .select_related("lead", "goal__field__concept__process")
        .order_by("goal__field__position", "goal__position", "position", "pk")
    )


def _cross_cutting_themes(seen: Q) -> QuerySet[CrossCuttingTheme]:
    return (
        CrossCuttingTheme.objects.filter(seen)
        .select_related("concept__process")
        .order_by("position", "pk")
    )


# --- one thing by its address: as the lists above, prepared, with what its page shows -----------


def concept_at(municipality: Municipality, standing: Standing, identifier: str) -> Concept:
    """Return the edition under an address, else `NotThere`; likewise below."""
    found: Concept = there(_at(Concept.KIND, municipality, standing, identifier))
    return found


def field_at(municipality: Municipality, standing: Standing, identifier: str) -> FieldOfAction:
    """With its concept."""
    found: FieldOfAction = there(_at(FieldOfAction.KIND, municipality, standing, identifier))
    return found


def goal_at(municipality: Municipality, standing: Standing, identifier: str) -> Goal:
    """With its field."""
    found: Goal = there(_at(Goal.KIND, municipality, standing, identifier))
    return found


def measure_at(municipality: Municipality, standing: Standing, identifier: str) -> Measure:
    """With lead, goal and field."""
    found: Measure = there(_at(Measure.KIND, municipality, standing, identifier))
    return found


def _at(kind: str, municipality: Municipality, standing: Standing, identifier: str) -> list[Any]:
    return _thing_at(
        town=municipality.pk,
        identifier=identifier,
        kind=kind,
        everything=_sees_all(municipality, standing),
    )


@prepared(town=BigIntegerField(), identifier=CharField())
def _thing_at(*, town: Any, identifier: Any, kind: str, everything: bool) -> QuerySet[Any]:
    lists: dict[str, tuple[Callable[[Q], QuerySet[Any]], tuple[str, ...]]] = {
        Concept.KIND: (_concepts, ("process", "continues")),
        FieldOfAction.KIND: (_fields, ("concept",)),
        Goal.KIND: (_goals, ("field",)),
        Measure.KIND: (_measures, ("lead", "goal__field")),
    }
    rows, related = lists[kind]
    found = rows(_seen(town, everything=everything)).filter(identifier=identifier)
    return found.order_by().select_related(None).select_related(*related)


@prepared(concept=BigIntegerField())
def _fields_below(*, concept: Any, everything: bool) -> QuerySet[FieldOfAction]:
    seen = Q() if everything else Q(is_public=True)
    return FieldOfAction.objects.filter(seen, concept=concept).order_by("position", "pk")


def fields_of(concept: Concept, *, public_only: bool) -> list[FieldOfAction]:
    """Read the fields of an edition in their order (its page)."""
    return _fields_below(concept=concept.pk, everything=not public_only)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A cross-cutting theme, and how many measures of each field take it up."""

    theme: CrossCuttingTheme
    by_field: Mapping[int, int]


def coverage_of(
    concept: Concept, *, public_only: bool, adopted_only: bool = False
) -> list[Coverage]:
    """Read the living cross-cutting themes of an edition in their order, counted: one query.

    Counted are living measures, or those that were adopted (the page of the implementation).
    """
    rows = _coverage(concept=concept.pk, public_only=public_only, adopted_only=adopted_only)
    themes: dict[int, CrossCuttingTheme] = {}
    counts: dict[int, dict[int, int]] = {}
    for pk, *values, field, count in rows:
        if pk not in themes:
            named = dict(zip(OF_A_THEME, values, strict=True))
            themes[pk] = CrossCuttingTheme(
                pk=pk, municipality_id=concept.municipality_id, kind=CrossCuttingTheme.KIND, **named
            )
        by_field = counts.setdefault(pk, {})
        if count:
            by_field[field] = count
    return [Coverage(theme, counts[pk]) for pk, theme in themes.items()]


@prepared(concept=BigIntegerField())
def _coverage(*, concept: Any, public_only: bool, adopted_only: bool) -> QuerySet[Any, Any]:
    seen = Q(is_public=True) if public_only else Q()
    counted = (
        Q(measures__state=MeasureState.ADOPTED)
        if adopted_only
        else ~Q(measures__state=MeasureState.RETIRED)
    )
    if public_only:
        counted &= Q(measures__is_public=True)
    found = CrossCuttingTheme.objects.filter(seen, concept=concept, retired_on=None)
    rows: QuerySet[Any, Any] = (
        found.values_list("pk", *OF_A_THEME, "measures__goal__field")
        .annotate(n=Count("measures", filter=counted))
        .order_by("position", "pk")
    )
    return rows


# --- the concept as a whole ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoalOutline:
    goal: Goal
    measures: list[Measure]


@dataclass(frozen=True, slots=True)
class FieldOutline:
    field: FieldOfAction
    goals: list[GoalOutline]
    themes: Mapping[int, list[CrossCuttingTheme]] = given(default_factory=dict)
    """The cross-cutting themes of each measure; read for one field alone."""

    @property
    def measures(self) -> list[Measure]:
        return [measure for goal in self.goals for measure in goal.measures]


@dataclass(frozen=True, slots=True)
class ConceptOutline:
    """Everything of one edition, in order. Counts are counted here, never typed."""

    concept: Concept
    fields: list[FieldOutline]
    retired_fields: list[FieldOfAction]
    cross_cutting_themes: list[CrossCuttingTheme]

    @property
    def goals(self) -> list[Goal]:
        return [goal.goal for field_ in self.fields for goal in field_.goals]

    @property
    def measures(self) -> list[Measure]:
        return [measure for field_ in self.fields for measure in field_.measures]


def concept_outline(
    concept: Concept, *, public_only: bool = False, with_partners: bool = True
) -> ConceptOutline:
    """Read a whole concept in four queries, and two more with partners and themes of measures.

    Retired goals and measures are left out; retired fields stand apart. Every measure has its
    goal, field and concept attached, so rules and pages may follow them for nothing.
    """
    seen = Q(is_public=True) if public_only else Q()
    fields = list(
        FieldOfAction.objects.filter(seen, concept=concept)
        .select_related("working_group")
        .order_by("position", "pk")
    )
    themes = list(
        CrossCuttingTheme.objects.filter(seen, concept=concept, retired_on=None).order_by(
            "position", "pk"
        )
    )
    goals = list(
        Goal.objects.filter(seen, field__concept=concept, retired_on=None).order_by(
            "position", "pk"
        )
    )
    measures = list(
        Measure.objects.filter(seen, goal__field__concept=concept)
        .exclude(state=MeasureState.RETIRED)
        .select_related("lead")
        .order_by("position", "pk")
    )
    if with_partners:
        prefetch_related_objects(measures, "partners", "cross_cutting_themes")
    return ConceptOutline(
        concept=concept,
        fields=_joined(
            concept, [f for f in fields if f.state != FieldState.RETIRED], goals, measures
        ),
        retired_fields=[f for f in fields if f.state == FieldState.RETIRED],
        cross_cutting_themes=themes,
    )


def field_outline(
    field_: FieldOfAction,
    *,
    public_only: bool = False,
    chosen: Q | None = None,
) -> FieldOutline:
    """Read one field's goals and measures: three queries. `chosen` comes from :func:`filtered`."""
    if chosen is None:
        measures = with_leads(_measures_below(field=field_.pk, public_only=public_only))
    else:
        measures = list(_below(Q(goal__field=field_), public_only=public_only).filter(chosen))
    themes: dict[int, list[CrossCuttingTheme]] = {measure.pk: [] for measure in measures}
    known: dict[int, CrossCuttingTheme] = {}
    for measure, pk, *values in _themes_in(field=field_.pk):
        if pk not in known:
            named = dict(zip(OF_A_THEME, values, strict=True))
            known[pk] = CrossCuttingTheme(
                pk=pk, municipality_id=field_.municipality_id, kind=CrossCuttingTheme.KIND, **named
            )
        if measure in themes:
            themes[measure].append(known[pk])
    goals = _goals_below(field=field_.pk, public_only=public_only)
    outline = _joined(field_.concept, [field_], goals, measures)[0]
    return replace(outline, themes=themes)


def _below(where: Q, *, public_only: bool) -> QuerySet[Measure]:
    """Living measures below something, each goal's in their order, with their leads."""
    seen = Q(is_public=True) if public_only else Q()
    return (
        Measure.objects.filter(seen, where)
        .exclude(state=MeasureState.RETIRED)
        .select_related("lead")
        .order_by("position", "pk")
    )


@prepared(field=BigIntegerField())
def _measures_below(*, field: Any, public_only: bool) -> QuerySet[Any]:
    return naming_leads(_below(Q(goal__field=field), public_only=public_only))


def naming_leads(measures: QuerySet[Measure]) -> QuerySet[Any]:
    """Read what a list shows; of the leads the name and address, see :func:`with_leads`."""
    named = {"lead_title": F("lead__title"), "lead_at": F("lead__identifier")}
    return measures.select_related(None).only(*IN_A_LIST).annotate(**named)


def with_leads(measures: list[Any]) -> list[Measure]:
    """Hang the leads on their measures: each organisation once, though it leads twelve."""
    known: dict[int, Organisation] = {}
    # In the order of the model's own columns, as `from_db` wants it.
    columns = ("id", "municipality_id", "identifier", "kind", "title", "thing_ptr_id")
    for measure in measures:
        pk = measure.lead_id
        if pk is None:
            continue
        if pk not in known:
            town, at, title = measure.municipality_id, measure.lead_at, measure.lead_title
            values = (pk, town, at, Organisation.KIND, title, pk)
            known[pk] = Organisation.from_db(measure._state.db, columns, values)
        measure.lead = known[pk]
    return measures


@prepared(field=BigIntegerField())
def _goals_below(*, field: Any, public_only: bool) -> QuerySet[Goal]:
    seen = Q(is_public=True) if public_only else Q()
    return Goal.objects.filter(seen, field=field, retired_on=None).order_by("position", "pk")


@prepared(field=BigIntegerField())
def _themes_in(*, field: Any) -> QuerySet[Any, Any]:
    """One row for each measure of a field and each of its themes."""
    found = CrossCuttingTheme.objects.filter(measures__goal__field=field)
    rows: QuerySet[Any, Any] = found.order_by("position", "pk").values_list(
        "measures", "pk", *OF_A_THEME
    )
    return rows


def _joined(
    concept: Concept,
    fields: Sequence[FieldOfAction],
    goals: Sequence[Goal],
    measures: Sequence[Measure],
) -> list[FieldOutline]:
    below_goal: dict[int, list[Measure]] = {goal.pk: [] for goal in goals}
    below_field: dict[int, list[GoalOutline]] = {f.pk: [] for f in fields}
    by_goal = {goal.pk: goal for goal in goals}
    by_field = {f.pk: f for f in fields}
    for f in fields:
        f.concept = concept
    for measure in measures:
        if measure.goal_id in by_goal:
            measure.goal = by_goal[measure.goal_id]
            below_goal[measure.goal_id].append(measure)
    for goal in goals:
        if goal.field_id in by_field:
            goal.field = by_field[goal.field_id]
            below_field[goal.field_id].append(GoalOutline(goal, below_goal[goal.pk]))
    return [FieldOutline(f, below_field[f.pk]) for f in fields]


def know_phases(concept: Concept) -> None:
    """Read the phases once, before rights are asked for each field of a board: one query."""
    prefetch_related_objects([concept.process], "phases")


@dataclass(frozen=True, slots=True)
class FieldCount:
    goals: int
    measures: int


def counts_by_field(concept: Concept, *, public_only: bool) -> dict[int, FieldCount]:
    """Count living goals and measures per field: one query (concept page)."""
    return {
        field: FieldCount(goals, measures)
        for field, goals, measures in _counted_below(concept=concept.pk, public_only=public_only)
    }


@prepared(concept=BigIntegerField())
def _counted_below(*, concept: Any, public_only: bool) -> QuerySet[Any, Any]:
    seen = Q(is_public=True) if public_only else Q()
    living = ~Q(measures__state=MeasureState.RETIRED)
    if public_only:
        living &= Q(measures__is_public=True)
    found = Goal.objects.filter(seen, field__concept=concept, retired_on=None)
    rows: QuerySet[Any, Any] = found.values_list("field").annotate(
        goals=Count("pk", distinct=True), n=Count("measures", filter=living)
    )
    return rows


def current_concept(municipality: Municipality, standing: Standing) -> Concept | None:
    """Return the latest adopted edition, else the one being drafted (home page, CLI)."""
    found = list(concepts_visible_to(municipality, standing))
    adopted = [concept for concept in found if concept.state == ConceptState.ADOPTED]
    return next(iter(adopted or found), None)


def processes_with_concepts(municipality: Municipality, standing: Standing) -> list[Process]:
    """Read all processes with phases and concept, the latest first: two queries (home page)."""
    found: list[Any] = _processes_with_concepts(
        town=municipality.pk, everything=_sees_all(municipality, standing)
    )
    know_phases_of(found)
    for process in found:
        # Process and concept share their table of things, so Django leaves the concept's part of
        # it out and would read each column on its own.
        if process.concept_at:
            process.concept.kind = Concept.KIND
            process.concept.identifier = process.concept_at
            process.concept.is_public = process.concept_is_public
    return found


@prepared(town=BigIntegerField())
def _processes_with_concepts(*, town: Any, everything: bool) -> QuerySet[Process]:
    found = Process.objects.filter(_seen(town, everything=everything))
    return (
        found.select_related("concept", "lead_office__organisation")
        .annotate(concept_is_public=F("concept__is_public"), concept_at=F("concept__identifier"))
        .order_by("-starts", "-pk")
    )


def concept_of_process(process: Process) -> Concept | None:
    return Concept.objects.filter(process=process).first()


def processes_without_concept(municipality: Municipality) -> QuerySet[Process]:
    """List the processes that can begin an edition."""
    return Process.objects.filter(municipality=municipality, concept=None).order_by("-starts")


# --- the chapters of the document ----------------------------------------------------------


def chapters_of(concept: Concept) -> list[Chapter]:
    """All chapters in their order, those left out among them (the list in the workspace)."""
    found = list(Chapter.objects.filter(concept=concept).order_by("position", "pk"))
    for chapter in found:
        chapter.concept = concept
    return found


def chapters_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Chapter]:
    """Chapters that are being written: for members only; everybody reads the frozen ones."""
    rows = Chapter.objects.filter(concept__municipality=municipality)
    if not _sees_all(municipality, standing):
        return rows.none()
    return rows.select_related("concept__process").order_by("position", "pk")


# --- lists and choices ---------------------------------------------------------------------


def filtered(
    *,
    state: str = "",
    cross_cutting_theme: str = "",
    lead: str = "",
    theme: str = "",
) -> Q:
    """Turn what a reader chose above a list into a condition; identifiers, as in addresses."""
    chosen = Q()
    if state:
        chosen &= Q(state=state)
    if cross_cutting_theme:
        # A subquery, so that no measure comes twice.
        chosen &= Q(
            pk__in=Measure.cross_cutting_themes.through.objects.filter(
                crosscuttingtheme__identifier=cross_cutting_theme
            ).values("measure")
        )
    if lead:
        chosen &= Q(lead__identifier=lead)
    if theme:
        chosen &= Q(
            goal__in=Link.objects.filter(
                source__identifier=theme, relation=Relation.GREW_INTO, undone_at=None
            ).values("target")
        )
    return chosen


def leads_of(measures: Iterable[Measure]) -> list[Organisation]:
    """Return the organisations that lead some measures, by name; no query of its own."""
    found = {m.lead.pk: m.lead for m in measures if m.lead is not None}
    return sorted(found.values(), key=lambda organisation: organisation.title.casefold())


def target_groups_in_use(concept: Concept) -> list[str]:
    """Name the target groups of an edition, so that the next sheet uses the same words."""
    texts = Measure.objects.filter(goal__field__concept=concept).exclude(state=MeasureState.RETIRED)
    return words_of(texts.values_list("target_groups", flat=True).distinct())


def leads_of_field(field_: FieldOfAction, *, public_only: bool) -> list[Organisation]:
    seen = Q(is_public=True) if public_only else Q()
    leading = Measure.objects.filter(seen, goal__field=field_).exclude(state=MeasureState.RETIRED)
    return list(Organisation.objects.filter(pk__in=leading.values("lead")).order_by("title"))


def measures_of_theme(theme: CrossCuttingTheme, *, public_only: bool) -> QuerySet[Measure]:
    """Living measures under a cross-cutting theme, in the order of the concept."""
    seen = Q(is_public=True) if public_only else Q()
    return (
        Measure.objects.filter(seen, cross_cutting_themes=theme)
        .exclude(state=MeasureState.RETIRED)
        .select_related("lead", "goal__field__concept")
        .order_by("goal__field__position", "goal__position", "position", "pk")
    )


def measures_of_goal(goal: Goal, *, public_only: bool) -> list[Measure]:
    return with_leads(_measures_of_goal(goal=goal.pk, public_only=public_only))


@prepared(goal=BigIntegerField())
def _measures_of_goal(*, goal: Any, public_only: bool) -> QuerySet[Any]:
    return naming_leads(_below(Q(goal=goal), public_only=public_only))


@dataclass(frozen=True, slots=True)
class Companions:
    """What stands beside a measure: partners and cross-cutting themes."""

    partners: list[Thing] = given(default_factory=list)
    cross_cutting_themes: list[Thing] = given(default_factory=list)


def companions_of(measure: Measure) -> Companions:
    """Read both in one query: pages of the open site count them."""
    out = Companions()
    for thing in _companions_of(measure=measure.pk):
        (out.partners if thing.kind == Organisation.KIND else out.cross_cutting_themes).append(
            thing
        )
    return out


@prepared(measure=BigIntegerField())
def _companions_of(*, measure: Any) -> QuerySet[Thing]:
    partners = Measure.partners.through.objects.filter(measure=measure)
    themes = Measure.cross_cutting_themes.through.objects.filter(measure=measure)
    return Thing.objects.filter(
        Q(pk__in=partners.values("organisation")) | Q(pk__in=themes.values("crosscuttingtheme"))
    ).order_by("title")


@dataclass(frozen=True, slots=True)
class Moves:
    """Where things of a field came from, and where they went; as the thread remembers it."""

    to: list[Thing]
    came_from: list[Thing]
    notes: list[str]


def moves_of(field_: FieldOfAction) -> Moves:
    """One query: the fields into which this one went, and those that went into it."""
    moves = Moves([], [], [])
    for link in _moves_of(field=field_.pk):
        if link.source_id == field_.pk:
            moves.to.append(link.target)
            moves.notes.append(link.note)
        else:
            moves.came_from.append(link.source)
    return moves


@prepared(field=BigIntegerField())
def _moves_of(*, field: Any) -> QuerySet[Link]:
    return (
        Link.objects.filter(Q(source=field) | Q(target=field), undone_at=None)
        .filter(relation__in=MERGES)
        .select_related("source", "target")
        .order_by("happened_on", "pk")
    )


def themes_of_field(field_: FieldOfAction) -> list[Theme]:
    """Themes that the field collects; retiring it asks where each goes."""
    collected = Link.objects.filter(
        target=field_, relation=Relation.COLLECTED_BY, undone_at=None
    ).values("source")
    return list(Theme.objects.filter(pk__in=collected).order_by("title"))


def themes_of_process(process: Process) -> list[Theme]:
    """Living themes of a process, for the form that grows a goal."""
    return list(Theme.objects.filter(process=process, retired_on=None).order_by("title"))


def contributions_of_theme(theme: Theme) -> list[Contribution]:
    """Read the newest hundred contributions of a theme: what growing a goal from it would link."""
    return list(
        Contribution.objects.filter(theme=theme, is_merged=False, is_split=False).order_by("-pk")[
            :100
        ]
    )


def organisations_of(municipality: Municipality) -> QuerySet[Organisation]:
    return Organisation.objects.filter(municipality=municipality, retired_on=None).order_by("title")


def working_groups_of(municipality: Municipality) -> QuerySet[Body]:
    return Body.objects.filter(municipality=municipality, retired_on=None).order_by("title")


def measures_waiting_for_lead(municipality: Municipality) -> QuerySet[Measure]:
    """Living measures whose lead has not accepted; *Heute* counts them."""
    return (
        Measure.objects.filter(municipality=municipality)
        .exclude(state=MeasureState.RETIRED)
        .exclude(lead_state=LeadState.ACCEPTED)
        .select_related("lead", "goal__field__concept")
        .order_by("pk")
    )


def measures_asking(municipality: Municipality, standing: Standing) -> QuerySet[Measure]:
    """Measures for which this person's organisation was asked to take the lead."""
    return measures_waiting_for_lead(municipality).filter(
        lead_state=LeadState.ASKED, lead__in=standing.organisations
    )


# --- the one measure -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that a measure still lacks."""

    name: str
    text: Text
    blocks: bool = True
    """Whether it stands in the way of handing in; the others are only shown."""
    on_goal: bool = False
    """Whether it is settled on the goal's page."""


def open_points(measure: Measure) -> list[OpenPoint]:
    """Everything that a measure lacks, in the order of the sheet. Reads `goal`; no query else."""
    goal = measure.goal
    no_money = measure.cost_once is None and measure.cost_yearly is None
    no_sign_of_effect = not (goal.indicator or goal.no_indicator_reason)
    checks: list[tuple[bool, OpenPoint]] = [
        (not measure.title.strip(), OpenPoint("title", _("There is no title."))),
        (not measure.text.strip(), OpenPoint("text", _("There is no description."))),
        (
            not goal.need.strip(),
            OpenPoint("need", _("The need is missing on the goal."), on_goal=True),
        ),
        (
            not goal.evidence.strip(),
            OpenPoint(
                "evidence", _("The evidence of the need is missing on the goal."), on_goal=True
            ),
        ),
        (
            no_sign_of_effect,
            OpenPoint(
                "indicator",
                _("The goal has no indicator, and no reason why there is none."),
                on_goal=True,
            ),
        ),
        (
            not measure.target_groups.strip(),
            OpenPoint("target_groups", _("The target groups are missing.")),
        ),
        (measure.lead_id is None, OpenPoint("lead", _("No lead is named."))),
        (
            measure.lead_id is not None and measure.lead_state == LeadState.NONE,
            OpenPoint("lead", _("The lead has not been asked yet."), blocks=False),
        ),
        (
            measure.lead_state == LeadState.ASKED,
            OpenPoint("lead", _("The lead was asked and has not accepted yet."), blocks=False),
        ),
        (
            measure.lead_state == LeadState.DECLINED,
            OpenPoint("lead", _("The lead has declined; somebody else must be asked.")),
        ),
        (measure.starts is None, OpenPoint("starts", _("The start is missing."))),
        (
            measure.ends is None,
            OpenPoint("ends", _("There is no end; then it is an ongoing task."), blocks=False),
        ),
        (
            no_money,
            OpenPoint("cost_once", _("The cost is missing; 0 is an answer too.")),
        ),
        (not measure.funding, OpenPoint("funding", _("The funding is not clarified."))),
        (
            measure.funding == Funding.OPEN,
            OpenPoint("funding", _("The funding is open."), blocks=False),
        ),
    ]
    return [point for missing, point in checks if missing]


def accept_link(measure: Measure, *, at: datetime) -> SignedLink:
    """Sign the link by which the lead answers without an account; mailed by notices.

    It carries the organisation's name, so that a link sent to one organisation does not answer
    for the next one that is asked.
    """
    assert measure.lead is not None, "only a lead that was asked gets a link"
    return sign_link(
        ACCEPT_LEAD,
        measure,
        function=measure.lead.title,
        at=at,
        days=settings.SIGNED_LINK_DAYS,
    )


def measure_of_link(municipality: Municipality, link: SignedLink) -> Measure | None:
    """Find the measure that a signed link is about; the link is the right to see it."""
    return (
        Measure.objects.filter(municipality=municipality, pk=link.thing)
        .select_related("lead", "goal__field__concept__process")
        .first()
    )


def sources_of(targets: Iterable[int]) -> list[Link]:
    """All live stitches by which goals or measures grew out of something; one query."""
    return list(
        Link.objects.filter(target__in=list(targets), relation=Relation.GREW_INTO, undone_at=None)
        .select_related("source", "context")
        .order_by("happened_on", "pk")
    )


def measures_with(organisation: Organisation, standing: Standing) -> list[Measure]:
    """Living measures that an organisation leads, is asked to lead, or works along in: one query.

    `is_lead` tells which; what waits for an answer comes first.
    """
    asked_first = Case(When(lead=organisation, lead_state=LeadState.ASKED, then=0), default=1)
    rows: QuerySet[Any] = (
        measures_visible_to(organisation.municipality, standing)
        .filter(
            Exists(
                Measure.partners.through.objects.filter(
                    measure=OuterRef("pk"), organisation=organisation.pk
                )
            )
            | Q(lead=organisation)
        )
        .exclude(state=MeasureState.RETIRED)
        .annotate(rank=asked_first)
    )
    return list(rows.order_by("rank", "goal__field__position", "goal__position", "position", "pk"))
