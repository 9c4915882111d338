"""Taking back what was sorted: a button in the message after it, and in the list on the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.core.errors import Invalid, Refusal
from miteinander.participation import actions, queries
from miteinander.workspace.asking import SeeOther
from miteinander.workspace.views.participation.board import shown
from miteinander.workspace.views.participation.rooms import (
    GATHER,
    address_of,
    facts,
    process_of,
)

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@require_POST
def undo(request: MemberRequest, process: str) -> HttpResponse:
    """Undo the steps that the address names; a refusal is shown on the board."""
    found = process_of(request, process, GATHER)
    steps = queries.chosen_steps(found, request.GET.getlist("step"))
    try:
        if not steps:
            raise Invalid({"step": _("There is nothing here that could be undone.")})
        count = actions.undo(steps, **facts(request))
    except Refusal as problem:
        return shown(request, process, refusal=problem)
    if count:
        messages.success(request, _("Undone."))
    else:
        messages.info(request, _("Somebody has undone this already."))
    return SeeOther(address_of("board", found))
