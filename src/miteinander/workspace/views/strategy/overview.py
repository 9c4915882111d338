"""The overview before the decision: what may overlap, and the brief of ten minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from miteinander.core.errors import NotThere
from miteinander.core.rights import allowed
from miteinander.documents.apart import render_apart
from miteinander.documents.formats import FORMATS
from miteinander.strategy import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace import brief as briefs
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.strategy.regrouping import undo_address
from miteinander.workspace.views.strategy.rooms import concept_crumbs, concept_of, form_view

if TYPE_CHECKING:
    from miteinander.strategy.models import Overlap
    from miteinander.ui.requests import MemberRequest

BRIEF_TYPES = ("pdf", "docx")


@require_safe
def overlaps(request: MemberRequest, identifier: str) -> HttpResponse:
    """Pairs of measures that may be about the same, and what was said about earlier ones."""
    enter(request, "strategy.see_board")
    concept = concept_of(request, identifier)
    context = {
        "title": _("Possible overlaps"),
        "crumbs": concept_crumbs(concept, Link(_("Possible overlaps"))),
        "concept": concept,
        "pairs": [(pair, briefs.why(pair)) for pair in queries.overlaps_of(concept)],
        "decided": queries.decided_overlaps(concept),
        "run": queries.overlap_run_of(concept),
        "may_decide": allowed(request.standing, "strategy.shape_concept", concept),
    }
    return render(request, "workspace/overlaps.html", context)


@form_view
def overlap(request: MemberRequest, pk: int) -> HttpResponse:
    """The two beside each other, and what is to become of them."""
    if not request.standing.is_member:
        raise NotThere
    pair = get_object_or_404(queries.overlaps_in(request.municipality), pk=pk)
    enter(request, "strategy.shape_concept", pair.concept)
    form = forms.OverlapForm(typed(request), overlap=pair)
    address = reverse("workspace:overlaps", args=[pair.concept.identifier])
    title = _("Do these measures overlap?")

    def act() -> str:
        _decide(request, pair, form.cleaned_data["decision"], form.cleaned_data["word"])
        return address

    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Decide"),
            crumbs=concept_crumbs(pair.concept, Link(_("Possible overlaps"), address), Link(title)),
            done=_("The decision has been kept."),
            undo=lambda: (
                undo_address(request, pair.concept)
                if form.cleaned_data["decision"].startswith("into")
                else ""
            ),
        ),
        act=act,
        template="workspace/overlap.html",
        more={"pair": pair, "why": briefs.why(pair)},
    )


def _decide(request: MemberRequest, pair: Overlap, decision: str, word: str) -> None:
    by = request.standing
    one = pair.first if decision.endswith("first") else pair.second
    if decision == "dismiss":
        actions.dismiss_overlap(pair, word=word, by=by, at=by.at)
    elif decision.startswith("wait"):
        actions.link_overlap(pair, waits=one, word=word, by=by, at=by.at)
    else:
        actions.merge_overlap(pair, into=one, word=word, by=by, at=by.at)


@require_GET
def brief(request: MemberRequest, identifier: str) -> HttpResponse:
    """What has to be known before the meeting, in ten minutes. Remembers who looked when."""
    enter(request, "strategy.see_board")
    found = briefs.brief_of(request.municipality, identifier, request.standing)
    concept = found.concept
    context = {
        "title": _("Ten minutes for the steering group"),
        "crumbs": concept_crumbs(concept, Link(_("Ten minutes"))),
        "concept": concept,
        "brief": found,
        "parts": [(part, briefs.left_out(part) if part.more else "") for part in found.parts],
        "files": [
            Link(ending.upper(), reverse("workspace:brief_file", args=[identifier, ending]))
            for ending in BRIEF_TYPES
        ],
    }
    return render(request, "workspace/brief.html", context)


@require_GET
def brief_file(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """The same on paper, made while one waits."""
    enter(request, "strategy.see_board")
    if ending not in BRIEF_TYPES:
        raise NotThere
    found = briefs.brief_of(request.municipality, identifier, request.standing)
    document = briefs.as_document(found, request.standing)
    response = HttpResponse(render_apart(document, ending), content_type=FORMATS[ending].media_type)
    name = f"{_('ten-minutes')}-{identifier}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
