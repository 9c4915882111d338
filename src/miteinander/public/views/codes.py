"""The short codes that stand on paper, for those who type them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from miteinander.core.directory import with_code
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.ui.requests import SiteRequest


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code from the paper"),
        help_text=gettext_lazy("Two groups of four letters and digits, such as BCDF-GH23."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


@login_not_required
@require_safe
@never_cache
def short_code(request: SiteRequest) -> HttpResponse:
    form = CodeForm(request.GET or None)
    status = 200
    if form.is_bound:
        if form.is_valid():
            thing = with_code(request.municipality, form.cleaned_data["code"], request.standing)
            if thing is not None:
                return redirect(thing)
            form.add_error(
                "code",
                _("Nothing has this code. Please compare it with the paper, letter by letter."),
            )
        status = 404
    context = {
        "title": _("Type the code from the paper"),
        "crumbs": [Link(_("Start"), reverse("public:home")), Link(_("Code"))],
        "form": form,
    }
    return render(request, "public/short_code.html", context, status=status)
