"""The concept for everybody: editions, fields, goals, measures, and the lead's answer by link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.adoption.queries import objections_to, versions_of
from miteinander.core import wordlist
from miteinander.core.errors import Closed, Invalid, LinkSpent, NotThere, Refusal
from miteinander.core.links import SignedLink, is_spent
from miteinander.core.rights import require
from miteinander.core.standing import Standing
from miteinander.core.translation import localise
from miteinander.monitoring.queries import (
    ORDER,
    History,
    Status,
    history_of,
    key_measures_of,
    status_of,
)
from miteinander.monitoring.states import UNKNOWN, Light
from miteinander.public.freshness import public_page
from miteinander.public.matrix import matrix_of
from miteinander.public.thread import stations
from miteinander.strategy import actions, queries
from miteinander.strategy.forms import AnswerLeadForm, MeasureFilter
from miteinander.strategy.states import FieldState, LeadState, MeasureState
from miteinander.ui.shapes import GoalRow, Link, MeasureRow, ReportMark, Segment, Station
from miteinander.ui.states import look_of

if TYPE_CHECKING:
    from miteinander.core.models import Thing
    from miteinander.strategy.models import CrossCuttingTheme, FieldOfAction, Goal, Measure
    from miteinander.ui.requests import SiteRequest

PER_PAGE = 50
KEY_MEASURES = 24
"""So many stand on the page of an edition; every list of measures marks them."""
UNREPORTED = Status("draft")
IN_A_BAR = (*ORDER, "submitted", "draft")
"""In the order of a bar: what is under way, then what waits to be decided."""


def _language() -> str:
    return get_language() or "de"


def crumbs_to(*more: Link) -> list[Link]:
    return [
        Link(_("Home"), reverse("public:home")),
        Link(_("Concept"), reverse("public:concepts")),
        *more,
    ]


def crumb(thing: Thing, label: str = "") -> Link:
    return Link(label or thing.title, thing.get_absolute_url())


# --- rows ----------------------------------------------------------------------------------


def measure_rows(measures: Iterable[Measure], status: Mapping[int, Status]) -> list[MeasureRow]:
    """Turn measures into rows: number, title, lead, state with its age."""
    return [_row(measure, status.get(measure.pk, UNREPORTED)) for measure in measures]


def _row(measure: Measure, status: Status) -> MeasureRow:
    title, foreign = _title_of(measure)
    return MeasureRow(
        number=measure.number,
        title=title,
        url=measure.get_absolute_url(),
        state=status.light,
        # Before adoption there is no report to show: the row says how far the wording is.
        state_label=MeasureState(measure.state).label if not status.is_under_way else "",
        lead=queries.lead_words(measure),
        reported_on=localdate(status.reported_at) if status.reported_at else None,
        is_key=measure.is_key,
        is_example=measure.is_example,
        language=foreign,
    )


def _title_of(thing: Thing) -> tuple[str, str]:
    """The title in the page's language, or the original with the language it is in."""
    if localised := getattr(thing, "localised", {}).get("title"):
        return localised.text, ""
    return thing.title, thing.language if thing.language != _language() else ""


def _segments(status: Iterable[Status]) -> list[Segment]:
    counted = Counter(one.light for one in status)
    return [Segment(light, counted[light]) for light in IN_A_BAR if counted[light]]


# --- the concept ---------------------------------------------------------------------------


@public_page()
def concepts(request: SiteRequest) -> HttpResponse:
    found = list(queries.concepts_visible_to(request.municipality, request.standing)[:PER_PAGE])
    localise(found, _language())
    context = {"concepts": found, "crumbs": [crumbs_to()[0], Link(_("Concept"))]}
    return render(request, "public/concepts.html", context)


@public_page()
def concept(request: SiteRequest, identifier: str) -> HttpResponse:
    """One edition: its fields with counts, what lies across, what comes first, its versions."""
    found = queries.concept_at(request.municipality, request.standing, identifier)
    public_only = not request.standing.is_member
    fields = queries.fields_of(found, public_only=public_only)
    coverage = queries.coverage_of(found, public_only=public_only)
    themes = [line.theme for line in coverage]
    counts = queries.counts_by_field(found, public_only=public_only)
    key = key_measures_of(found, at=request.standing.at, public_only=public_only, most=KEY_MEASURES)
    localise([found, *fields, *themes, *(m for m, _status in key)], _language())
    living = [f for f in fields if f.state != FieldState.RETIRED]
    nothing = queries.FieldCount(0, 0)
    written = [f for f in living if counts.get(f.pk, nothing).measures]
    context = {
        "concept": found,
        "fields": [(f, counts.get(f.pk, nothing)) for f in living],
        "kept": sum(f.state == FieldState.KEPT for f in living),
        "goals": sum(counts[f.pk].goals for f in living if f.pk in counts),
        "measures": sum(counts[f.pk].measures for f in living if f.pk in counts),
        "retired": [f for f in fields if f.state == FieldState.RETIRED],
        "themes": themes,
        "matrix": matrix_of(written, coverage, _chosen_in_field),
        "key": [replace(_row(measure, status), is_key=False) for measure, status in key],
        "versions": versions_of(found, public_only=public_only),
        "crumbs": crumbs_to(Link(found.title)),
    }
    return render(request, "public/concept.html", context)


def _chosen_in_field(theme: CrossCuttingTheme, field: FieldOfAction) -> str:
    return f"{field.get_absolute_url()}?cross_cutting_theme={theme.identifier}#measures"


def _goal_row(goal: Goal, rows: Iterable[MeasureRow], segments: Iterable[Segment]) -> GoalRow:
    title, foreign = _title_of(goal)
    return GoalRow(
        identifier=goal.identifier,
        title=title,
        url=goal.get_absolute_url(),
        number=goal.number,
        is_example=goal.is_example,
        segments=tuple(segments),
        measures=tuple(rows),
        language=foreign,
    )


@public_page("cross_cutting_theme", "lead", "state", "target_group")
def field(request: SiteRequest, identifier: str) -> HttpResponse:
    """A field with its goals and measures; a retired one says where everything went."""
    found = queries.field_at(request.municipality, request.standing, identifier)
    outline = queries.field_outline(found, public_only=not request.standing.is_member)
    measures = outline.measures
    status = status_of(measures, at=request.standing.at)
    moves = queries.moves_of(found)
    localise([found, *(g.goal for g in outline.goals), *measures, *moves.to], _language())
    form = _filter(request, measures, outline.themes, status)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    is_filtered = any(chosen.values())
    shown = {
        m.pk
        for m in measures
        if not is_filtered or _is_chosen(m, outline.themes[m.pk], status, chosen)
    }
    context = {
        "field": found,
        "moves": moves,
        # A field that lives shows its goals; one that was given up shows what became of it.
        "thread": stations(found, standing=request.standing, language=_language())
        if found.state == FieldState.RETIRED
        else [],
        "themes": _counted_themes(outline.themes),
        "goals": [
            _goal_row(
                below.goal,
                measure_rows([m for m in below.measures if m.pk in shown], status),
                _segments(status[m.pk] for m in below.measures if m.pk in status),
            )
            for below in outline.goals
            if not is_filtered or any(m.pk in shown for m in below.measures)
        ],
        "goal_count": len(outline.goals),
        "measure_count": len(measures),
        "segments": _segments(status.values()),
        "form": form,
        "is_filtered": is_filtered or bool(form.errors),
        "found": len(shown),
        "crumbs": crumbs_to(crumb(found.concept), Link(found.title)),
    }
    return render(request, "public/field.html", context)


def _filter(
    request: SiteRequest,
    measures: Sequence[Measure],
    themes_of: Mapping[int, Sequence[CrossCuttingTheme]],
    status: Mapping[int, Status],
) -> MeasureFilter:
    """Offer only what would find something."""
    themes = {theme.pk: theme for each in themes_of.values() for theme in each}
    lights = {one.light for one in status.values()}
    return MeasureFilter(
        request.GET or None,
        themes=sorted(themes.values(), key=lambda theme: (theme.position, theme.pk)),
        groups=wordlist.words_of(measure.target_groups for measure in measures),
        leads=queries.leads_of(measures),
        states=[(light, look_of(light).word) for light in IN_A_BAR if light in lights],
    )


def _is_chosen(
    measure: Measure,
    themes: Sequence[CrossCuttingTheme],
    status: Mapping[int, Status],
    chosen: Mapping[str, str],
) -> bool:
    state, theme, lead = (chosen.get(n, "") for n in ("state", "cross_cutting_theme", "lead"))
    group = chosen.get("target_group", "")
    return (
        (not state or status.get(measure.pk, UNREPORTED).light == state)
        and (not theme or theme in {t.identifier for t in themes})
        and (not group or wordlist.names(measure.target_groups, group))
        and (not lead or (measure.lead is not None and measure.lead.identifier == lead))
    )


def _counted_themes(
    themes_of: Mapping[int, Sequence[CrossCuttingTheme]],
) -> list[tuple[CrossCuttingTheme, int]]:
    found = {theme.pk: theme for themes in themes_of.values() for theme in themes}
    counted = Counter(theme.pk for themes in themes_of.values() for theme in themes)
    return [(found[pk], count) for pk, count in counted.most_common()]


@public_page()
def goal(request: SiteRequest, identifier: str) -> HttpResponse:
    found = queries.goal_at(request.municipality, request.standing, identifier)
    measures = queries.measures_of_goal(found, public_only=not request.standing.is_member)
    status = status_of(measures, at=request.standing.at)
    evidence = queries.evidence_of(found, request.standing)
    localise([found, found.field, *measures, *evidence], _language())
    context = {
        "goal": found,
        "evidence": evidence,
        "rows": measure_rows(measures, status),
        "segments": _segments(status.values()),
        "thread": stations(
            found,
            standing=request.standing,
            language=_language(),
            taken_over=_taken_over(request, found),
        ),
        "crumbs": crumbs_to(crumb(found.field), Link(_("Goal %(no)s") % {"no": found.number})),
    }
    return render(request, "public/goal.html", context)


@public_page()
def measure(request: SiteRequest, identifier: str) -> HttpResponse:
    """The sheet, the state, the objections that travel with it, the thread."""
    found = queries.measure_at(request.municipality, request.standing, identifier)
    objections = objections_to(found, public_only=not request.standing.is_member)
    beside = queries.companions_of(found, public_only=not request.standing.is_member)
    history = history_of(found, at=request.standing.at)
    status = history.status
    thread = stations(
        found,
        standing=request.standing,
        language=_language(),
        taken_over=_taken_over(request, found),
        beside=[
            found.goal, found.goal.field, *objections, *beside.cross_cutting_themes,
            *history.reports,
        ],
    )  # fmt: skip
    context = {
        "measure": found,
        "goal": found.goal,
        "lead": queries.lead_words(found),
        "lead_accepted": queries.is_settled(found),
        "beside": beside,
        "objections": objections,
        "status": status,
        "history": history,
        "marks": [
            ReportMark(localdate(one.reported_at), one.get_absolute_url(), one.light)
            for one in reversed(history.reports)
        ],
        "next_step": _promised(history),
        "thread": [*thread, *_ahead(found, history, day=localdate(request.standing.at))],
        "crumbs": crumbs_to(
            crumb(found.goal.field),
            crumb(found.goal, _("Goal %(no)s") % {"no": found.goal.number}),
            Link(_("Measure %(no)s") % {"no": found.number}),
        ),
    }
    return render(request, "public/measure.html", context)


def _taken_over(request: SiteRequest, row: Goal | Measure) -> tuple[date, str] | None:
    """When it came out of a document; members also read out of which, and where it stands there."""
    if (part := queries.taken_from(row)) is None:
        return None
    words = queries.taken_from_in_words(row, inside=request.standing.is_member)
    return localdate(part.source.taken_at), words


def _promised(history: History) -> str:
    """Return the next step that was announced; a promise nobody repeats in time is none."""
    latest = history.latest
    if latest is None or history.status.light in (Light.DONE, UNKNOWN):
        return ""
    localised = getattr(latest, "localised", {}).get("next_step")
    return localised.text if localised else latest.next_step


def _ahead(found: Measure, history: History, *, day: date) -> list[Station]:
    """Draw what still lies ahead of a measure: the step that was announced, the planned end."""
    if found.state != MeasureState.ADOPTED or history.status.light == Light.DONE:
        return []
    ahead = []
    if step := _promised(history):
        latest = history.latest
        foreign = latest.language if latest and latest.language != _language() else ""
        ahead.append(
            Station(
                title=step,
                language="" if latest and getattr(latest, "localised", {}) else foreign,
                kind_label=_("Next step"),
                body=found.lead.title if found.lead else "",
                position="next",
            )
        )
    if found.ends and found.ends > day:
        ahead.append(
            Station(
                title=_("Planned end"),
                when=found.ends,
                precision="month",
                sentence=_("Then it shows whether the measure is continued, changed or ended."),
                position="next",
            )
        )
    return ahead


@public_page("page")
def cross_cutting_theme(request: SiteRequest, identifier: str) -> HttpResponse:
    found = get_object_or_404(
        queries.cross_cutting_themes_visible_to(request.municipality, request.standing),
        identifier=identifier,
    )
    measures = queries.measures_of_theme(found, public_only=not request.standing.is_member)
    page = Paginator(measures, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    status = status_of(rows, at=request.standing.at)
    localise([found, *rows], _language())
    context = {
        "theme": found,
        "page": page,
        "rows": measure_rows(rows, status),
        "crumbs": crumbs_to(crumb(found.concept), Link(found.title)),
    }
    return render(request, "public/cross_cutting_theme.html", context)


# --- the lead answers by link ----------------------------------------------------------------


def accept_lead_page(request: SiteRequest, link: SignedLink) -> HttpResponse:
    """Show the sheet and the question, or take the answer; called by the page of signed links.

    A link that was used, or a question that is closed, is refused before the form is shown.
    """
    found = queries.measure_of_link(request.municipality, link)
    if found is None:
        raise NotThere
    if is_spent(link):
        raise LinkSpent
    # Whoever answers does so for the organisation, signed in or not: nothing else is remembered.
    by = Standing(
        municipality=request.municipality.pk,
        at=request.standing.at,
        link=(link.purpose, link.thing),
        function=link.function,
    )
    form = AnswerLeadForm(request.POST if request.method == "POST" else None, measure=found)
    refusal: Refusal | None = None
    status = 200
    if request.method == "POST":
        status = 422
        require(by, "strategy.answer_as_lead", found)
        if form.is_valid():
            try:
                answered = _answer(found, form, by=by, link=link)
            except (Invalid, Closed) as problem:
                refusal = problem
            else:
                return render(request, "public/lead_thanks.html", {"measure": answered})
    if found.lead is None or found.lead.title != link.function:
        raise Closed(
            _("Meanwhile another organisation has been asked to take the lead."),
            where=found.title,
        )
    beside = queries.companions_of(found, public_only=True)
    context = {
        "measure": found,
        "goal": found.goal,
        "organisation": found.lead,
        "is_open": found.lead_state == LeadState.ASKED and not found.lead.retired_on,
        "beside": beside,
        "form": form,
        "refusal": refusal,
        "expires": link.expires,
    }
    return render(request, "public/lead_form.html", context, status=status)


def _answer(found: Measure, form: AnswerLeadForm, *, by: Standing, link: SignedLink) -> Measure:
    if form.cleaned_data["answer"] == "accept":
        return actions.accept_lead(found, by=by, at=by.at, link=link)
    reason = form.cleaned_data["reason"]
    if form.cleaned_data["answer"] == "wish":
        return actions.wish_change(
            found, reason=reason, terms=form.terms(), by=by, at=by.at, link=link
        )
    return actions.decline_lead(found, reason=reason, by=by, at=by.at, link=link)
