"""The wordings that answers often need: kept, changed, given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from miteinander.participation import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.participation.rooms import crumbs, form_view

if TYPE_CHECKING:
    from miteinander.participation.models import TextBlock
    from miteinander.ui.requests import MemberRequest

KEEP = "participation.keep_text_blocks"


@require_safe
def text_blocks(request: MemberRequest) -> HttpResponse:
    enter(request, KEEP)
    context = {
        "title": _("Text blocks"),
        "crumbs": crumbs(Link(_("Text blocks"))),
        "blocks": queries.text_blocks_visible_to(request.municipality, request.standing),
        "examples": actions.starting_blocks(),
    }
    return render(request, "workspace/text_blocks.html", context)


@form_view
def text_block_new(request: MemberRequest) -> HttpResponse:
    enter(request, KEEP)
    form = forms.TextBlockForm(typed(request), initial={"language": get_language() or "de"})

    def act() -> str:
        actions.write_text_block(request.municipality, **form.cleaned_data)
        return reverse("workspace:text_blocks")

    question = Question(
        title=_("New text block"),
        submit=_("Save"),
        done=_("The text block can be chosen now."),
        crumbs=_crumbs(_("New text block")),
        autosave="text-block-new",
    )
    return ask(request, form, question, act=act)


@form_view
def text_block_edit(request: MemberRequest, pk: int) -> HttpResponse:
    found = _block(request, pk)
    form = forms.TextBlockForm(typed(request), initial=forms.TextBlockForm.initial_from(found))

    def act() -> str:
        actions.write_text_block(request.municipality, **form.cleaned_data, block=found)
        return reverse("workspace:text_blocks")

    question = Question(
        title=_("Edit: %(title)s") % {"title": found.title},
        intro=_("Answers that were given stay as they are."),
        submit=_("Save"),
        done=_("The text block has been changed."),
        crumbs=_crumbs(found.title),
        autosave=f"text-block-{found.pk}",
    )
    return ask(request, form, question, act=act)


@require_POST
def text_block_retire(request: MemberRequest, pk: int) -> HttpResponse:
    found = _block(request, pk)
    actions.retire_text_block(found, at=request.standing.at)
    messages.success(
        request, _("The text block “%(title)s” is no longer offered.") % {"title": found.title}
    )
    return SeeOther(reverse("workspace:text_blocks"))


@require_POST
def text_block_examples(request: MemberRequest) -> HttpResponse:
    """Take the first set, in the language of the page; twice is once."""
    enter(request, KEEP)
    count = actions.take_starting_blocks(request.municipality, language=get_language() or "de")
    said = ngettext("%(count)s text block was added.", "%(count)s text blocks were added.", count)
    messages.success(request, said % {"count": count})
    return SeeOther(reverse("workspace:text_blocks"))


def _block(request: MemberRequest, pk: int) -> TextBlock:
    enter(request, KEEP)
    found = queries.text_blocks_visible_to(request.municipality, request.standing)
    return get_object_or_404(found, pk=pk)


def _crumbs(here: str) -> list[Link]:
    return crumbs(Link(_("Text blocks"), reverse("workspace:text_blocks")), Link(here))
