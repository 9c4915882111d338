"""The room in which fields, goals and measures are written together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.core.errors import Conflict, Invalid, Refusal
from miteinander.core.rights import allowed, require
from miteinander.participation.queries import themes_visible_to
from miteinander.strategy import actions, forms, queries
from miteinander.strategy.states import FieldState
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.workspace.asking import (
    Question,
    SeeOther,
    ask,
    base_on,
    blame,
    enter,
    sought,
    typed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.participation.models import Theme
    from miteinander.strategy.models import Concept, FieldOfAction, Goal, Measure
    from miteinander.ui.requests import MemberRequest

form_view = require_http_methods(["GET", "HEAD", "POST"])


def _crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Concepts"), reverse("workspace:concepts")),
        *more,
    ]


def _board(concept: Concept) -> str:
    return reverse("workspace:concept", args=[concept.identifier])


def _sheet(measure: Measure) -> str:
    return reverse("workspace:measure", args=[measure.identifier])


def _below(concept: Concept, *more: Link) -> list[Link]:
    return _crumbs(Link(concept.title, _board(concept)), *more)


# --- finding -------------------------------------------------------------------------------


def _concept(request: MemberRequest, identifier: str) -> Concept:
    return sought(
        request, queries.concepts_visible_to(request.municipality, request.standing), identifier
    )


def _field(request: MemberRequest, identifier: str) -> FieldOfAction:
    return sought(
        request, queries.fields_visible_to(request.municipality, request.standing), identifier
    )


def _goal(request: MemberRequest, identifier: str) -> Goal:
    return sought(
        request, queries.goals_visible_to(request.municipality, request.standing), identifier
    )


def _measure(request: MemberRequest, identifier: str) -> Measure:
    return sought(
        request, queries.measures_visible_to(request.municipality, request.standing), identifier
    )


def _theme(request: MemberRequest, identifier: str) -> Theme:
    found = themes_visible_to(request.municipality, request.standing)
    return get_object_or_404(found, identifier=identifier)


# --- the board -----------------------------------------------------------------------------


@require_GET
def concepts(request: MemberRequest) -> HttpResponse:
    enter(request, "strategy.see_board")
    rows = list(queries.concepts_visible_to(request.municipality, request.standing))
    context = {
        "title": _("Concepts"),
        "intro": _("Fields of action, goals and measures of each edition."),
        "crumbs": _crumbs(),
        "columns": [Column(_("Concept")), Column(_("State")), Column(_("Process"))],
        "rows": [
            [
                Cell(row.title, url=_board(row)),
                Cell(row.get_state_display()),
                Cell(row.process.title),
            ]
            for row in rows
        ],
        "add": Link(_("Begin a concept"), reverse("workspace:concept_new"))
        if allowed(request.standing, "strategy.shape_concept")
        else None,
        "empty": (
            _("No concept has been begun yet."),
            _("A concept belongs to a process. It begins when its fields take shape."),
        ),
    }
    return render(request, "workspace/register.html", context)


@form_view
def concept_new(request: MemberRequest) -> HttpResponse:
    enter(request, "strategy.shape_concept")
    form = forms.ConceptForm(typed(request), municipality=request.municipality)

    def act() -> str:
        data = dict(form.cleaned_data)
        process = data.pop("process")
        made = actions.begin_concept(process, **data, by=request.standing, at=request.standing.at)
        return _board(made)

    missing = []
    if not queries.processes_without_concept(request.municipality).exists():
        missing.append(Link(_("Set up a process"), reverse("workspace:process_new")))
    return ask(
        request,
        form,
        Question(
            title=_("Begin a concept"),
            submit=_("Begin now"),
            crumbs=_crumbs(Link(_("Begin a concept"))),
            done=_("The concept has begun. Everybody can see that it is being made."),
            missing=missing,
        ),
        act=act,
    )


@require_GET
def concept(request: MemberRequest, identifier: str) -> HttpResponse:
    """The board: fields, goals, measures, and what each still lacks."""
    return _show_board(request, _concept(request, identifier))


def _show_board(
    request: MemberRequest, found: Concept, *, refusal: Refusal | None = None
) -> HttpResponse:
    queries.know_phases(found)
    outline = queries.concept_outline(found, with_partners=False)
    standing = request.standing
    context = {
        "concept": found,
        "refusal": refusal,
        "crumbs": _below(found),
        "may_shape": allowed(standing, "strategy.shape_concept", found),
        "fields": [
            (below, allowed(standing, "strategy.draft", below.field)) for below in _tidy(outline)
        ],
        "retired": outline.retired_fields,
        "themes": outline.cross_cutting_themes,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/concept.html", context, status=status)


def _tidy(outline: queries.ConceptOutline) -> list[queries.FieldOutline]:
    """Kept fields in their order, candidates after them."""
    return sorted(outline.fields, key=lambda below: below.field.state != FieldState.KEPT)


def _on_board(
    request: MemberRequest, found: Concept, act: Callable[[], object], done: str
) -> HttpResponse:
    """Act and go back to the board; a refusal is shown on it."""
    try:
        act()
    except Refusal as refusal:
        return _show_board(request, found, refusal=refusal)
    messages.success(request, done)
    return SeeOther(_board(found))


@require_POST
def renumber(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _concept(request, identifier)
    require(request.standing, "strategy.shape_concept", found)
    return _on_board(
        request,
        found,
        lambda: actions.renumber(found, by=request.standing, at=request.standing.at),
        _("Everything is numbered without gaps. Addresses stay as they are."),
    )


@form_view
def cross_cutting_theme_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _concept(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.Titled(typed(request))

    def act() -> str:
        actions.name_cross_cutting_theme(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return _board(found)

    return ask(
        request,
        form,
        Question(
            title=_("Name a cross-cutting theme"),
            submit=_("Name it"),
            crumbs=_below(found, Link(_("Name a cross-cutting theme"))),
            done=_("The theme has been named. Measures can carry it now."),
        ),
        act=act,
    )


# --- fields --------------------------------------------------------------------------------


@form_view
def field_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _concept(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.FieldForm(typed(request), municipality=request.municipality)

    def act() -> str:
        data = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        actions.propose_field(found, **data, by=request.standing, at=request.standing.at)
        return _board(found)

    return ask(
        request,
        form,
        Question(
            title=_("Propose a field of action"),
            submit=_("Propose"),
            crumbs=_below(found, Link(_("Propose a field of action"))),
            done=_("The field has been proposed. It gets a number when it is kept."),
        ),
        act=act,
    )


@require_POST
def field_keep(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _field(request, identifier)
    require(request.standing, "strategy.shape_concept", found)
    return _on_board(
        request,
        found.concept,
        lambda: actions.keep_field(found, by=request.standing, at=request.standing.at),
        _("“%(title)s” is a field of action.") % {"title": found.title},
    )


@form_view
def field_rename(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _field(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.RenameForm(typed(request), initial={"title": found.title})

    def act() -> str:
        actions.rename_field(
            found, title=form.cleaned_data["title"], by=request.standing, at=request.standing.at
        )
        return _board(found.concept)

    title = _("Rename “%(title)s”") % {"title": found.title}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Rename"),
            crumbs=_below(found.concept, Link(title)),
            done=_("The field has a new name. Its page says what it was called before."),
        ),
        act=act,
    )


@form_view
def field_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _field(request, identifier)
    enter(request, "strategy.work_on_field", found)
    initial = {
        "scope": found.scope,
        "guiding_goal": found.guiding_goal,
        "working_group": found.working_group,
        "seen": found.revision,
    }
    form = forms.DescribeFieldForm(
        typed(request), municipality=request.municipality, initial=initial
    )
    if not request.standing.is_coordinator:
        del form.fields["working_group"]  # who may draft is the coordination's to say

    def act() -> str:
        data = dict(form.cleaned_data)
        seen = data.pop("seen")
        actions.describe_field(
            found,
            changes=data,
            revision=found.revision if seen is None else seen,
            by=request.standing,
            at=request.standing.at,
        )
        return _board(found.concept)

    return ask(
        request,
        form,
        Question(
            title=found.title,
            submit=_("Save"),
            crumbs=_below(found.concept, Link(found.title)),
            done=_("Saved."),
            autosave=found.identifier,
        ),
        act=act,
    )


@form_view
def field_collect(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _field(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.CollectForm(typed(request), process=found.concept.process)

    def act() -> str:
        theme = form.cleaned_data["theme"]
        actions.attach_theme_to_field(
            theme, field=found, by=request.standing, at=request.standing.at
        )
        return _board(found.concept)

    title = _("Assign a theme to “%(title)s”") % {"title": found.title}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Assign"),
            crumbs=_below(found.concept, Link(title)),
            done=_("The theme and its contributions belong to the field now."),
            intro=_("All contributions in the theme come along on the golden thread."),
        ),
        act=act,
    )


@form_view
def field_merge(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _field(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.MergeFieldForm(typed(request), others=_others(request, found))

    def act() -> str:
        actions.merge_field(found, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return _board(found.concept)

    title = _("Merge “%(title)s” into another field") % {"title": found.title}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Merge"),
            crumbs=_below(found.concept, Link(title)),
            done=_("The field has been merged. Its page leads to the other one."),
        ),
        act=act,
    )


@form_view
def field_retire(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _field(request, identifier)
    enter(request, "strategy.shape_concept", found)
    goals = [below.goal for below in queries.field_outline(found).goals]
    form = forms.RetireFieldForm(
        typed(request),
        inside=[*queries.themes_of_field(found), *goals],
        others=_others(request, found),
    )

    def act() -> str:
        actions.retire_field(
            found,
            reason=form.cleaned_data["reason"],
            moved_to=form.homes(),
            by=request.standing,
            at=request.standing.at,
        )
        return _board(found.concept)

    title = _("Give up “%(title)s”") % {"title": found.title}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Give up"),
            crumbs=_below(found.concept, Link(title)),
            done=_("The field has been given up. Its page shows where everything went."),
            intro=_("Nothing gets lost: each theme and each goal needs a new place."),
        ),
        act=act,
    )


def _others(request: MemberRequest, field: FieldOfAction) -> list[FieldOfAction]:
    return list(
        queries.fields_visible_to(request.municipality, request.standing)
        .filter(concept=field.concept_id)
        .exclude(state=FieldState.RETIRED)
        .exclude(pk=field.pk)
    )


# --- growing -------------------------------------------------------------------------------


@require_GET
def theme_grow(request: MemberRequest, identifier: str) -> HttpResponse:
    """Choose what grows from a theme: a goal in a field, or a measure for a goal."""
    enter(request, "strategy.see_board")
    theme = _theme(request, identifier)
    found = queries.concept_of_process(theme.process)
    if found is not None:
        queries.know_phases(found)
    outline = queries.concept_outline(found, with_partners=False) if found else None
    context = {
        "theme": theme,
        "concept": found,
        "fields": [
            (below, allowed(request.standing, "strategy.draft", below.field))
            for below in (_tidy(outline) if outline else [])
        ],
        "crumbs": _crumbs(Link(theme.title)),
    }
    return render(request, "workspace/theme_grow.html", context)


def _asked_theme(request: MemberRequest) -> Theme | None:
    identifier = request.GET.get("theme", "")
    return _theme(request, identifier) if identifier else None


@form_view
def goal_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _field(request, identifier)
    enter(request, "strategy.work_on_field", found)
    form = forms.GrowGoalForm(
        typed(request), process=found.concept.process, theme=_asked_theme(request)
    )

    def act() -> str:
        made = actions.grow_goal(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:goal_edit", args=[made.identifier])

    title = _("New goal in “%(title)s”") % {"title": found.title}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Write the goal"),
            crumbs=_below(found.concept, Link(title)),
            done=_("The goal is on the golden thread. Complete it here, then add measures."),
            intro=_("Say what it grows from: those who contributed will find it there."),
        ),
        act=act,
    )


@form_view
def goal_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _goal(request, identifier)
    enter(request, "strategy.work_on_field", found)
    initial = {name: getattr(found, name) for name in forms.GoalForm.base_fields if name != "seen"}
    form = forms.GoalForm(typed(request), initial={**initial, "seen": found.revision})

    def act() -> str:
        data = dict(form.cleaned_data)
        seen = data.pop("seen")
        actions.edit_goal(
            found,
            changes=data,
            revision=found.revision if seen is None else seen,
            by=request.standing,
            at=request.standing.at,
        )
        return _board(found.field.concept)

    return ask(
        request,
        form,
        Question(
            title=_("Goal %(no)s: %(title)s") % {"no": found.number, "title": found.title},
            submit=_("Save"),
            crumbs=_below(found.field.concept, Link(_("Goal %(no)s") % {"no": found.number})),
            done=_("Saved."),
            autosave=found.identifier,
        ),
        act=act,
    )


@form_view
def goal_move(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _goal(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.MoveGoalForm(
        typed(request), concept=found.field.concept, initial={"field": found.field_id}
    )

    def act() -> str:
        actions.move_goal(found, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return _board(found.field.concept)

    title = _("Move goal %(no)s") % {"no": found.number}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Move to this place"),
            crumbs=_below(found.field.concept, Link(title)),
            done=_("The goal has moved, and its measures with it. Addresses stay."),
        ),
        act=act,
    )


@form_view
def measure_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _goal(request, identifier)
    enter(request, "strategy.work_on_field", found)
    form = forms.GrowForm(
        typed(request), process=found.field.concept.process, theme=_asked_theme(request)
    )

    def act() -> str:
        made = actions.grow_measure(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return _sheet(made)

    title = _("New measure for goal %(no)s") % {"no": found.number}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Write the measure"),
            crumbs=_below(found.field.concept, Link(title)),
            done=_("The measure is a draft. Fill in the sheet; the open points stand beside it."),
            intro=found.title,
        ),
        act=act,
    )


# --- the sheet -----------------------------------------------------------------------------


@form_view
def measure(request: MemberRequest, identifier: str) -> HttpResponse:
    """The sheet as a form, in the order of the printed sheet, with its open points."""
    found = _measure(request, identifier)
    if request.method != "POST":
        return _show_sheet(request, found)
    enter(request, "strategy.work_on_field", found)
    form = forms.MeasureForm(request.POST, measure=found)
    if not form.is_valid():
        return _show_sheet(request, found, form=form, status=422)
    seen = form.cleaned_data["seen"]
    try:
        actions.edit_measure(
            found,
            changes=form.changes(),
            revision=found.revision if seen is None else seen,
            by=request.standing,
            at=request.standing.at,
        )
    except Invalid as refusal:
        blame(form, refusal)
        return _show_sheet(request, found, form=form, status=422)
    except Refusal as refusal:
        if isinstance(refusal, Conflict):
            base_on(form, refusal.revision)
        return _show_sheet(request, found, form=form, refusal=refusal, status=refusal.status)
    messages.success(request, _("Saved."))
    return SeeOther(_sheet(found))


def _show_sheet(
    request: MemberRequest,
    found: Measure,
    *,
    form: forms.MeasureForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    standing = request.standing
    may_edit = allowed(standing, "strategy.edit_measure", found)
    beside = queries.companions_of(found)
    context = {
        "measure": found,
        "goal": found.goal,
        "form": form or forms.MeasureForm(initial=forms.MeasureForm.of(found), measure=found),
        # A refused form is shown whatever became of the right meanwhile: nothing typed is lost.
        "shows_form": may_edit or form is not None,
        "points": queries.open_points(found),
        "partners": beside.partners,
        "themes": beside.cross_cutting_themes,
        "refusal": refusal,
        "is_conflict": isinstance(refusal, Conflict),
        "may_submit": allowed(standing, "strategy.submit_measure", found),
        "may_take_back": allowed(standing, "strategy.take_back_measure", found),
        "may_ask": allowed(standing, "strategy.ask_lead", found),
        "may_answer": allowed(standing, "strategy.answer_as_lead", found),
        "may_retire": allowed(standing, "strategy.retire_measure", found),
        "may_move": allowed(standing, "strategy.draft", found),
        "crumbs": _below(
            found.goal.field.concept, Link(_("Measure %(no)s") % {"no": found.number})
        ),
    }
    return render(request, "workspace/measure.html", context, status=status)


@require_POST
def measure_points(request: MemberRequest, identifier: str) -> HttpResponse:
    """The open points of what is typed so far; nothing is saved. Asked by htmx on each change."""
    found = _measure(request, identifier)
    enter(request, "strategy.work_on_field", found)
    form = forms.MeasureForm(request.POST, measure=found)
    form.is_valid()  # what does not fit yet counts as missing
    for name in forms.MeasureForm.base_fields:
        if name not in ("seen", "partners", "cross_cutting_themes"):
            empty = (
                "" if name not in ("lead", "starts", "ends", "cost_once", "cost_yearly") else None
            )
            setattr(found, name, form.cleaned_data.get(name, empty))
    context = {"points": queries.open_points(found), "goal": found.goal}
    return render(request, "workspace/measure_points.html", context)


def _on_sheet(
    request: MemberRequest, found: Measure, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return _show_sheet(request, found, refusal=refusal, status=refusal.status)
    messages.success(request, done)
    return SeeOther(_sheet(found))


@require_POST
def measure_submit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _measure(request, identifier)
    require(request.standing, "strategy.work_on_field", found)
    return _on_sheet(
        request,
        found,
        lambda: actions.submit_measure(found, by=request.standing, at=request.standing.at),
        _("The measure has been handed in. Everybody can read it now."),
    )


@require_POST
def measure_take_back(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _measure(request, identifier)
    require(request.standing, "strategy.work_on_field", found)
    return _on_sheet(
        request,
        found,
        lambda: actions.take_back_measure(found, by=request.standing, at=request.standing.at),
        _("The measure is a draft again."),
    )


@form_view
def measure_move(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _measure(request, identifier)
    enter(request, "strategy.work_on_field", found)
    concept_ = found.goal.field.concept
    form = forms.MoveMeasureForm(typed(request), concept=concept_, initial={"goal": found.goal_id})

    def act() -> str:
        actions.move_measure(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return _board(concept_)

    title = _("Move measure %(no)s") % {"no": found.number}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Move to this place"),
            crumbs=_below(concept_, Link(found.title, _sheet(found)), Link(title)),
            done=_("The measure has moved. Its number changed, its address did not."),
        ),
        act=act,
    )


@form_view
def measure_retire(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _measure(request, identifier)
    enter(request, "strategy.retire_measure", found)
    form = forms.ReasonForm(typed(request))

    def act() -> str:
        actions.retire_measure(
            found, reason=form.cleaned_data["reason"], by=request.standing, at=request.standing.at
        )
        return _sheet(found)

    title = _("Give up measure %(no)s") % {"no": found.number}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Give up"),
            crumbs=_below(found.goal.field.concept, Link(found.title, _sheet(found)), Link(title)),
            done=_("The measure has been given up. Its page stays and says why."),
        ),
        act=act,
    )


@form_view
def measure_ask_lead(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _measure(request, identifier)
    enter(request, "strategy.ask_lead", found)
    form = forms.AskLeadForm(
        typed(request), municipality=request.municipality, initial={"organisation": found.lead_id}
    )

    def act() -> str:
        asked = actions.ask_lead(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        if asked.lead is not None and not asked.lead.email:
            messages.warning(
                request,
                _(
                    "%(lead)s has no e-mail address here, so no mail goes out. Please enter one "
                    "under Municipality, Organisations, and ask again."
                )
                % {"lead": asked.lead.title},
            )
        return _sheet(found)

    title = _("Ask who takes the lead")
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Ask"),
            crumbs=_below(found.goal.field.concept, Link(found.title, _sheet(found)), Link(title)),
            done=_("The question has been asked. The answer will stand on the sheet."),
            intro=found.title,
        ),
        act=act,
    )


@form_view
def measure_answer_lead(request: MemberRequest, identifier: str) -> HttpResponse:
    """Answer for one's own organisation, signed in instead of by link."""
    found = _measure(request, identifier)
    enter(request, "strategy.answer_as_lead", found)
    form = forms.AnswerLeadForm(typed(request))

    def act() -> str:
        by = request.standing
        if form.cleaned_data["answer"] == "accept":
            actions.accept_lead(found, by=by, at=by.at)
        else:
            actions.decline_lead(found, reason=form.cleaned_data["reason"], by=by, at=by.at)
        return _sheet(found)

    title = _("Will you take the lead?")
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Send the answer"),
            crumbs=_below(found.goal.field.concept, Link(found.title, _sheet(found)), Link(title)),
            done=_("Thank you for the answer."),
            intro=found.title,
        ),
        act=act,
    )
