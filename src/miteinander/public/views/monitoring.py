"""What became of the measures, and the page on which a lead says so without an account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from miteinander.core.errors import LinkSpent, NotThere, Refusal
from miteinander.core.links import SignedLink, is_spent
from miteinander.core.rights import allowed
from miteinander.core.standing import Standing
from miteinander.core.translation import localise
from miteinander.monitoring import actions, queries
from miteinander.monitoring.forms import ImplementationFilter, ReportForm
from miteinander.public.freshness import Shared, public_page
from miteinander.public.matrix import matrix_of
from miteinander.public.thread import stations
from miteinander.strategy.queries import coverage_of, lead_words
from miteinander.ui.shapes import (
    BarRow,
    Cell,
    ChangeRow,
    Column,
    Link,
    MeasureRow,
    Segment,
    Station,
)
from miteinander.ui.states import look_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from miteinander.core.models import Thing
    from miteinander.monitoring.models import StatusReport
    from miteinander.monitoring.queries import Change, Counts, FieldCounts, Overview
    from miteinander.strategy.models import Concept, CrossCuttingTheme, FieldOfAction, Measure
    from miteinander.strategy.queries import Coverage
    from miteinander.ui.requests import SiteRequest

ROWS = 20
KEY_MEASURES = 5
"""So many stand on the overview; the page of the concept has them all."""
SILENT = 3
"""So many silent measures stand on the overview; the filter has them all."""
PERIOD = timedelta(days=365)
"""What counts as “since the last report”: a year, as leads are asked once a year."""


class _Counted(Paginator):  # type: ignore[type-arg]  # rows of one page
    """A paginator that knows the number already: the chart above the list has counted."""

    def __init__(self, rows: Any, *, count: int) -> None:
        super().__init__(rows, ROWS)
        self.__dict__["count"] = count  # fills Django's cached property


@public_page("cross_cutting_theme", "field", "light", "page", "target_group")
def implementation(request: SiteRequest) -> HttpResponse:
    """How the adopted concept stands: altogether, by field, and measure by measure."""
    at = timezone.now()
    crumbs = [Link(_("Start"), "../"), Link(_("Implementation"))]
    concept = queries.latest_in_implementation(request.municipality)
    if concept is None:
        return render(request, "public/implementation.html", {"crumbs": crumbs, "concept": None})

    def standing_of(*, opened: bool) -> _Standing:
        make = partial(_standing, concept, at, opened=opened)
        return STANDING.of(request, concept.pk, opened, at=at, make=make)

    standing = standing_of(opened=not request.GET)
    overview = standing.overview
    chosen = standing.filter(request.GET) if request.GET else standing.unused
    choice = _Choice.of(chosen, overview)
    found = choice.count_in(overview, concept, at)
    page = _Counted(range(found), count=found).get_page(request.GET.get("page"))
    if page.number == 1 and not choice:
        shown = standing_of(opened=True).context
    else:
        measures = choice.rows_of(concept, at, page.number)
        localise(measures, get_language() or "de")
        shown = {**standing.context, "rows": [measure_row(measure) for measure in measures]}
    return render(
        request,
        "public/implementation.html",
        {
            **shown,
            "crumbs": crumbs,
            "concept": concept,
            "form": chosen,
            "found": ngettext("%(count)s measure", "%(count)s measures", found) % {"count": found},
            "is_filtered": bool(choice),
            "page": page,
            "query": choice.query,
            "today": at,
        },
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """How the concept stands, whatever a reader chooses to see of it."""

    overview: Overview
    coverage: list[Coverage]
    unused: ImplementationFilter
    """The filter before anybody used it."""
    context: dict[str, Any]

    def filter(self, given: QueryDict) -> ImplementationFilter:
        return _filter(self.overview, self.coverage, given)


def _filter(
    overview: Overview, coverage: list[Coverage], given: QueryDict | None
) -> ImplementationFilter:
    return ImplementationFilter(
        given,
        fields=[entry.field for entry in overview.fields],
        themes=[line.theme for line in coverage],
        groups=overview.target_groups,
    )


STANDING: Shared[_Standing] = Shared()


def _standing(concept: Concept, at: datetime, *, opened: bool) -> _Standing:
    """Read how the concept stands; `opened` with what the page shows before anybody has chosen."""
    overview = queries.implementation_overview(concept, at=at)
    coverage = coverage_of(concept, public_only=True, adopted_only=True)
    opening, changes = queries.Opening([], [], []), []
    if opened:
        opening = queries.opening_of(concept, at=at, most=ROWS, silent=SILENT, key=KEY_MEASURES)
        changes = queries.changes_since(concept, since=at - PERIOD)
    things = [
        *(entry.field for entry in overview.fields),
        *(line.theme for line in coverage),
        *opening.first,
        *opening.silent,
        *opening.key,
        *(change.measure for change in changes),
        *(change.report for change in changes),
    ]
    localise(things, get_language() or "de")
    living = [entry for entry in overview.fields if entry.counts.total]
    context: dict[str, Any] = {
        "overview": overview,
        "headline": _headline(overview.counts),
        "sentence": _sentence(overview.counts),
        "segments": segments(overview.counts),
        "fields": [_bar_row(entry) for entry in living],
        "columns": [
            Column(_("Field of action")),
            *(Column(look_of(light).word, is_number=True) for light in queries.ORDER),
            Column(_("total"), is_number=True),
        ],
        "table": _table(overview),
        "silent_count": overview.counts.silent,
    }
    if opened:
        context |= {
            "is_plain": True,
            "since": at - PERIOD,
            "changes": [_change_row(change) for change in changes],
            "silent": [measure_row(measure) for measure in opening.silent],
            "key": [replace(measure_row(measure), is_key=False) for measure in opening.key],
            "matrix": matrix_of([entry.field for entry in living], coverage, _chosen),
            "rows": [measure_row(measure) for measure in opening.first],
        }
    return _Standing(overview, coverage, _filter(overview, coverage, None), context)


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a reader chose above the list."""

    light: str = ""
    field: int | None = None
    theme: str = ""
    written: frozenset[str] | None = None
    query: str = ""
    """All of it, as it stands in addresses."""

    def __bool__(self) -> bool:
        return bool(self.query)

    @classmethod
    def of(cls, form: ImplementationFilter, overview: Overview) -> _Choice:
        said = form.cleaned_data if form.is_bound and form.is_valid() else {}
        given = {name: value for name, value in said.items() if value}
        by_identifier = {entry.field.identifier: entry.field.pk for entry in overview.fields}
        group = given.get("target_group", "")
        return cls(
            light=given.get("light", ""),
            field=by_identifier.get(given.get("field", "")),
            theme=given.get("cross_cutting_theme", ""),
            written=overview.written_as(group) if group else None,
            query=urlencode(given),
        )

    def count_in(self, overview: Overview, concept: Concept, at: datetime) -> int:
        """Count without a query where the chart above the list has counted already."""
        if self.theme:
            return self._all(concept, at).count()
        return overview.counted(light=self.light, field=self.field, written=self.written)

    def rows_of(self, concept: Concept, at: datetime, page: int) -> list[Measure]:
        first = (page - 1) * ROWS
        return list(self._all(concept, at)[first : first + ROWS])

    def _all(self, concept: Concept, at: datetime) -> QuerySet[Measure]:
        return queries.measures_under_way(
            concept,
            at=at,
            light=self.light,
            field=self.field,
            theme=self.theme,
            written=self.written,
        )


def _chosen(theme: CrossCuttingTheme, field: FieldOfAction) -> str:
    return f"?cross_cutting_theme={theme.identifier}&field={field.identifier}#list"


@public_page()
def report(request: SiteRequest, identifier: str) -> HttpResponse:
    """One status report, with the thread through it and what was reported before and after."""
    found = queries.report_at(request.municipality, request.standing, identifier)
    language = get_language() or "de"
    others = [
        one for one in queries.latest_reports_of(found.measure, most=20) if one.pk != found.pk
    ]
    localise([found, found.measure, *others], language)
    return render(
        request,
        "public/report.html",
        {
            "crumbs": [
                Link(_("Start"), "../../"),
                Link(_("Implementation"), "../../umsetzung/"),
                Link(_("Status report")),
            ],
            "report": found,
            "measure": found.measure,
            "others": others,
            "thread": _ended(stations(found, standing=request.standing, language=language), found),
        },
    )


def _ended(thread: list[Station], found: StatusReport) -> list[Station]:
    """On the page of an older report the thread has gone on: we do not stand here any more."""
    if found.is_latest:
        return thread
    return [replace(station, position="past") for station in thread]


@never_cache
def report_page(request: SiteRequest, link: SignedLink) -> HttpResponse:
    """Answer a signed link with the purpose "report-status": GET asks, POST reports.

    Called by ``public:link``. A refusal shows the form again with everything typed; the link is
    used up only by a report that was taken.
    """
    at = timezone.now()
    measure = queries.measure_of_link(request.municipality, link.thing)
    if measure is None:
        raise NotThere
    if is_spent(link):
        raise LinkSpent
    by = Standing(
        municipality=request.municipality.pk,
        at=at,
        link=(link.purpose, link.thing),
        function=link.function,
    )
    form = ReportForm(request.POST if request.method == "POST" else None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.report_status(
                measure, **form.cleaned_data, by=by, at=at, signed=link, language=_language(measure)
            )
        except Refusal as problem:
            refusal = problem
        else:
            return render(
                request,
                "public/report_thanks.html",
                {
                    "report": made,
                    "measure": measure,
                    "address": request.build_absolute_uri(made.get_absolute_url()),
                },
            )
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(
        request,
        "public/report_form.html",
        {
            "form": form,
            "refusal": refusal,
            "measure": measure,
            "function": link.function,
            "last": queries.reports_of(measure).first(),
            "is_open": allowed(by, "monitoring.report", measure),
        },
        status=status,
    )


def _bar_row(entry: FieldCounts) -> BarRow:
    title, language = _in_words(entry.field, "title")
    said = _("%(done)s of %(total)s done")
    return BarRow(
        label=title,
        url=entry.field.get_absolute_url(),
        segments=tuple(segments(entry.counts)),
        remark=said % {"done": entry.counts.done, "total": entry.counts.total},
        language=language,
    )


def _change_row(change: Change) -> ChangeRow:
    measure, report = change.measure, change.report
    title, language = _in_words(measure, "title")
    said, said_in = _in_words(report, "text")
    return ChangeRow(
        title=title,
        language=language,
        url=report.get_absolute_url(),
        number=measure.number,
        before=change.before,
        after=report.light,
        when=timezone.localdate(report.reported_at),
        text=said,
        said_in=said_in,
        is_example=measure.is_example,
    )


def _in_words(thing: Thing, field: str) -> tuple[str, str]:
    """A text of a thing and, where that is not the page's language, the language of the text."""
    localised = getattr(thing, "localised", {}).get(field)
    if localised:
        return localised.text, ""
    language = thing.language
    return getattr(thing, field), "" if language == (get_language() or "de") else language


def segments(counts: Counts) -> list[Segment]:
    """Turn counts into the parts of a stacked bar, in the order that is the same everywhere."""
    return [Segment(light, counts.of(light), look_of(light).word) for light in queries.ORDER]


def measure_row(measure: Measure) -> MeasureRow:
    """Draw a measure of `measures_under_way`; a silent one says since when nobody reported."""
    light: str = measure.light  # type: ignore[attr-defined]  # annotated by the query
    since = measure.reported_at  # type: ignore[attr-defined]  # annotated by the query
    localised = getattr(measure, "localised", {}).get("title")
    return MeasureRow(
        number=measure.number,
        title=localised.text if localised else measure.title,
        url=measure.get_absolute_url(),
        lead=lead_words(measure),
        state=light,
        reported_on=since,
        remark="" if since else _("never reported"),
        is_key=measure.is_key,
        is_example=measure.is_example,
        language=localised.language if localised else measure.language,
    )


def _headline(counts: Counts) -> str:
    return ngettext(
        "%(done)s of %(total)s measures is done",
        "%(done)s of %(total)s measures are done",
        counts.done,
    ) % {"done": counts.done, "total": counts.total}


def _sentence(counts: Counts) -> str:
    """Say in words what the bar shows; what is nought is left out."""
    said: list[tuple[int, Any]] = [
        (
            counts.of("on_time"),
            lambda n: ngettext("%(n)s is on time.", "%(n)s are on time.", n),
        ),
        (
            counts.of("at_risk"),
            lambda n: ngettext("%(n)s is at risk.", "%(n)s are at risk.", n),
        ),
        (counts.of("stuck"), lambda n: ngettext("%(n)s is stuck.", "%(n)s are stuck.", n)),
        (
            counts.of("not_started"),
            lambda n: ngettext("%(n)s has not begun yet.", "%(n)s have not begun yet.", n),
        ),
        (
            counts.silent,
            lambda n: ngettext(
                "About %(n)s nobody has reported for a long time. We show that too.",
                "About %(n)s nobody has reported for a long time. We show that too.",
                n,
            ),
        ),
    ]
    return " ".join(words(number) % {"n": number} for number, words in said if number)


def _table(overview: Overview) -> list[list[Cell]]:
    """Every number leads to the measures behind it."""
    lines: Iterable[tuple[str, str, str, Counts]] = [
        *(
            (e.field.title, e.field.get_absolute_url(), e.field.identifier, e.counts)
            for e in overview.fields
        ),
        (_("All fields of action"), "", "", overview.counts),
    ]
    return [
        [
            Cell(title, url),
            *(_counted(counts.of(light), light, field) for light in queries.ORDER),
            _counted(counts.total, "", field),
        ]
        for title, url, field, counts in lines
    ]


def _counted(count: int, light: str, field: str) -> Cell:
    return Cell(count, f"?light={light}&field={field}#list" if count else "")


def _language(measure: Measure) -> str:
    """Assume that people write in the language of the page that they were shown."""
    return get_language() or measure.language
