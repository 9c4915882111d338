"""The votes behind a code: read, changed, taken along, deleted, by whoever holds it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from miteinander.core.codes import read_code
from miteinander.core.errors import NotThere
from miteinander.core.translation import localise
from miteinander.participation import actions, queries
from miteinander.public.views.participation.shared import crumbs, language, time_left
from miteinander.public.views.sending import confidential, see
from miteinander.public.views.taking_part import known_participant
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.participation.models import Participant
    from miteinander.ui.requests import SiteRequest

MEDIA = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a text for a formula; an apostrophe in front keeps it a text."""


@login_not_required
@require_safe
@confidential
def own_votes(request: SiteRequest, code: str) -> HttpResponse:
    """What one said to each statement; changed in the browser in which one voted."""
    found = _with_code(request, code)
    votes = queries.own_votes(found)
    localise([found.call, *(row.statement for row in votes)], language())
    mine = known_participant(request, found.call)
    context = {
        "title": _("Your votes"),
        "crumbs": crumbs(
            Link(found.call.title, found.call.get_absolute_url()), Link(_("Your votes"))
        ),
        "call": found.call,
        "code": read_code(code),
        "votes": votes,
        "address": request.build_absolute_uri(reverse("public:own_votes", args=[read_code(code)])),
        "is_mine": mine is not None and mine.pk == found.pk,
        **time_left(found.call, request),
    }
    return render(request, "public/own_votes.html", context)


@login_not_required
@require_safe
@confidential
def own_votes_file(request: SiteRequest, code: str, ending: str) -> HttpResponse:
    """The same for machines: what is stored, and nothing else is."""
    if ending not in MEDIA:
        raise NotThere
    found = _with_code(request, code)
    rows = [
        {
            "number": row.statement.order,
            "statement": row.statement.title,
            "vote": int(row.stance),
            "in_words": str(row.stance.label),
        }
        for row in queries.own_votes(found)
    ]
    body = _as_json(found, rows) if ending == "json" else _as_csv(rows)
    response = HttpResponse(body, content_type=MEDIA[ending])
    response["Content-Disposition"] = f'attachment; filename="stimmen.{ending}"'
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def own_votes_delete(request: SiteRequest, code: str) -> HttpResponse:
    """Asked once more, because it cannot be taken back."""
    found = _with_code(request, code)
    if request.method == "POST":
        actions.forget_votes(found)
        return see("call", found.call.identifier)
    localise([found.call], language())
    own = Link(_("Your votes"), reverse("public:own_votes", args=[read_code(code)]))
    context = {
        "title": _("Delete your votes"),
        "crumbs": crumbs(own, Link(_("Delete"))),
        "call": found.call,
        "code": read_code(code),
    }
    return render(request, "public/own_votes_delete.html", context)


def _with_code(request: SiteRequest, code: str) -> Participant:
    found = queries.votes_with(request.municipality, code)
    if found is None:
        raise NotThere
    return found


def _as_json(found: Participant, rows: list[dict[str, object]]) -> str:
    told = {
        "call": found.call.title,
        "question": found.call.question,
        "began_on": found.began_on.isoformat(),
        "channel": found.channel,
        "votes": rows,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _as_csv(rows: list[dict[str, object]]) -> str:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(["number", "statement", "vote", "in_words"])
    for row in rows:
        table.writerow([_plain(cell) for cell in row.values()])
    return written.getvalue()


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell
