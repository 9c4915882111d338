"""What is there already, shown to somebody who is writing.

Nothing of what is written is stored or logged, nothing is held up, and a text of any length is
compared by its beginning only. Without JavaScript a button shows the same page with everything that
was typed or chosen, under the same key: whoever looks does not begin to wait anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.core.translation import localise
from miteinander.participation import queries
from miteinander.participation.actions.receipts import SALT
from miteinander.participation.states import Allowed
from miteinander.public.views.participation.late import too_late
from miteinander.public.views.participation.methods import form_for
from miteinander.public.views.participation.shared import (
    call_of,
    crumbs,
    has_map,
    language,
    time_left,
    voices_of,
)
from miteinander.public.views.sending import confidential, drawn_again
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.ui.requests import SiteRequest


@login_not_required
@require_POST
@confidential
def nearby(request: SiteRequest, identifier: str) -> HttpResponse:
    """Up to three published contributions beside the form; only they, where htmx asks."""
    found = call_of(request, identifier)
    left = time_left(found, request)
    text = request.POST.get("text", "")
    if not left["is_open"]:
        return too_late(request, found)
    rows = queries.published_near(found.process, text, language=language())
    localise([found, *rows], language())
    may_support = found.allowed(Allowed.SUPPORT)
    context = {
        "near": voices_of(rows, call=found if may_support else None, is_open=True),
        "asked_near": True,
    }
    if request.htmx:
        response = render(request, "public/parts/near.html", context)
        response["X-Part"] = "yes"  # as in `supporting`
        return response
    form = form_for(found, None)(request.POST, request.FILES)
    form.is_valid()  # what is wrong is named here as well; a picture goes along
    form = drawn_again(request, form, SALT, found)
    context |= {
        "title": found.question,
        "crumbs": crumbs(Link(found.title, found.get_absolute_url()), Link(_("Answer"))),
        "call": found,
        "office": found.process.lead_office,
        "form": form,
        "has_map": has_map(request, found),
        **left,
    }
    return render(request, "public/contribute.html", context)
