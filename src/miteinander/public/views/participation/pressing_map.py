"""Choosing a place by pressing a map, where the town has named a server for its tiles.

Each tile is a button of a form that carries everything typed: so it works without a script, with
a mouse, a finger or a keyboard, and nothing of it is kept anywhere. Who does not want it writes
two numbers or words, as everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.community.queries import tile_server_of
from miteinander.core.errors import NotThere
from miteinander.core.translation import localise
from miteinander.participation import queries
from miteinander.participation.actions.receipts import SALT
from miteinander.participation.forms import goes_along, point_in
from miteinander.public.maps import pressed_in, squares_of, view_of
from miteinander.public.views.participation.late import too_late
from miteinander.public.views.participation.methods import form_for
from miteinander.public.views.participation.shared import call_of, crumbs, language, time_left
from miteinander.public.views.sending import confidential, fresh_form
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.participation.models import Call
    from miteinander.ui.requests import SiteRequest

KEPT = ("text", "may_publish", "language", "form_key")
"""What goes along; under the same key nobody begins to wait anew."""


@login_not_required
@require_POST
@confidential
def choose_place(request: SiteRequest, identifier: str) -> HttpResponse:
    """The map, moved or come closer to as often as one likes; then the form with the place."""
    found = call_of(request, identifier)
    server = tile_server_of(request.municipality)
    if server is None or not queries.takes_places(found):
        raise NotThere
    if not time_left(found, request)["is_open"]:
        return too_late(request, found)
    kind = form_for(found, None)
    typed = {name: request.POST[name] for name in KEPT if name in request.POST}
    typed |= goes_along(kind(request.POST, request.FILES))
    if (point := pressed_in(request.POST)) is not None:
        typed["point"] = f"{point[0]:.3f}, {point[1]:.3f}"
        return _form_again(request, found, typed)
    if "back" in request.POST:
        return _form_again(request, found, typed)
    chosen = point_in(typed.get("point", ""))
    known = [chosen] if chosen else queries.points_in(found)
    at, _semicolon, zoom = request.POST.get("move", "").partition(";")
    view = view_of(known, at, zoom).squared()
    localise([found], language())
    context = {
        "title": _("Choose the place on a map"),
        "crumbs": crumbs(Link(found.title, found.get_absolute_url()), Link(_("Map"))),
        "call": found,
        "server": server,
        "typed": typed,
        "squares": squares_of(view, server.host),
        "moves": [
            (_("Closer"), view.closer(+1)),
            (_("Further away"), view.closer(-1)),
            (_("To the north"), view.stepped(0, -1)),
            (_("To the south"), view.stepped(0, +1)),
            (_("To the west"), view.stepped(-1, 0)),
            (_("To the east"), view.stepped(+1, 0)),
        ],
    }
    response = render(request, "public/choose_place.html", context)
    response.pictures_from = server.host  # type: ignore[attr-defined]  # read by the policy of pages
    return response


def _form_again(request: SiteRequest, found: Call, typed: dict[str, str]) -> HttpResponse:
    """The form as it was, with the place in it; nothing has been sent."""
    localise([found], language())
    context = {
        "title": found.question,
        "crumbs": crumbs(Link(found.title, found.get_absolute_url()), Link(_("Answer"))),
        "call": found,
        "office": found.process.lead_office,
        "form": fresh_form(request, form_for(found, None), SALT, typed, about=found),
        "has_map": True,
        **time_left(found, request),
    }
    return render(request, "public/contribute.html", context)
