"""How the measures stand, and what silence means.

The rule, in one place (`_lit`), read by every list, count and badge:

- A measure that is not adopted shows its own state: *draft*, or *ended* when it was retired.
- **done** stays done: nobody has to report again on what is finished.
- Any other report counts for `SILENCE_AFTER_DAYS`; after that the measure is **unknown**,
  whatever was said before.
- Never reported: **not started** until the same limit after its adoption or its planned start,
  whichever is later; then **unknown**.

It is worked out by the database, so that counting a hundred thousand measures and filtering
them by a status cost one query each and agree with the badge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils.timezone import localdate

from miteinander.adoption.models import ConceptVersion
from miteinander.adoption.states import VersionState
from miteinander.community.models import Organisation
from miteinander.core.links import SignedLink, sign_link
from miteinander.core.models import Event, Municipality
from miteinander.core.prepared import prepared, there
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing
from miteinander.core.wordlist import names, words_of
from miteinander.monitoring.models import StatusReport
from miteinander.monitoring.rules import REPORT_LINK
from miteinander.monitoring.states import UNKNOWN, Light
from miteinander.strategy.models import Concept, FieldOfAction, Measure
from miteinander.strategy.queries import filtered, naming_leads, with_leads
from miteinander.strategy.states import ConceptState, FieldState, LeadState, MeasureState

ORDER: tuple[str, ...] = (
    Light.DONE,
    Light.ON_TIME,
    Light.AT_RISK,
    Light.STUCK,
    Light.NOT_STARTED,
    UNKNOWN,
)
"""From the best to the one that says nothing: the order of bars, legends and filters."""
NOT_UNDER_WAY = frozenset({"draft", "submitted", "ended"})
LIMITS: dict[str, Any] = {"limit": DateTimeField(), "day": DateField()}
"""Before which moment, and on which day of the town, silence begins: slots of what is prepared."""


@dataclass(frozen=True, slots=True)
class Status:
    """How one measure stands; `light` is one of ORDER, or one of NOT_UNDER_WAY."""

    light: str
    reported_at: datetime | None = None
    report: str = ""
    """Identifier of the latest report, whether it still counts or not."""

    @property
    def is_silent(self) -> bool:
        return self.light == UNKNOWN

    @property
    def is_under_way(self) -> bool:
        return self.light not in NOT_UNDER_WAY


@dataclass(frozen=True, slots=True)
class Counts:
    lights: Mapping[str, int]
    goals: int = 0
    """So many goals have an adopted measure; counted for a whole concept only."""

    @property
    def total(self) -> int:
        return sum(self.lights.values())

    @property
    def goals_and_measures(self) -> int:
        """The sum that towns like to name; said together with its parts, never alone."""
        return self.goals + self.total

    @property
    def done(self) -> int:
        return self.lights.get(Light.DONE, 0)

    @property
    def silent(self) -> int:
        return self.lights.get(UNKNOWN, 0)

    def of(self, light: str) -> int:
        return self.lights.get(light, 0)


@dataclass(frozen=True, slots=True)
class FieldCounts:
    field: FieldOfAction
    counts: Counts


@dataclass(frozen=True, slots=True)
class Overview:
    """How a concept stands, altogether and by field of action."""

    concept: Concept
    counts: Counts
    fields: tuple[FieldCounts, ...]
    rows: tuple[tuple[int, str, str, int], ...] = ()
    """What was counted: field, target groups as they were written, status, number."""

    @property
    def target_groups(self) -> list[str]:
        return words_of(text for _field, text, _light, _count in self.rows)

    def written_as(self, group: str) -> frozenset[str]:
        """Return every wording among the measures that names a target group."""
        return frozenset(text for _field, text, _light, _n in self.rows if names(text, group))

    def counted(
        self, *, light: str = "", field: int | None = None, written: frozenset[str] | None = None
    ) -> int:
        """Count the measures that fit a choice."""
        return sum(
            count
            for of, text, lit, count in self.rows
            if (not light or lit == light)
            and (field is None or of == field)
            and (written is None or text in written)
        )


def limit_of_silence(at: datetime) -> datetime:
    """Whatever was reported before this moment no longer counts."""
    return at - timedelta(days=settings.SILENCE_AFTER_DAYS)


def status_of(measures: Iterable[Measure], *, at: datetime) -> dict[int, Status]:
    """How these measures stand, by primary key: one query, however many there are."""
    ids = [measure.pk for measure in measures]
    if not ids:
        return {}
    rows = _status_of(which=ids, **_limits(at))
    return {pk: Status(light, when, report or "") for pk, light, when, report in rows}


@dataclass(frozen=True, slots=True)
class History:
    """How a measure stands, and everything public that was reported on it, newest first."""

    status: Status
    reports: tuple[StatusReport, ...] = ()

    @property
    def latest(self) -> StatusReport | None:
        return next(iter(self.reports), None)

    @property
    def earlier(self) -> tuple[StatusReport, ...]:
        return self.reports[1:]


def history_of(measure: Measure, *, at: datetime) -> History:
    """Read status and reports of one measure together: one query, for the page that counts them.

    At most `REPORTS_SHOWN` reports; older ones stay reachable on the thread.
    """
    rows = _history_of(which=measure.pk, **_limits(at))
    if not rows:
        return History(Status("draft"))
    light, when, latest = rows[0][:3]
    return History(
        Status(light, when, latest or ""),
        tuple(
            StatusReport(**dict(zip(REPORT_COLUMNS, row[3:], strict=True)), kind=StatusReport.KIND)
            for row in rows
            if row[3] is not None and row[3 + REPORT_COLUMNS.index("is_public")]
        ),
    )


REPORTS_SHOWN = 20
REPORT_COLUMNS = (
    "pk", "identifier", "light", "reported_at", "text", "next_step", "function", "language",
    "is_public", "is_example", "is_latest",
)  # fmt: skip


@prepared(which=BigIntegerField(), **LIMITS)
def _history_of(*, which: Any, limit: Any, day: Any) -> QuerySet[Any, Any]:
    found = _lit(Measure.objects.filter(id=which), limit=limit, day=day)
    rows: QuerySet[Any, Any] = found.order_by(
        F("reports__reported_at").desc(nulls_last=True)
    ).values_list(
        "light", "reported_at", "report", *(f"reports__{column}" for column in REPORT_COLUMNS)
    )[:REPORTS_SHOWN]
    return rows


@prepared(which=BigIntegerField(), **LIMITS)
def _status_of(*, which: Any, limit: Any, day: Any) -> QuerySet[Any, Any]:
    found = _lit(Measure.objects.filter(id__in=which), limit=limit, day=day)
    rows: QuerySet[Any, Any] = found.values_list("pk", "light", "reported_at", "report")
    return rows


def implementation_overview(concept: Concept, *, at: datetime) -> Overview:
    """Count the adopted measures of a concept by status: two queries, however many there are."""
    rows = _counted(concept=concept.pk, **_limits(at), by=("goal__field", "target_groups", "light"))
    by_field: dict[int, dict[str, int]] = {}
    for field, _groups, light, count in rows:
        lights = by_field.setdefault(field, {})
        lights[light] = lights.get(light, 0) + count
    total: dict[str, int] = {}
    for lights in by_field.values():
        for light, count in lights.items():
            total[light] = total.get(light, 0) + count
    return Overview(
        concept=concept,
        counts=Counts(total),
        fields=tuple(
            FieldCounts(field, Counts(by_field.get(field.pk, {})))
            for field in _living_fields(concept=concept.pk)
        ),
        rows=tuple(rows),
    )


@prepared(concept=BigIntegerField())
def _living_fields(*, concept: Any) -> QuerySet[FieldOfAction]:
    found = FieldOfAction.objects.filter(concept=concept, is_public=True)
    return found.exclude(state=FieldState.RETIRED).order_by("position", "pk")


@prepared(concept=BigIntegerField(), **LIMITS)
def _counted(*, concept: Any, limit: Any, day: Any, by: tuple[str, ...]) -> QuerySet[Any, Any]:
    """Count the adopted measures that everybody may see."""
    found = Measure.objects.filter(goal__field__concept=concept, is_public=True)
    adopted = _lit(found, limit=limit, day=day).filter(state=MeasureState.ADOPTED)
    rows: QuerySet[Any, Any] = adopted.values_list(*by).annotate(count=Count("pk")).order_by()
    return rows


def overall_counts(concept: Concept, *, at: datetime) -> Counts:
    """Count the adopted measures of a concept by status, and their goals: one query (home page)."""
    lights: dict[str, int] = {}
    goals = set()
    for goal, light, count in _counted(concept=concept.pk, **_limits(at), by=("goal", "light")):
        lights[light] = lights.get(light, 0) + count
        goals.add(goal)
    return Counts(lights, len(goals))


def standing_to_freeze(concept: Concept, *, at: datetime) -> dict[str, Any] | None:
    """How measures stand, as a frozen version says it: of this edition, else of the one before.

    None where nothing has been adopted yet. Lights come from the best to the silent ones.
    """
    of = concept if concept.state == ConceptState.ADOPTED else concept.continues
    if of is None:
        return None
    counts = overall_counts(of, at=at)
    if not counts.total:
        return None
    return {
        "title": of.title,
        "on": localdate(at).isoformat(),
        "lights": [[light, counts.of(light)] for light in ORDER if counts.of(light)],
    }


def concepts_in_implementation(municipality: Municipality) -> QuerySet[Concept]:
    """Adopted concepts that everybody may see, the latest first."""
    return _in_implementation(municipality)


def latest_in_implementation(municipality: Municipality) -> Concept | None:
    """Return the first of :func:`concepts_in_implementation`."""
    return next(iter(_latest_in_implementation(town=municipality.pk)), None)


@prepared(town=BigIntegerField())
def _latest_in_implementation(*, town: Any) -> QuerySet[Concept]:
    return _in_implementation(town)[:1]


def _in_implementation(town: Any) -> QuerySet[Concept]:
    return (
        Concept.objects.filter(municipality=town, state=ConceptState.ADOPTED, is_public=True)
        .select_related("process")
        .order_by("-happened_on", "-pk")
    )


def measures_under_way(
    concept: Concept,
    *,
    at: datetime,
    light: str = "",
    field: int | None = None,
    theme: str = "",
    written: frozenset[str] | None = None,
) -> QuerySet[Measure]:
    """Adopted public measures in the order of the concept, with `light` and the latest report.

    `theme` is the identifier of a cross-cutting theme, `written` comes from
    :meth:`Overview.written_as`.
    """
    found = _under_way(concept, **_limits(at))
    if light:
        found = found.filter(light=light)
    if field is not None:
        found = found.filter(goal__field=field)
    if written is not None:
        found = found.filter(target_groups__in=sorted(written))
    return found.filter(filtered(cross_cutting_theme=theme))


@dataclass(frozen=True, slots=True)
class Opening:
    """What the page of the implementation shows before anybody chose anything."""

    first: list[Measure]
    """The first page of :func:`measures_under_way`."""
    silent: list[Measure]
    """Nobody reports on them; the longest silence on top."""
    key: list[Measure]
    """Key measures in the order of the concept."""


def opening_of(concept: Concept, *, at: datetime, most: int, silent: int, key: int) -> Opening:
    """Read three short lists of adopted measures in one query; each has its own limit.

    Every list is made of the first rows in some order. In the union of the three nothing can
    come before them that was not among them, so each is found again by sorting.
    """
    rows: list[Any] = with_leads(
        _opening(concept=concept.pk, **_limits(at), most=most, silent=silent, key=key)
    )
    return Opening(
        first=rows[:most],
        silent=sorted((row for row in rows if row.light == UNKNOWN), key=_silence)[:silent],
        key=[row for row in rows if row.is_key][:key],
    )


def _silence(measure: Any) -> tuple[bool, float, int]:
    """Never reported comes first, then the longest ago."""
    since: datetime | None = measure.reported_at
    return since is not None, since.timestamp() if since else 0, measure.pk


@prepared(concept=BigIntegerField(), **LIMITS)
def _opening(
    *, concept: Any, limit: Any, day: Any, most: int, silent: int, key: int
) -> QuerySet[Measure]:
    def under_way() -> QuerySet[Any]:
        return _under_way(concept, limit=limit, day=day)

    longest = (F("reported_at").asc(nulls_first=True), "pk")
    which = (
        Q(pk__in=_in_order(concept)[:most].values("pk"))
        | Q(pk__in=_in_order(concept).filter(is_key=True)[:key].values("pk"))
        | Q(pk__in=under_way().filter(light=UNKNOWN).order_by(*longest)[:silent].values("pk"))
    )
    return naming_leads(under_way().filter(which))


def key_measures_of(
    concept: Concept, *, at: datetime, public_only: bool, most: int
) -> list[tuple[Measure, Status]]:
    """Read the key measures of an edition, adopted or not, with how they stand: one query."""
    rows: list[Any] = _key_measures(
        concept=concept.pk, **_limits(at), public_only=public_only, most=most
    )
    return [
        (measure, Status(measure.light, measure.reported_at))  # type: ignore[attr-defined]  # annotated by the query
        for measure in with_leads(rows)
    ]


@prepared(concept=BigIntegerField(), **LIMITS)
def _key_measures(
    *, concept: Any, limit: Any, day: Any, public_only: bool, most: int
) -> QuerySet[Measure]:
    seen = Q(is_public=True) if public_only else Q()
    found = Measure.objects.filter(seen, goal__field__concept=concept, is_key=True)
    living = found.exclude(state=MeasureState.RETIRED)
    rows = naming_leads(_lit(living, limit=limit, day=day))
    return rows.order_by("goal__field__position", "goal__position", "position", "pk")[:most]


def _in_order(concept: Any) -> QuerySet[Measure]:
    """Adopted public measures in the order of the concept."""
    return Measure.objects.filter(
        goal__field__concept=concept, is_public=True, state=MeasureState.ADOPTED
    ).order_by("goal__field__position", "goal__position", "position", "pk")


def _under_way(concept: Any, *, limit: Any, day: Any) -> QuerySet[Any]:
    return _lit(_in_order(concept), limit=limit, day=day).select_related("lead")


@dataclass(frozen=True, slots=True)
class Change:
    """A measure whose latest report says something else than the one before."""

    measure: Measure
    before: str
    report: StatusReport


CHANGES_SHOWN = 40


def changes_since(concept: Concept, *, since: datetime) -> list[Change]:
    """List measures that moved from one report to the next, newest first: one query.

    Only the latest report of each adopted measure counts, and only if it came after `since`; at
    most `CHANGES_SHOWN`.
    """
    return [
        Change(_measure_of(report), report.before, report)
        for report in _changed(concept=concept.pk, since=since)
    ]


def _measure_of(report: Any) -> Measure:
    """Build what a list shows of a measure: both share the table of things, so no join helps."""
    values = (
        report.measure_id, report.measure_identifier, Measure.KIND, report.measure_title,
        report.measure_language, report.measure_number, report.measure_is_example,
        report.measure_id,
    )  # fmt: skip
    return Measure.from_db(report._state.db, OF_A_CHANGED_MEASURE, values)


# In the order of the model's own columns, as `from_db` wants it.
OF_A_CHANGED_MEASURE = (
    "id", "identifier", "kind", "title", "language", "number", "is_example", "thing_ptr_id",
)  # fmt: skip


@prepared(concept=BigIntegerField(), since=DateTimeField())
def _changed(*, concept: Any, since: Any) -> QuerySet[Any]:
    earlier = (
        StatusReport.objects.filter(
            measure=OuterRef("measure"), is_public=True, reported_at__lt=OuterRef("reported_at")
        )
        .order_by("-reported_at")
        .values("light")[:1]
    )
    rows: QuerySet[Any] = (
        StatusReport.objects.filter(
            measure__goal__field__concept=concept,
            measure__state=MeasureState.ADOPTED,
            measure__is_public=True,
            is_public=True,
            is_latest=True,
            reported_at__gte=since,
        )
        .annotate(before=Subquery(earlier))
        .exclude(before=None)
        .exclude(before=F("light"))
        .only(
            "municipality",
            "identifier",
            "kind",
            "language",
            "light",
            "text",
            "reported_at",
            "measure",
        )
        .annotate(
            measure_title=F("measure__title"),
            measure_identifier=F("measure__identifier"),
            measure_language=F("measure__language"),
            measure_number=F("measure__number"),
            measure_is_example=F("measure__is_example"),
        )
        .order_by("-reported_at", "-pk")[:CHANGES_SHOWN]
    )
    return rows


def measures_led_by(organisation: Organisation, *, at: datetime, most: int) -> list[Measure]:
    """Return adopted measures that an organisation leads or is asked to lead: one query.

    With `light` and the latest report, what it accepted first.
    """
    return with_leads(_led_by(lead=organisation.pk, **_limits(at), most=most))


@prepared(lead=BigIntegerField(), **LIMITS)
def _led_by(*, lead: Any, limit: Any, day: Any, most: int) -> QuerySet[Measure]:
    found = Measure.objects.filter(lead=lead, is_public=True, state=MeasureState.ADOPTED)
    lit = _lit(found, limit=limit, day=day)
    accepted_first = Case(When(lead_state=LeadState.ACCEPTED, then=0), default=1)
    rows = naming_leads(lit.annotate(rank=accepted_first))
    return rows.order_by("rank", "goal__field__position", "goal__position", "position", "pk")[:most]


def measures_to_watch(
    municipality: Municipality, *, at: datetime, led_by: frozenset[int] | None = None
) -> QuerySet[Measure]:
    """List adopted measures of the town, the silent ones first, the longest silence on top.

    `led_by` narrows them to what some organisations lead.
    """
    found: QuerySet[Measure] = _watched(municipality, at=at)
    return found if led_by is None else found.filter(lead__in=led_by)


def silent_measures(
    municipality: Municipality, *, at: datetime, concept: Concept | None = None
) -> QuerySet[Measure]:
    """List adopted measures about which nobody has said anything within the limit."""
    found: QuerySet[Measure] = _watched(municipality, at=at).filter(light=UNKNOWN)
    return found if concept is None else found.filter(goal__field__concept=concept)


def _watched(municipality: Municipality, *, at: datetime) -> QuerySet[Any]:
    adopted = Measure.objects.filter(municipality=municipality, state=MeasureState.ADOPTED)
    found: QuerySet[Any] = (
        _lit(adopted, **_limits(at))
        .annotate(rank=Case(When(light=UNKNOWN, then=0), When(light=Light.DONE, then=2), default=1))
        .select_related("lead", "goal__field__concept__process")
        .order_by("rank", F("reported_at").asc(nulls_first=True), "pk")
    )
    return found


def measure_to_report(municipality: Municipality, identifier: str) -> Measure | None:
    """One adopted measure by its address, with what the rules read about it."""
    return (
        Measure.objects.filter(
            municipality=municipality, identifier=identifier, state=MeasureState.ADOPTED
        )
        .select_related("lead", "goal__field__concept__process")
        .first()
    )


def measure_of_link(municipality: Municipality, pk: int) -> Measure | None:
    """Return the measure that a signed link names, whatever its state is by now."""
    return (
        Measure.objects.filter(municipality=municipality, pk=pk)
        .select_related("lead", "goal__field__concept__process")
        .first()
    )


def report_link(measure: Measure, *, at: datetime) -> SignedLink:
    """Sign the link by which the lead reports without an account; mailed by notices."""
    assert measure.lead is not None, "only a lead that was asked gets a link"
    return sign_link(
        REPORT_LINK,
        measure,
        function=measure.lead.title,
        at=at,
        days=settings.SIGNED_LINK_DAYS,
    )


def reports_of(measure: Measure) -> QuerySet[StatusReport]:
    """Return what was reported on a measure in public, the newest first."""
    return _reports_of(measure)


def latest_reports_of(measure: Measure, *, most: int) -> list[StatusReport]:
    """Read the first of :func:`reports_of`."""
    return _latest_reports_of(measure=measure.pk, most=most)


@prepared(measure=BigIntegerField())
def _latest_reports_of(*, measure: Any, most: int) -> QuerySet[StatusReport]:
    return _reports_of(measure)[:most]


def _reports_of(measure: Any) -> QuerySet[StatusReport]:
    found = StatusReport.objects.filter(measure=measure, is_public=True)
    return found.order_by("-reported_at", "-pk")


def reports_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[StatusReport]:
    """Twin of the right ``monitoring.see_report``."""
    return _reports(municipality, everything=sees_all(municipality, standing))


def report_at(municipality: Municipality, standing: Standing, identifier: str) -> StatusReport:
    """Return the report under an address, with its measure and lead; else `NotThere`."""
    everything = sees_all(municipality, standing)
    found: StatusReport = there(
        _report_at(town=municipality.pk, identifier=identifier, everything=everything)
    )
    return found


@prepared(town=BigIntegerField(), identifier=CharField())
def _report_at(*, town: Any, identifier: Any, everything: bool) -> QuerySet[StatusReport]:
    found = _reports(town, everything=everything).filter(identifier=identifier)
    return found.select_related("measure__lead")


def _reports(town: Any, *, everything: bool) -> QuerySet[StatusReport]:
    found = StatusReport.objects.filter(municipality=town)
    return found if everything else found.filter(is_public=True)


def asked_at(measures: Sequence[Measure]) -> dict[int, datetime]:
    """When the lead of each measure was last asked for a report: one query."""
    rows = (
        Event.objects.filter(
            kind="report.requested", thing_id__in=[measure.pk for measure in measures]
        )
        .values_list("thing_id")
        .annotate(last=Max("at"))
    )
    return {thing: last for thing, last in rows if thing is not None}


def _limits(at: datetime) -> dict[str, Any]:
    limit = limit_of_silence(at)
    return {"limit": limit, "day": localdate(limit)}


def _lit(measures: QuerySet[Measure], *, limit: Any, day: Any) -> QuerySet[Any]:
    """Annotate `light`, and `reported_at` and `report` of the latest word; see the module."""
    adopted_on = (
        ConceptVersion.objects.filter(
            concept=OuterRef("goal__field__concept"), state=VersionState.ADOPTED
        )
        .exclude(resolution=None)
        .order_by("resolution__happened_on")
        .values("resolution__happened_on")[:1]
    )
    long_ago = Value(date(1900, 1, 1), output_field=DateField())
    return measures.annotate(
        latest=FilteredRelation("reports", condition=Q(reports__is_latest=True)),
        counts_from=Greatest(
            Coalesce("starts", long_ago),
            Coalesce(
                Subquery(adopted_on, output_field=DateField()),
                "goal__field__concept__happened_on",
                long_ago,
            ),
        ),
    ).annotate(
        reported_at=F("latest__reported_at"),
        report=F("latest__identifier"),
        light=Case(
            When(state=MeasureState.RETIRED, then=Value("ended")),
            When(state=MeasureState.SUBMITTED, then=Value("submitted")),
            When(~Q(state=MeasureState.ADOPTED), then=Value("draft")),
            When(latest__light=Light.DONE, then=Value(Light.DONE.value)),
            When(latest__reported_at__gte=limit, then=F("latest__light")),
            When(
                latest__isnull=True,
                counts_from__gte=day,
                then=Value(Light.NOT_STARTED.value),
            ),
            default=Value(UNKNOWN),
            output_field=CharField(),
        ),
    )
