"""News: drafted with a preview, published now or at a set moment, taken back, retired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community import actions, forms, queries
from miteinander.community.states import NewsState
from miteinander.core.errors import Refusal
from miteinander.core.rights import allowed
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day, written_time
from miteinander.workspace.asking import Question, ask, enter, press, typed
from miteinander.workspace.views.community.looks import receive
from miteinander.workspace.views.community.words import languages_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.community.models import News
    from miteinander.ui.requests import MemberRequest

SEE, WRITE, CHANGE = "community.see_register", "community.write_news", "community.change_register"
PER_PAGE = 50
form_view = require_http_methods(["GET", "HEAD", "POST"])
LOOKS = {
    NewsState.DRAFT: "draft",
    NewsState.SCHEDULED: "waiting",
    NewsState.PUBLISHED: "done",
    NewsState.RETIRED: "ended",
}
"""How the states of news look (see ui.states)."""


def _crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Municipality"), reverse("workspace:community")),
        *more,
    ]


def _files(request: MemberRequest) -> Any:
    return request.FILES if request.method == "POST" else None


@require_GET
def news_list(request: MemberRequest) -> HttpResponse:
    """All news with its state: drafts and what is scheduled, too."""
    enter(request, SEE)
    page = Paginator(queries.news_of(request.municipality), PER_PAGE).get_page(
        request.GET.get("page")
    )
    may_write = allowed(request.standing, WRITE)
    context = {
        "title": _("News"),
        "intro": _("What the start page tells: drafted here, published now or at a set moment."),
        "crumbs": _crumbs(Link(_("News"))),
        "columns": [Column(_("Title")), Column(_("State")), Column(_("Appears"))],
        "rows": [
            [
                Cell(
                    row.title,
                    url=reverse("workspace:news", args=[row.identifier])
                    if may_write
                    else row.get_absolute_url(),
                ),
                Cell(row.get_state_display(), state=LOOKS[NewsState(row.state)]),
                Cell(_moment(row)),
            ]
            for row in page
        ],
        "page": page,
        "add": Link(_("Write news"), reverse("workspace:news_new")) if may_write else None,
        "empty": (
            _("Nothing has been told yet."),
            _("Begin with what people ask most: what happens next, and when?"),
        ),
    }
    return render(request, "workspace/register.html", context)


def _moment(news: News) -> str:
    if news.appears_at is None:
        return _("not yet")
    return f"{written_day(news.appears_at)}, {written_time(news.appears_at)}"


def _of_news(*more: Link) -> list[Link]:
    return _crumbs(Link(_("News"), reverse("workspace:news_list")), *more)


@form_view
def news_new(request: MemberRequest) -> HttpResponse:
    enter(request, WRITE)
    form = forms.NewsForm(typed(request))

    def act() -> str:
        data = form.cleaned_data
        news = actions.write_news(
            request.municipality,
            title=data["title"],
            teaser=data["teaser"],
            text=data["text"],
            about=queries.things_named(request.municipality, data["about"]),
            language=get_language() or "de",
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:news", args=[news.identifier])

    question = Question(
        title=_("Write news"),
        submit=_("Save draft"),
        done=_("The draft has been saved. Nobody outside reads it yet."),
        crumbs=_of_news(Link(_("New"))),
        autosave="news-new",
    )
    return ask(request, form, question, act=act, template="workspace/news.html")


@form_view
def news(request: MemberRequest, identifier: str) -> HttpResponse:
    return _news_page(request, _news(request, identifier))


def _news(request: MemberRequest, identifier: str) -> News:
    enter(request, WRITE)
    found = queries.news_visible_to(request.municipality, request.standing)
    return get_object_or_404(found, identifier=identifier)


def _news_page(request: MemberRequest, news: News, refusal: Refusal | None = None) -> HttpResponse:
    """The words as a form with their preview; beside it what can be done next, and what was."""
    asked = None if refusal else typed(request)  # a button beside the form sends no words
    form = forms.NewsForm(asked, initial=forms.NewsForm.initial_from(news))

    def act() -> str:
        data = form.cleaned_data
        actions.edit_news(
            news,
            title=data["title"],
            teaser=data["teaser"],
            text=data["text"],
            about=queries.things_named(request.municipality, data["about"]),
            seen=data["seen"] or 0,
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:news", args=[news.identifier])

    question = Question(
        title=news.title,
        submit=_("Save"),
        done=_("Saved."),
        crumbs=_of_news(Link(news.title)),
        autosave=news.identifier,
    )
    has_appeared = news.has_appeared(request.standing.at)
    more = {
        "news": news,
        "look": LOOKS[NewsState(news.state)],
        "has_appeared": has_appeared,
        "is_current": has_appeared and news.state != NewsState.RETIRED,
        "former": queries.former_texts(news),
        "languages": languages_for(news),
        "stopped": refusal,
    }
    if refusal:
        context = {
            "question": question, "title": news.title, "crumbs": question.crumbs, "form": form,
            **more,
        }  # fmt: skip
        return render(request, "workspace/news.html", context, status=refusal.status)
    return ask(request, form, question, act=act, template="workspace/news.html", more=more)


def _on_news(
    request: MemberRequest, news: News, act: Callable[[], object], done: str
) -> HttpResponse:
    """Do what a button beside the form says; what stands in the way is shown on the same page."""
    return press(
        request,
        act,
        done=done,
        then=reverse("workspace:news", args=[news.identifier]),
        refused=lambda refusal: _news_page(request, news, refusal),
    )


@require_POST
def news_publish(request: MemberRequest, identifier: str) -> HttpResponse:
    found, who = _news(request, identifier), request.standing
    return _on_news(
        request,
        found,
        lambda: actions.publish_news(found, by=who, at=who.at),
        _("Published. Everybody reads it now. If that was too early, take it back."),
    )


@require_POST
def news_take_back(request: MemberRequest, identifier: str) -> HttpResponse:
    found, who = _news(request, identifier), request.standing
    return _on_news(
        request,
        found,
        lambda: actions.take_back_news(found, by=who, at=who.at),
        _("It is a draft again."),
    )


@require_POST
def news_retire(request: MemberRequest, identifier: str) -> HttpResponse:
    found, who = _news(request, identifier), request.standing
    return _on_news(
        request,
        found,
        lambda: actions.retire_news(found, by=who, at=who.at),
        _("It is no longer in the list. Its address keeps answering."),
    )


@require_POST
def news_restore(request: MemberRequest, identifier: str, event: int) -> HttpResponse:
    found, who = _news(request, identifier), request.standing
    return _on_news(
        request,
        found,
        lambda: actions.restore_news(found, event=event, seen=found.revision, by=who, at=who.at),
        _("The earlier text is back. What stood here before is kept among the earlier texts."),
    )


@form_view
def news_schedule(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _news(request, identifier)
    form = forms.ScheduleForm(typed(request), initial=forms.ScheduleForm.initial_from(found))
    address = reverse("workspace:news", args=[found.identifier])

    def act() -> str:
        actions.schedule_news(
            found, appears_at=form.moment(), by=request.standing, at=request.standing.at
        )
        return address

    question = Question(
        title=_("When does it appear?"),
        intro=found.title,
        submit=_("Set moment"),
        done=_("It appears by itself at that moment. Until then you can change or take it back."),
        crumbs=_of_news(Link(found.title, address), Link(_("Moment"))),
    )
    return ask(request, form, question, act=act)


@form_view
def news_picture(request: MemberRequest, identifier: str) -> HttpResponse:
    """Send a new picture for this news; those that are there already can be chosen below."""
    found = _news(request, identifier)
    form = forms.PictureForm(typed(request), _files(request))
    address = reverse("workspace:news", args=[found.identifier])

    def act() -> str:
        picture = receive(request, form)
        actions.choose_news_picture(found, picture, by=request.standing, at=request.standing.at)
        return address

    question = Question(
        title=_("Picture: %(title)s") % {"title": found.title},
        submit=_("Send picture"),
        done=_("The picture is shown with the news now."),
        crumbs=_of_news(Link(found.title, address), Link(_("Picture"))),
    )
    more = {"news": found, "pictures": queries.pictures_of(request.municipality)[:60]}
    return ask(request, form, question, act=act, template="workspace/news_picture.html", more=more)


@require_POST
def news_picture_choose(request: MemberRequest, identifier: str) -> HttpResponse:
    """Show a picture that is there already, or none."""
    found, who = _news(request, identifier), request.standing
    chosen = request.POST.get("picture", "")
    picture = (
        get_object_or_404(queries.pictures_of(request.municipality), identifier=chosen)
        if chosen
        else None
    )
    return _on_news(
        request,
        found,
        lambda: actions.choose_news_picture(found, picture, by=who, at=who.at),
        _("The picture is shown with the news now.") if picture else _("No picture is shown now."),
    )


@require_POST
def preview(request: MemberRequest) -> HttpResponse:
    """Words that are being typed, as readers would see them; nothing is kept."""
    enter(request, WRITE)
    words = {name: request.POST.get(name, "")[:50_000] for name in ("title", "teaser", "text")}
    return render(request, "workspace/parts/preview.html", words)
