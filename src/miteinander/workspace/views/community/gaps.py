"""Where offers are missing: first in words, then as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from miteinander.strategy.insights import Gaps, gaps_of
from miteinander.strategy.queries import current_concept
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.workspace.asking import enter
from miteinander.workspace.views.community.crumbs import SEE
from miteinander.workspace.views.community.offers import offer_crumbs

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest

VERDICTS = {
    "none": gettext_lazy("no offer"),
    "ending": gettext_lazy("only offers that end within a year"),
    "few": gettext_lazy("few offers"),
    "covered": gettext_lazy("several offers"),
}


@require_GET
def gaps(request: MemberRequest) -> HttpResponse:
    enter(request, SEE)
    concept = current_concept(request.municipality, request.standing)
    found = gaps_of(concept, day=localdate(request.standing.at)) if concept else None
    offers = reverse("workspace:offers")
    context = {
        "title": _("Where offers are missing"),
        "crumbs": offer_crumbs(Link(_("Gaps"))),
        "concept": concept,
        "gaps": found,
        "sentences": _sentences(found) if found else [],
        "columns": [
            Column(_("Target group")),
            Column(_("State")),
            Column(_("Offers now"), is_number=True),
            Column(_("of these end within a year"), is_number=True),
            Column(_("Measures that name it"), is_number=True),
            Column(_("Fields of action")),
        ],
        "rows": [
            [
                Cell(need.group),
                Cell(str(VERDICTS[need.verdict])),
                Cell(
                    need.offers,
                    url=f"{offers}?{urlencode({'target_group': need.group})}"
                    if need.offers
                    else "",
                ),
                Cell(need.ending),
                Cell(need.measures),
                Cell(", ".join(need.fields)),
            ]
            for need in found.needs
        ]
        if found
        else [],
    }
    return render(request, "workspace/gaps.html", context)


def _sentences(found: Gaps) -> list[str]:
    """What the table says, for those who read no tables."""
    count = len(found.needs)
    said = [
        ngettext(
            "The measures name %(count)d target group.",
            "The measures name %(count)d target groups.",
            count,
        )
        % {"count": count}
    ]
    for verdict, sentence in (
        ("none", _("For these there is no offer now: %(groups)s.")),
        ("ending", _("For these there are only offers that end within a year: %(groups)s.")),
        ("few", _("For these there are only one or two offers: %(groups)s.")),
    ):
        needs = found.with_verdict(verdict)  # type: ignore[arg-type]  # one of the three above
        if needs:
            said.append(sentence % {"groups": ", ".join(need.group for need in needs)})
    if count and len(found.with_verdict("covered")) == count:
        said.append(_("For each of them there are several offers that last."))
    if found.without_group:
        said.append(
            ngettext(
                "%(count)d offer names no target group and is not counted here.",
                "%(count)d offers name no target group and are not counted here.",
                found.without_group,
            )
            % {"count": found.without_group}
        )
    return said
