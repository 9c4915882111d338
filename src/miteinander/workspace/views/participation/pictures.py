"""The picture of a contribution: described for those who do not see it, or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.core.errors import Invalid, NotThere, Refusal
from miteinander.participation import actions, forms
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import SeeOther
from miteinander.workspace.views.participation.rooms import (
    MODERATE,
    address_of,
    contribution_of,
    crumbs,
    facts,
    form_view,
)

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@form_view
def contribution_picture(request: MemberRequest, identifier: str) -> HttpResponse:
    """Seen by the coordination before it is published, and after."""
    found = contribution_of(request, identifier, MODERATE)
    picture = getattr(found, "picture", None)
    if picture is None:
        raise NotThere
    if request.POST.get("do") == "leave_out":
        actions.leave_picture_out(found, **facts(request))
        messages.success(request, _("The picture is deleted. The words stay."))
        return SeeOther(address_of("contribution", found))
    form = forms.PictureForm(request.POST or None, initial={"text": picture.alternative_text})
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_picture(
                found, **form.cleaned_data, language=get_language() or "de", **facts(request)
            )
        except Invalid as problem:
            form.add_error("text", str(problem.fields["text"]))
        except Refusal as problem:
            refusal = problem
        else:
            messages.success(request, _("The picture is described."))
            return SeeOther(address_of("contribution", found))
    context = {
        "title": _("Picture"),
        "crumbs": crumbs(Link(found.title, address_of("contribution", found)), Link(_("Picture"))),
        "contribution": found,
        "picture": picture,
        "address": reverse("public:contribution_picture", args=[identifier, picture.width]),
        "form": form,
        "refusal": refusal,
    }
    refused = request.method == "POST"
    page = "workspace/contribution_picture.html"
    return render(request, page, context, status=422 if refused else 200)
