"""The room in which the chapters of the document are written and put in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.adoption.queries import draft_content
from miteinander.core.errors import Conflict, Invalid, NotThere, Refusal
from miteinander.core.rights import allowed, require
from miteinander.documents import html, markdown
from miteinander.documents.concept import document_of
from miteinander.documents.shapes import Document
from miteinander.strategy import actions, forms, queries
from miteinander.strategy.states import ChapterKind
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import SeeOther, blame, enter, press, sought, typed
from miteinander.workspace.merging import TwoEditors
from miteinander.workspace.presence import present_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.strategy.models import Chapter, Concept
    from miteinander.ui.requests import MemberRequest
    from miteinander.workspace.merging import Offer

form_view = require_http_methods(["GET", "HEAD", "POST"])
PREVIEW = "preview"
"""The button that shows instead of saving."""


def _crumbs(concept: Concept, *more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Concepts"), reverse("workspace:concepts")),
        Link(concept.title, reverse("workspace:concept", args=[concept.identifier])),
        Link(_("Chapters"), _list(concept)),
        *more,
    ]


def _list(concept: Concept) -> str:
    return reverse("workspace:chapters", args=[concept.identifier])


def _concept(request: MemberRequest, identifier: str) -> Concept:
    return sought(
        request, queries.concepts_visible_to(request.municipality, request.standing), identifier
    )


def chapter_of(request: MemberRequest, pk: int) -> Chapter:
    if not request.standing.is_member:
        raise NotThere
    rows = queries.chapters_visible_to(request.municipality, request.standing)
    return get_object_or_404(rows, pk=pk)


@require_GET
def chapters(request: MemberRequest, identifier: str) -> HttpResponse:
    """All chapters in their order: which write themselves, and which still wait for a text."""
    found = _concept(request, identifier)
    enter(request, "strategy.see_board", found)
    return _show(request, found)


def _show(
    request: MemberRequest, found: Concept, *, refusal: Refusal | None = None
) -> HttpResponse:
    rows = queries.chapters_of(found)
    context = {
        "concept": found,
        "chapters": rows,
        "missing": [row for row in rows if row.is_missing],
        "never_left_out": ChapterKind.FIELDS,
        "may_write": allowed(request.standing, "strategy.write_chapter", found),
        "refusal": refusal,
        "crumbs": [*_crumbs(found)[:-1], Link(_("Chapters"))],
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/chapters.html", context, status=status)


@require_GET
def document(request: MemberRequest, identifier: str) -> HttpResponse:
    """The whole document as it would be frozen now."""
    found = _concept(request, identifier)
    enter(request, "strategy.see_board", found)
    content = draft_content(found, at=request.standing.at)
    edition = document_of(content, language=get_language() or "de")
    context = {
        "concept": found,
        "document": edition,
        "body": mark_safe(html.body(edition)),  # noqa: S308 -- our renderer escapes every text
        "crumbs": _crumbs(found, Link(_("Preview"))),
    }
    return render(request, "workspace/document.html", context)


@form_view
def chapter_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _concept(request, identifier)
    enter(request, "strategy.write_chapter", found)
    form = forms.NewChapterForm(typed(request))

    def act() -> str:
        data = form.cleaned_data
        actions.add_chapter(
            found, title=data["title"], text=data["text"], by=request.standing,
            at=request.standing.at,
        )  # fmt: skip
        return _list(found)

    crumbs = _crumbs(found, Link(_("Add a chapter")))
    return _write(request, form, found, title=_("Add a chapter"), crumbs=crumbs, act=act)


@form_view
def chapter_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Write a chapter; the preview shows it without saving."""
    row = chapter_of(request, pk)
    enter(request, "strategy.write_chapter", row.concept)
    kind = forms.NewChapterForm if row.chapter_kind == ChapterKind.OWN else forms.ChapterForm
    editors = TwoEditors(row, _values)
    form = kind(editors.typed(request), initial=_values(row))
    form.fields["title"].widget.attrs["placeholder"] = row.heading

    def act() -> str:
        data = dict(form.cleaned_data)
        seen = data.pop("seen")
        actions.write_chapter(
            row,
            changes=data,
            revision=row.revision if seen is None else seen,
            by=request.standing,
            at=request.standing.at,
        )
        return _list(row.concept)

    crumbs = _crumbs(row.concept, Link(row.heading))
    return _write(
        request, form, row.concept, title=row.heading, crumbs=crumbs, act=act, editors=editors
    )


def _values(row: Chapter) -> dict[str, object]:
    return {"title": row.title, "text": row.text, "seen": row.revision}


def _write(
    request: MemberRequest,
    form: forms.ChapterForm,
    found: Concept,
    *,
    title: str,
    crumbs: list[Link],
    act: Callable[[], str],
    editors: TwoEditors[Chapter] | None = None,
) -> HttpResponse:
    refusal: Refusal | None = None
    offer: Offer | None = None
    status, shown = 200, None
    if request.method == "POST":
        sane = form.is_valid()
        if PREVIEW in request.POST:
            shown = form.cleaned_data.get("text", "")
        elif sane:
            try:
                address = act()
            except Invalid as problem:
                blame(form, problem)
            except Refusal as problem:
                refusal = problem
                if isinstance(problem, Conflict) and editors:
                    offer = editors.meet(form, problem)
            else:
                messages.success(request, _("Saved."))
                return SeeOther(address)
        if PREVIEW not in request.POST:
            status = refusal.status if refusal else 422
    context = {
        "title": title,
        "concept": found,
        "chapter": editors.row if editors else None,
        "crumbs": crumbs,
        "cancel": crumbs[-2],
        "form": form,
        "refusal": refusal,
        "is_conflict": isinstance(refusal, Conflict),
        "offer": offer,
        "draft_key": f"kapitel-{editors.row.pk}" if editors else "",
        "present": present_at(request, editors.row) if editors else None,
        "preview": None if shown is None else _as_read(shown, found),
    }
    only_part = request.htmx and shown is not None
    template = "workspace/parts/chapter_preview.html" if only_part else "workspace/chapter.html"
    return render(request, template, context, status=status)


def _as_read(text: str, found: Concept) -> str:
    """Show a text as the document will."""
    read = markdown.chapter(text)
    piece = Document(
        title=found.title, language=found.language, blocks=read.blocks, sections=read.sections
    )
    return mark_safe(html.body(piece, level=3))  # noqa: S308 -- our renderer escapes every text


def _on_list(
    request: MemberRequest, row: Chapter, act: Callable[[], object], done: str
) -> HttpResponse:
    """Act and go back to the list; a refusal is shown on it."""
    return press(
        request,
        act,
        done=done % {"title": row.heading},
        then=f"{_list(row.concept)}#kapitel-{row.pk}",
        refused=lambda refusal: _show(request, row.concept, refusal=refusal),
    )


@require_POST
def chapter_move(request: MemberRequest, pk: int) -> HttpResponse:
    row = chapter_of(request, pk)
    require(request.standing, "strategy.write_chapter", row.concept)
    to: Literal["earlier", "later"] = "earlier" if request.POST.get("to") == "earlier" else "later"
    return _on_list(
        request,
        row,
        lambda: actions.move_chapter(row, to=to, by=request.standing, at=request.standing.at),
        _("“%(title)s” has another place."),
    )


@require_POST
def chapter_leave_out(request: MemberRequest, pk: int) -> HttpResponse:
    row = chapter_of(request, pk)
    require(request.standing, "strategy.write_chapter", row.concept)
    return _on_list(
        request,
        row,
        lambda: actions.leave_out_chapter(row, by=request.standing, at=request.standing.at),
        _("“%(title)s” is left out. Its text is kept."),
    )


@require_POST
def chapter_take_in(request: MemberRequest, pk: int) -> HttpResponse:
    row = chapter_of(request, pk)
    require(request.standing, "strategy.write_chapter", row.concept)
    return _on_list(
        request,
        row,
        lambda: actions.take_in_chapter(row, by=request.standing, at=request.standing.at),
        _("“%(title)s” is part of the document again."),
    )
