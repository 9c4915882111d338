"""Fields of action: proposed, kept, described, merged and given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.core.rights import require
from miteinander.strategy import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.merging import TwoEditors
from miteinander.workspace.presence import present_at
from miteinander.workspace.views.strategy.board import on_board
from miteinander.workspace.views.strategy.rooms import (
    board_address,
    concept_crumbs,
    concept_of,
    field_of,
    form_view,
    lies_with_the_review,
    others_of,
    to_hand_over,
)

if TYPE_CHECKING:
    from miteinander.strategy.models import FieldOfAction
    from miteinander.ui.requests import MemberRequest


@form_view
def field_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = concept_of(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.FieldForm(typed(request), municipality=request.municipality)

    def act() -> str:
        data = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        actions.propose_field(found, **data, by=request.standing, at=request.standing.at)
        return board_address(found)

    return ask(
        request,
        form,
        Question(
            title=_("Propose a field of action"),
            submit=_("Propose"),
            crumbs=concept_crumbs(found, Link(_("Propose a field of action"))),
            done=_("The field has been proposed. It gets a number when it is kept."),
        ),
        act=act,
    )


@require_POST
def field_keep(request: MemberRequest, identifier: str) -> HttpResponse:
    found = field_of(request, identifier)
    require(request.standing, "strategy.shape_concept", found)
    return on_board(
        request,
        found.concept,
        lambda: actions.keep_field(found, by=request.standing, at=request.standing.at),
        _("“%(title)s” is a field of action.") % {"title": found.title},
    )


@form_view
def field_rename(request: MemberRequest, identifier: str) -> HttpResponse:
    found = field_of(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.RenameForm(typed(request), initial={"title": found.title})

    def act() -> str:
        actions.rename_field(
            found, title=form.cleaned_data["title"], by=request.standing, at=request.standing.at
        )
        return board_address(found.concept)

    title = _("Rename “%(title)s”") % {"title": found.title}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Rename"),
            crumbs=concept_crumbs(found.concept, Link(title)),
            done=_("The field has a new name. Its page says what it was called before."),
        ),
        act=act,
    )


@form_view
def field_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = field_of(request, identifier)
    enter(request, "strategy.work_on_field", found)
    editors = TwoEditors(found, _values)
    form = forms.DescribeFieldForm(
        editors.typed(request), municipality=request.municipality, initial=_values(found)
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
        return board_address(found.concept)

    return ask(
        request,
        form,
        Question(
            title=found.title,
            submit=_("Save"),
            crumbs=concept_crumbs(found.concept, Link(found.title)),
            done=_("Saved."),
            autosave=found.identifier,
            nothing=lies_with_the_review(found, form),
            further=[
                *to_hand_over(found),
                Link(_("Earlier wordings"), reverse("workspace:field_history", args=[identifier])),
                Link(
                    _("Remarks and proposals"),
                    reverse("workspace:field_proposals", args=[identifier]),
                ),
            ],
            editors=editors,
        ),
        act=act,
        more={"present": present_at(request, found)},
    )


def _values(field: FieldOfAction) -> dict[str, object]:
    return {
        "scope": field.scope,
        "guiding_goal": field.guiding_goal,
        "working_group": field.working_group,
        "seen": field.revision,
    }


@form_view
def field_collect(request: MemberRequest, identifier: str) -> HttpResponse:
    found = field_of(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.CollectForm(typed(request), process=found.concept.process)

    def act() -> str:
        theme = form.cleaned_data["theme"]
        actions.attach_theme_to_field(
            theme, field=found, by=request.standing, at=request.standing.at
        )
        return board_address(found.concept)

    title = _("Assign a theme to “%(title)s”") % {"title": found.title}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Assign"),
            crumbs=concept_crumbs(found.concept, Link(title)),
            done=_("The theme and its contributions belong to the field now."),
            intro=_("All contributions in the theme come along on the golden thread."),
        ),
        act=act,
    )


@form_view
def field_retire(request: MemberRequest, identifier: str) -> HttpResponse:
    found = field_of(request, identifier)
    enter(request, "strategy.shape_concept", found)
    goals = [below.goal for below in queries.field_outline(found).goals]
    form = forms.RetireFieldForm(
        typed(request),
        inside=[*queries.themes_of_field(found), *goals],
        others=others_of(request, found),
    )

    def act() -> str:
        actions.retire_field(
            found,
            reason=form.cleaned_data["reason"],
            moved_to=form.homes(),
            by=request.standing,
            at=request.standing.at,
        )
        return board_address(found.concept)

    title = _("Give up “%(title)s”") % {"title": found.title}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Give up"),
            crumbs=concept_crumbs(found.concept, Link(title)),
            done=_("The field has been given up. Its page shows where everything went."),
            intro=_("Nothing gets lost: each theme and each goal needs a new place."),
        ),
        act=act,
    )
