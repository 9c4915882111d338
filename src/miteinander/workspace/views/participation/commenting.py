"""The comments on an answered contribution get its answer with one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from miteinander.participation import actions
from miteinander.workspace.asking import SeeOther
from miteinander.workspace.views.participation.rooms import (
    ANSWER,
    address_of,
    contribution_of,
    facts,
)

if TYPE_CHECKING:
    from django.http import HttpResponse

    from miteinander.ui.requests import MemberRequest


@require_POST
def answer_comments(request: MemberRequest, identifier: str) -> HttpResponse:
    """Refused while the contribution itself has no answer."""
    found = contribution_of(request, identifier, ANSWER)
    done = actions.answer_comments(found, **facts(request))
    if done:
        said = ngettext(
            "%(count)s comment was answered.", "%(count)s comments were answered.", done
        )
        messages.success(request, said % {"count": done})
    else:
        messages.info(request, _("Every comment has an answer already."))
    return SeeOther(address_of("contribution", found))
