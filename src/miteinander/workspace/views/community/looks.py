"""Pictures, and how the town looks: name, colour, crest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community import actions, forms, queries
from miteinander.core.uploads import bytes_of
from miteinander.ui.accent import judge
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed

if TYPE_CHECKING:
    from miteinander.core.models import Attachment
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


# --- pictures ---------------------------------------------------------------------------------


@require_GET
def pictures(request: MemberRequest) -> HttpResponse:
    enter(request, SEE)
    town = request.municipality
    page = Paginator(queries.pictures_of(town), 24).get_page(request.GET.get("page"))
    context = {
        "title": _("Pictures"),
        "crumbs": _crumbs(Link(_("Pictures"))),
        "pictures": list(page),
        "page": page,
        "used": queries.pictures_in_use(town),
        "crest": town.crest_id,
    }
    return render(request, "workspace/pictures.html", context)


def receive(request: MemberRequest, form: forms.PictureForm) -> Attachment:
    sent, data = form.cleaned_data["picture"], form.cleaned_data
    return actions.receive_picture(
        request.municipality,
        bytes_of(sent),
        name=sent.name,
        alternative_text=data["alternative_text"],
        is_decorative=data["is_decorative"],
        language=get_language() or "de",
        by=request.standing,
        at=request.standing.at,
    )


def _of_pictures(*more: Link) -> list[Link]:
    return _crumbs(Link(_("Pictures"), reverse("workspace:pictures")), *more)


@form_view
def picture_new(request: MemberRequest) -> HttpResponse:
    enter(request, WRITE)
    form = forms.PictureForm(typed(request), _files(request))

    def act() -> str:
        receive(request, form)
        return reverse("workspace:pictures")

    question = Question(
        title=_("Add a picture"),
        submit=_("Send picture"),
        done=_("The picture is there."),
        crumbs=_of_pictures(Link(_("New"))),
    )
    return ask(request, form, question, act=act)


def _picture(request: MemberRequest, identifier: str) -> Attachment:
    enter(request, WRITE)
    return get_object_or_404(queries.pictures_of(request.municipality), identifier=identifier)


@form_view
def picture_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _picture(request, identifier)
    form = forms.DescriptionForm(typed(request), initial=forms.DescriptionForm.initial_from(found))

    def act() -> str:
        actions.describe_picture(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:pictures")

    question = Question(
        title=_("What the picture shows"),
        submit=_("Save"),
        done=_("The alternative text has been saved, wherever the picture is shown."),
        crumbs=_of_pictures(Link(found.name)),
    )
    more = {"picture": found, "is_used": found.pk in queries.pictures_in_use(request.municipality)}
    return ask(request, form, question, act=act, template="workspace/picture.html", more=more)


@require_POST
def picture_remove(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _picture(request, identifier)
    actions.remove_picture(found, by=request.standing, at=request.standing.at)
    messages.success(request, _("The picture has been removed."))
    return SeeOther(reverse("workspace:pictures"))


# --- how the town looks -----------------------------------------------------------------------


@form_view
def appearance(request: MemberRequest) -> HttpResponse:
    """Name, colour and languages; a colour that cannot be read is refused with a better one."""
    enter(request, CHANGE)
    town = request.municipality
    sent = typed(request)
    if sent is not None and "take" in sent:  # the button with the suggested colour
        sent = sent.copy()
        sent["accent"] = sent.get("take", "")
    form = forms.AppearanceForm(sent, initial=forms.AppearanceForm.initial_from(town))

    def act() -> str:
        actions.set_appearance(
            town, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:appearance")

    question = Question(
        title=_("Appearance"),
        intro=_("Name, colour and crest of your town, on every page and in every document."),
        submit=_("Save"),
        done=_("Saved. Every page follows at once."),
        crumbs=_crumbs(Link(_("Appearance"))),
    )
    accent = str(form["accent"].value() or "")
    verdict = judge(accent) if _is_colour(accent) else None
    more = {"crest": town.crest, "verdict": verdict}
    return ask(request, form, question, act=act, template="workspace/appearance.html", more=more)


def _is_colour(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and set(text[1:].lower()) <= set("0123456789abcdef")


@form_view
def crest(request: MemberRequest) -> HttpResponse:
    enter(request, CHANGE)
    town = request.municipality
    form = forms.CrestForm(typed(request), _files(request))

    def act() -> str:
        sent = form.cleaned_data["picture"]
        actions.set_crest(
            town, bytes_of(sent), name=sent.name, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:appearance")

    question = Question(
        title=_("Crest"),
        submit=_("Send crest"),
        done=_("The crest stands on every page now."),
        crumbs=_crumbs(Link(_("Appearance"), reverse("workspace:appearance")), Link(_("Crest"))),
    )
    return ask(request, form, question, act=act)


@require_POST
def crest_remove(request: MemberRequest) -> HttpResponse:
    enter(request, CHANGE)
    actions.set_crest(request.municipality, None, by=request.standing, at=request.standing.at)
    messages.success(request, _("The pages show our sign again."))
    return SeeOther(reverse("workspace:appearance"))
