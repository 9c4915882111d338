"""The town's own pages, and its texts for the legal ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community import actions, forms, queries
from miteinander.community.states import LegalPage
from miteinander.core.errors import NotThere, Refusal
from miteinander.core.rights import allowed
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, press, typed
from miteinander.workspace.views.community.words import languages_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.community.models import Page
    from miteinander.ui.requests import MemberRequest

SEE, WRITE, CHANGE = "community.see_register", "community.write_news", "community.change_register"
PER_PAGE = 50
form_view = require_http_methods(["GET", "HEAD", "POST"])


def _crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Municipality"), reverse("workspace:community")),
        *more,
    ]


def _files(request: MemberRequest) -> Any:
    return request.FILES if request.method == "POST" else None


@require_GET
def pages(request: MemberRequest) -> HttpResponse:
    """The town's own pages, and the legal ones with what is still missing for them."""
    enter(request, SEE)
    town = request.municipality
    own = list(queries.pages_visible_to(town, request.standing))
    may_write = allowed(request.standing, WRITE)
    facts = queries.legal_facts(town, queries.frame_of(town).office, get_language() or "de")
    texts = {page.legal: page for page in own if page.legal}
    context = {
        "title": _("Pages"),
        "crumbs": _crumbs(Link(_("Pages"))),
        "may_write": may_write,
        "columns": [Column(_("Title")), Column(_("State")), Column(_("Where it is linked"))],
        "rows": [
            [
                Cell(
                    page.title,
                    url=reverse("workspace:page", args=[page.identifier])
                    if may_write
                    else page.get_absolute_url(),
                ),
                _page_state(page),
                Cell(page.get_place_display()),
            ]
            for page in own
            if not page.legal
        ],
        "legal": [
            {
                "label": legal.label,
                "url": reverse(f"public:{legal}"),
                "edit": reverse("workspace:legal", args=[str(legal)]),
                "page": texts.get(str(legal)),
                "missing": queries.missing_for(legal, facts),
            }
            for legal in LegalPage
        ],
    }
    return render(request, "workspace/pages.html", context)


def _page_state(page: Page) -> Cell:
    if page.is_public:
        return Cell(_("published"), state="done")
    return Cell(_("draft"), state="draft")


def _of_pages(*more: Link) -> list[Link]:
    return _crumbs(Link(_("Pages"), reverse("workspace:pages")), *more)


@form_view
def page_new(request: MemberRequest) -> HttpResponse:
    enter(request, WRITE)
    form = forms.PageForm(typed(request), initial={"place": "", "position": 0})

    def act() -> str:
        page = actions.write_page(
            request.municipality,
            **_of_form(form),
            language=get_language() or "de",
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:page", args=[page.identifier])

    question = Question(
        title=_("Write a page"),
        submit=_("Save draft"),
        done=_("The draft has been saved. Nobody outside reads it yet."),
        crumbs=_of_pages(Link(_("New"))),
        autosave="page-new",
    )
    return ask(request, form, question, act=act, template="workspace/page.html")


def _of_form(form: forms.PageForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "title": data["title"],
        "text": data["text"],
        "place": data["place"],
        "position": data["position"] or 0,
    }


@form_view
def page(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _page(request, identifier)
    if found.legal:
        return SeeOther(reverse("workspace:legal", args=[found.legal]))
    return _page_page(request, found)


def _page(request: MemberRequest, identifier: str) -> Page:
    enter(request, WRITE)
    found = queries.pages_visible_to(request.municipality, request.standing)
    return get_object_or_404(found.select_related("municipality"), identifier=identifier)


def _page_page(request: MemberRequest, page: Page, refusal: Refusal | None = None) -> HttpResponse:
    asked = None if refusal else typed(request)  # a button beside the form sends no words
    initial = forms.PageForm.initial_from(page)
    own: forms.PageForm | forms.LegalPageForm
    if page.legal:
        own = forms.LegalPageForm(asked, initial=initial)
    else:
        own = forms.PageForm(asked, initial=initial)

    def act() -> str:
        words = (
            {"title": page.title, "text": own.cleaned_data["text"]}
            if isinstance(own, forms.LegalPageForm)
            else _of_form(own)
        )
        actions.edit_page(
            page,
            **words,
            seen=own.cleaned_data["seen"] or 0,
            by=request.standing,
            at=request.standing.at,
        )
        return _address_of(page)

    question = Question(
        title=page.title,
        submit=_("Save"),
        done=_("Saved."),
        crumbs=_of_pages(Link(page.title)),
        autosave=page.identifier,
    )
    more = {
        "page": page,
        "former": queries.former_texts(page),
        "languages": languages_for(page),
        "stopped": refusal,
    }
    if refusal:
        context = {
            "question": question, "title": page.title, "crumbs": question.crumbs, "form": own,
            **more,
        }  # fmt: skip
        return render(request, "workspace/page.html", context, status=refusal.status)
    return ask(request, own, question, act=act, template="workspace/page.html", more=more)


def _address_of(page: Page) -> str:
    if page.legal:
        return reverse("workspace:legal", args=[page.legal])
    return reverse("workspace:page", args=[page.identifier])


@form_view
def legal(request: MemberRequest, legal: str) -> HttpResponse:
    """The town's own text for a legal page; it begins with ours, ready to be changed."""
    enter(request, WRITE)
    kind = _kind(legal)
    town, language = request.municipality, get_language() or "de"
    found = queries.legal_page(town, kind)
    if found:
        return _page_page(request, found)
    facts = queries.legal_facts(town, queries.frame_of(town).office, language)
    ours = queries.default_legal_text(kind, facts, language)
    form = forms.LegalPageForm(typed(request), initial={"text": ours})

    def act() -> str:
        page = actions.write_page(
            town,
            title=str(kind.label),
            text=form.cleaned_data["text"],
            legal=kind,
            language=language,
            by=request.standing,
            at=request.standing.at,
        )
        return _address_of(page)

    question = Question(
        title=kind.label,
        intro=_(
            "Readers see our text now. Change it here if your town needs another one. Once you "
            "publish your own, it no longer follows the settings."
        ),
        submit=_("Save draft"),
        done=_("The draft has been saved. Readers see our text until you publish yours."),
        crumbs=_of_pages(Link(kind.label)),
        autosave=f"legal-{kind}",
    )
    more = {"missing": queries.missing_for(kind, facts)}
    return ask(request, form, question, act=act, template="workspace/page.html", more=more)


def _kind(name: str) -> LegalPage:
    if name not in LegalPage.values:
        raise NotThere
    return LegalPage(name)


def _on_page(
    request: MemberRequest, page: Page, act: Callable[[], object], done: str
) -> HttpResponse:
    return press(
        request,
        act,
        done=done,
        then=_address_of(page),
        refused=lambda refusal: _page_page(request, page, refusal),
    )


@require_POST
def page_publish(request: MemberRequest, identifier: str) -> HttpResponse:
    found, who = _page(request, identifier), request.standing
    return _on_page(
        request,
        found,
        lambda: actions.publish_page(found, by=who, at=who.at),
        _("Published. Everybody reads it now. If that was too early, take it back."),
    )


@require_POST
def page_take_back(request: MemberRequest, identifier: str) -> HttpResponse:
    found, who = _page(request, identifier), request.standing
    return _on_page(
        request,
        found,
        lambda: actions.take_back_page(found, by=who, at=who.at),
        _("It is a draft again."),
    )


@require_POST
def page_restore(request: MemberRequest, identifier: str, event: int) -> HttpResponse:
    found, who = _page(request, identifier), request.standing
    return _on_page(
        request,
        found,
        lambda: actions.restore_page(found, event=event, seen=found.revision, by=who, at=who.at),
        _("The earlier text is back. What stood here before is kept among the earlier texts."),
    )


@form_view
def legal_facts(request: MemberRequest) -> HttpResponse:
    enter(request, CHANGE)
    town = request.municipality
    form = forms.LegalFactsForm(typed(request), initial=forms.LegalFactsForm.initial_from(town))

    def act() -> str:
        actions.set_municipality(
            town, facts={"legal": form.cleaned_data}, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:pages")

    question = Question(
        title=_("Details for the legal pages"),
        intro=_("Only your town knows these. What you leave empty is left out for readers."),
        submit=_("Save details"),
        done=_("The details have been saved."),
        crumbs=_of_pages(Link(_("Details"))),
    )
    return ask(request, form, question, act=act)
