"""The page of one organisation: where we sit, what we accepted, what is asked of us.

It gathers from every stage what each one's queries know. Its own people find here what waits
for them; everybody else of the workspace sees who does what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.community import queries
from miteinander.core.rights import allowed
from miteinander.monitoring.queries import silent_measures
from miteinander.process.queries import invitations_waiting, tasks_of_organisation
from miteinander.strategy.queries import measures_with
from miteinander.strategy.states import LeadState
from miteinander.ui.shapes import Cell, Column, Link, Todo
from miteinander.workspace.asking import enter
from miteinander.workspace.views.community.crumbs import CHANGE, SEE, register_crumbs
from miteinander.workspace.views.community.offers import lasting_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from miteinander.community.models import Organisation
    from miteinander.strategy.models import Measure
    from miteinander.ui.requests import MemberRequest

MOST = 30
"""So many invitations, tasks and silent measures are named; more is for their own lists."""


@require_GET
def organisation(request: MemberRequest, identifier: str) -> HttpResponse:
    enter(request, SEE)
    rows = queries.organisations_visible_to(request.municipality, request.standing)
    found = get_object_or_404(rows.select_related("contact"), identifier=identifier)
    today = localdate(request.standing.at)
    page = queries.organisation_page(found, request.standing)
    measures = measures_with(found, request.standing)
    may_change = allowed(request.standing, CHANGE, found)
    context = {
        "title": found.title,
        "crumbs": register_crumbs(
            Link(_("Organisations"), reverse("workspace:organisations")), Link(found.title)
        ),
        "organisation": found,
        "page": page,
        "is_ours": found.pk in request.standing.organisations,
        "todos": list(_asked(request, found, measures, today)),
        "led": [m for m in measures if m.lead_id == found.pk and _is_accepted(m)],
        "partner": [m for m in measures if m.lead_id != found.pk],
        "people": _people(request, found, may_change=may_change),
        "columns": [Column(_("Offer")), Column(_("Target groups")), Column(_("Until when"))],
        "offers": [
            [
                Cell(offer.title, url=reverse("workspace:offer_edit", args=[offer.identifier]))
                if may_change or found.pk in request.standing.organisations
                else Cell(offer.title),
                Cell(offer.target_groups or _("not said")),
                Cell(lasting_of(offer, today)),
            ]
            for offer in queries.offers_of(found, request.standing)
        ],
    }
    return render(request, "workspace/organisation.html", context)


def _is_accepted(measure: Measure) -> bool:
    return measure.lead_state == LeadState.ACCEPTED


def _people(
    request: MemberRequest, organisation: Organisation, *, may_change: bool
) -> list[dict[str, str]]:
    """Who acts for it, by function; the office also sees names."""
    people = queries.people_acting_for(organisation.pk, request.municipality)
    return [
        {
            "function": person.function,
            "name": person.name if may_change else "",
            "url": reverse("workspace:person_edit", args=[person.pk]) if may_change else "",
        }
        for person in people
    ]


def _asked(
    request: MemberRequest, organisation: Organisation, measures: list[Measure], today: date
) -> Iterator[Todo]:
    """What waits for an answer of this organisation."""
    for measure in measures:
        if measure.lead_id == organisation.pk and measure.lead_state == LeadState.ASKED:
            yield Todo(
                title=_("Take the lead? %(measure)s") % {"measure": _named(measure)},
                url=reverse("workspace:measure", args=[measure.identifier]),
                action=_("Answer"),
                is_example=measure.is_example,
            )
    for row in invitations_waiting(organisation, today)[:MOST]:
        yield Todo(
            title=_("Invitation without an answer: %(meeting)s") % {"meeting": row.meeting.title},
            text=row.function,
            url=reverse("workspace:meeting", args=[row.meeting.identifier]),
            action=_("Open"),
            due=row.meeting.happened_on,
            is_example=row.is_example,
        )
    for task in tasks_of_organisation(organisation)[:MOST]:
        yield Todo(
            title=task.what,
            text=task.meeting.title,
            url=reverse("workspace:tasks"),
            action=_("Open"),
            due=task.due,
            is_late=task.due is not None and task.due < today,
            is_example=task.is_example,
        )
    silent = silent_measures(request.municipality, at=request.standing.at)
    for measure in silent.filter(lead=organisation, lead_state=LeadState.ACCEPTED)[:MOST]:
        yield Todo(
            title=_("A report is missing: %(measure)s") % {"measure": _named(measure)},
            url=reverse("workspace:report_new", args=[measure.identifier]),
            action=_("Report"),
            is_example=measure.is_example,
        )


def _named(measure: Measure) -> str:
    return " ".join(filter(None, (measure.number, measure.title)))
