"""Fields merged and split: what goes along is shown before, and a button takes it back."""

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
from miteinander.workspace.views.strategy.board import on_board
from miteinander.workspace.views.strategy.rooms import (
    board_address,
    concept_crumbs,
    concept_of,
    field_of,
    form_view,
    others_of,
)

if TYPE_CHECKING:
    from miteinander.strategy.models import Concept
    from miteinander.ui.requests import MemberRequest


@form_view
def field_merge(request: MemberRequest, identifier: str) -> HttpResponse:
    found = field_of(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.MergeFieldForm(typed(request), others=others_of(request, found))

    def act() -> str:
        actions.merge_field(found, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return board_address(found.concept)

    into = form.cleaned_data["into"] if _shows(request, form) else None
    title = _("Merge “%(title)s” into another field") % {"title": found.title}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Merge"),
            crumbs=concept_crumbs(found.concept, Link(title)),
            done=_("The field has been merged. Its page leads to the other one."),
            undo=lambda: undo_address(request, found.concept),
        ),
        act=act,
        template="workspace/regroup.html",
        more={
            "removal": queries.merging(found, into) if into else None,
            "into": into.title if into else "",
        },
    )


@form_view
def field_split(request: MemberRequest, identifier: str) -> HttpResponse:
    found = field_of(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.SplitFieldForm(typed(request), field=found)

    def act() -> str:
        data = {"themes": (), **form.cleaned_data}
        actions.split_field(found, **data, by=request.standing, at=request.standing.at)
        return board_address(found.concept)

    removal = None
    if _shows(request, form):
        removal = queries.splitting(
            found,
            goals=form.cleaned_data["goals"],
            themes=form.cleaned_data.get("themes", ()),
        )
    title = _("Split “%(title)s”") % {"title": found.title}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Split"),
            crumbs=concept_crumbs(found.concept, Link(title)),
            done=_("The field has been split. Both have their numbers; addresses stay."),
            undo=lambda: undo_address(request, found.concept),
            intro=_("A new field takes some goals and themes along. It stands behind this one."),
        ),
        act=act,
        template="workspace/regroup.html",
        more={"removal": removal, "into": form.data.get("title") or _("the new field")},
    )


def undo_address(request: MemberRequest, concept: Concept) -> str:
    """Where what was just merged or split is taken back."""
    rows = queries.concepts_visible_to(request.municipality, request.standing).filter(pk=concept.pk)
    latest = queries.regroupings_of(queries.with_regroupings(rows, at=request.standing.at).get())[0]
    here = reverse("workspace:regrouping_undo", args=[concept.identifier])
    return f"{here}?event={latest.event}"


@require_POST
def regrouping_undo(request: MemberRequest, identifier: str) -> HttpResponse:
    """A button in the message after it, and in the list on the board."""
    concept = concept_of(request, identifier)
    require(request.standing, "strategy.shape_concept", concept)
    event = request.GET.get("event", "")
    by = request.standing
    return on_board(
        request,
        concept,
        lambda: actions.undo_regrouping(
            concept, event=int(event) if event.isdecimal() else 0, by=by, at=by.at
        ),
        _("Undone. Everything is back where it was."),
    )


def _shows(request: MemberRequest, form: forms.MergeFieldForm | forms.SplitFieldForm) -> bool:
    """Whether there is something to look at first. Reason and name can follow when it is done."""
    if "preview" not in request.POST:
        return False
    later = [field for name, field in form.fields.items() if name in ("reason", "title")]
    for field in later:
        field.required = False
    shows = form.is_valid()
    for field in later:
        field.required = True  # the page must not say that they are optional
    return shows
