"""Calls that are put to whoever has the code: typed in, or scanned from paper.

The answer to a code that opens nothing is always the same, whether a call exists or not, in this
town or another, open or closed; a code has 60 bits (see :mod:`miteinander.core.codes`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from miteinander.core.opened import COOKIE, COOKIE_DAYS, carried_with
from miteinander.participation import queries
from miteinander.public.views.participation.shared import crumbs
from miteinander.public.views.sending import confidential, see
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.participation.models import Call
    from miteinander.ui.requests import SiteRequest


class AccessForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code of the call"),
        help_text=gettext_lazy("Three groups of four letters and digits, such as M4RK-7TZW-0QHA."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def by_code(request: SiteRequest) -> HttpResponse:
    """Type the code, answer the question."""
    form = AccessForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _tried(request, form)
    return _asked(request, form, status=422 if form.is_bound else 200)


@login_not_required
@require_safe
@confidential
def opened(request: SiteRequest, code: str) -> HttpResponse:
    """The address with the code, as a QR code holds it."""
    return _tried(request, AccessForm({"code": code}))


def _tried(request: SiteRequest, form: AccessForm) -> HttpResponse:
    form.is_valid()  # whatever was typed is compared; what is no code opens nothing
    found = queries.call_with_code(request.municipality, form.data["code"])
    if found is not None:
        return _remembered(request, found)
    form.add_error(
        "code", _("This code opens nothing. Please compare it with the paper, letter by letter.")
    )
    return _asked(request, form, status=404)


def _asked(request: SiteRequest, form: AccessForm, *, status: int) -> HttpResponse:
    context = {
        "title": _("Have your say with a code"),
        "crumbs": crumbs(Link(_("With a code"))),
        "form": form,
    }
    return render(request, "public/by_code.html", context, status=status)


def _remembered(request: SiteRequest, call: Call) -> HttpResponse:
    """On to the call; the browser keeps the code, so that it need not be typed again."""
    response = see("call", call.identifier)
    response.set_cookie(
        COOKIE,
        carried_with(request.COOKIES, call.access_code),
        max_age=COOKIE_DAYS * 86_400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
