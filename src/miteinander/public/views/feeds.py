"""Followed from elsewhere: what happened as Atom, dates as iCalendar.

Every address in them begins with the town's own (`core.links.address_of`), never with the host
that a request names: a feed is kept by readers for years.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.core.calendars import MEDIA_TYPE, Entry, seen
from miteinander.core.calendars import calendar as calendar_file
from miteinander.core.directory import led_to
from miteinander.core.events.read import Remembered, happened_to, timeline
from miteinander.core.links import address_of
from miteinander.process import queries as process
from miteinander.public.freshness import public_page
from miteinander.strategy import queries as strategy

if TYPE_CHECKING:
    from miteinander.core.models import Municipality
    from miteinander.process.models import Milestone
    from miteinander.ui.requests import SiteRequest

LATEST = 50
MOST_DATES = 1_000


# --- what happened ---------------------------------------------------------------------------


@public_page()
def town_feed(request: SiteRequest) -> HttpResponse:
    """The latest of everything that everybody may know."""
    events = timeline(request.municipality, public_only=True, limit=LATEST)
    title = _("What happens in %(town)s") % {"town": request.municipality.name}
    return _atom(request, title, reverse("public:home"), events)


@public_page()
def process_feed(request: SiteRequest, identifier: str) -> HttpResponse:
    found = process.process_at(request.municipality, request.standing, identifier)
    events = happened_to(process.things_of(found), most=LATEST)
    return _atom(request, found.title, found.get_absolute_url(), events)


@public_page()
def measure_feed(request: SiteRequest, identifier: str) -> HttpResponse:
    """Reports, objections and resolutions on one measure."""
    found = strategy.measure_at(request.municipality, request.standing, identifier)
    events = happened_to(led_to(found), most=LATEST)
    named = f"{found.number} {found.title}".strip()
    return _atom(request, named, found.get_absolute_url(), events)


def _atom(request: SiteRequest, title: str, path: str, events: list[Remembered]) -> HttpResponse:
    base = address_of(request.municipality)
    feed = Atom1Feed(
        title=seen(title),
        link=base + path,
        description=None,
        language=get_language(),
        feed_url=base + request.path,
        feed_guid=base + request.path,
    )
    for event in events:
        feed.add_item(
            title=seen(event.sentence),
            link=base + (event.url or path),
            description=escape(seen(event.title)),  # readers take it for HTML
            unique_id=f"{base}/{event.key}",
            updateddate=event.at,
            pubdate=event.at,
            author_name=seen(event.function) or request.municipality.name,
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


# --- dates -----------------------------------------------------------------------------------


@public_page()
def calendar(request: SiteRequest) -> HttpResponse:
    """All public meetings and the milestones of public processes."""
    town = request.municipality
    meetings = process.dates_of(town, most=MOST_DATES)
    milestones = process.milestones_of(town, most=MOST_DATES)
    events = [process.entry_of(meeting) for meeting in meetings]
    events += [_milestone(town, milestone) for milestone in milestones]
    name = _("Dates in %(town)s") % {"town": town.name}
    return _icalendar(events, name=name, file="termine.ics")


@public_page()
def meeting_date(request: SiteRequest, identifier: str) -> HttpResponse:
    found = process.meeting_at(request.municipality, request.standing, identifier)
    events = [process.entry_of(found)] if process.has_day(found) else []
    return _icalendar(events, name=found.title, file=f"termin-{found.identifier}.ics")


def _milestone(town: Municipality, milestone: Milestone) -> Entry:
    owner = milestone.process
    return Entry(
        uid=f"{owner.identifier}-{milestone.pk}@miteinander",
        title=_("Milestone: %(title)s") % {"title": milestone.title},
        starts=milestone.on,
        stamp=owner.created,
        url=address_of(town) + owner.get_absolute_url(),
        categories=(owner.title,),
        is_free=True,
    )


def _icalendar(entries: list[Entry], *, name: str, file: str) -> HttpResponse:
    response = HttpResponse(calendar_file(entries, name=name), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
