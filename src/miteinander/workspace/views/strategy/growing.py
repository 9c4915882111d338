"""Goals and measures that grow out of themes; goals are edited and moved here, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.core.rights import allowed
from miteinander.strategy import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, sought, typed
from miteinander.workspace.merging import TwoEditors
from miteinander.workspace.presence import present_at
from miteinander.workspace.views.strategy.board import kept_first
from miteinander.workspace.views.strategy.rooms import (
    board_address,
    concept_crumbs,
    crumbs,
    field_of,
    form_view,
    goal_of,
    lies_with_the_review,
    sheet_address,
    theme_of,
    to_hand_over,
)

if TYPE_CHECKING:
    from miteinander.participation.models import Theme
    from miteinander.strategy.models import Goal
    from miteinander.ui.requests import MemberRequest


@require_GET
def theme_grow(request: MemberRequest, identifier: str) -> HttpResponse:
    """Choose what grows from a theme: a goal in a field, or a measure for a goal."""
    enter(request, "strategy.see_board")
    theme = theme_of(request, identifier)
    found = queries.concept_of_process(theme.process)
    if found is not None:
        queries.know_phases(found)
    outline = queries.concept_outline(found, with_partners=False) if found else None
    context = {
        "theme": theme,
        "concept": found,
        "fields": [
            (below, allowed(request.standing, "strategy.draft", below.field))
            for below in (kept_first(outline) if outline else [])
        ],
        "crumbs": crumbs(Link(theme.title)),
    }
    return render(request, "workspace/theme_grow.html", context)


def _asked_theme(request: MemberRequest) -> Theme | None:
    identifier = request.GET.get("theme", "")
    return theme_of(request, identifier) if identifier else None


@form_view
def goal_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = field_of(request, identifier)
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
            crumbs=concept_crumbs(found.concept, Link(title)),
            done=_("The goal is on the golden thread. Complete it here, then add measures."),
            intro=_("Say what it grows from: those who contributed will find it there."),
        ),
        act=act,
    )


@form_view
def goal_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = goal_of(request, identifier)
    enter(request, "strategy.work_on_field", found)
    editors = TwoEditors(found, _values)
    form = forms.GoalForm(editors.typed(request), initial=_values(found))

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
        return board_address(found.field.concept)

    return ask(
        request,
        form,
        Question(
            title=_("Goal %(no)s: %(title)s") % {"no": found.number, "title": found.title},
            intro=queries.taken_from_in_words(found),
            submit=_("Save"),
            crumbs=concept_crumbs(
                found.field.concept, Link(_("Goal %(no)s") % {"no": found.number})
            ),
            done=_("Saved."),
            autosave=found.identifier,
            nothing=lies_with_the_review(found, form),
            further=[
                Link(
                    _("What the need rests on"),
                    reverse("workspace:goal_evidence", args=[identifier]),
                ),
                *to_hand_over(found),
                Link(_("Earlier wordings"), reverse("workspace:goal_history", args=[identifier])),
                Link(
                    _("Remarks and proposals"),
                    reverse("workspace:goal_proposals", args=[identifier]),
                ),
            ],
            editors=editors,
        ),
        act=act,
        more={"present": present_at(request, found)},
    )


def _values(goal: Goal) -> dict[str, object]:
    names = [name for name in forms.GoalForm.base_fields if name != "seen"]
    return {**{name: getattr(goal, name) for name in names}, "seen": goal.revision}


@form_view
def goal_evidence(request: MemberRequest, identifier: str) -> HttpResponse:
    """Search for what the need rests on and choose it; without JavaScript one page, one form."""
    rows = queries.goals_visible_to(request.municipality, request.standing)
    found = sought(request, queries.with_evidence(rows), identifier)
    enter(request, "strategy.work_on_field", found)
    form = forms.EvidenceForm(typed(request), goal=found, standing=request.standing)

    def act() -> str:
        actions.name_evidence(found, **form.changes(), by=request.standing, at=request.standing.at)
        return reverse("workspace:goal_edit", args=[identifier])

    title = _("What the need rests on")
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Save"),
            crumbs=concept_crumbs(
                found.field.concept,
                Link(
                    _("Goal %(no)s") % {"no": found.number},
                    reverse("workspace:goal_edit", args=[identifier]),
                ),
                Link(title),
            ),
            done=_("Saved."),
            intro=_(
                "“%(title)s”: choose contributions, offers, minutes, or measures with their "
                "indicators. Both pages then lead to each other on the golden thread."
            )
            % {"title": found.title},
        ),
        act=act,
        template="workspace/evidence.html",
        more={"searched": "preview" in request.POST and request.POST.get("search", "").strip()},
    )


@form_view
def goal_move(request: MemberRequest, identifier: str) -> HttpResponse:
    found = goal_of(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.MoveGoalForm(
        typed(request), concept=found.field.concept, initial={"field": found.field_id}
    )

    def act() -> str:
        actions.move_goal(found, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return board_address(found.field.concept)

    title = _("Move goal %(no)s") % {"no": found.number}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Move to this place"),
            crumbs=concept_crumbs(found.field.concept, Link(title)),
            done=_("The goal has moved, and its measures with it. Addresses stay."),
        ),
        act=act,
    )


@form_view
def measure_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = goal_of(request, identifier)
    enter(request, "strategy.work_on_field", found)
    form = forms.GrowForm(
        typed(request), process=found.field.concept.process, theme=_asked_theme(request)
    )

    def act() -> str:
        made = actions.grow_measure(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return sheet_address(made)

    title = _("New measure for goal %(no)s") % {"no": found.number}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Write the measure"),
            crumbs=concept_crumbs(found.field.concept, Link(title)),
            done=_("The measure is a draft. Fill in the sheet; the open points stand beside it."),
            intro=found.title,
        ),
        act=act,
    )
