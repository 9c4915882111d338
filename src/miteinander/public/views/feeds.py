"""Followed from elsewhere: what happened as Atom, dates as iCalendar.

Every address in them begins with the town's own (`core.links.address_of`), never with the host
that a request names: a feed is kept by readers for years.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.core.directory import led_to
from miteinander.core.events.read import Remembered, happened_to, timeline
from miteinander.core.links import address_of
from miteinander.process import queries as process
from miteinander.public.freshness import public_page
from miteinander.strategy import queries as strategy

if TYPE_CHECKING:
    from miteinander.core.models import Municipality, Thing
    from miteinander.process.models import Meeting, Milestone
    from miteinander.ui.requests import SiteRequest

LATEST = 50
MOST_DATES = 1_000
BERLIN = ZoneInfo("Europe/Berlin")
SUMMER_AND_WINTER = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
"""The rule of the European Union since 1996: two lines instead of a table of seventy days."""
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


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
        title=_seen(title),
        link=base + path,
        description=None,
        language=get_language(),
        feed_url=base + request.path,
        feed_guid=base + request.path,
    )
    for event in events:
        feed.add_item(
            title=_seen(event.sentence),
            link=base + (event.url or path),
            description=escape(_seen(event.title)),  # readers take it for HTML
            unique_id=f"{base}/{event.key}",
            updateddate=event.at,
            pubdate=event.at,
            author_name=_seen(event.function) or request.municipality.name,
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _seen(text: str) -> str:
    """Without the characters that XML does not know."""
    return UNSEEN.sub("", text)


# --- dates -----------------------------------------------------------------------------------


@public_page()
def calendar(request: SiteRequest) -> HttpResponse:
    """All public meetings and the milestones of public processes."""
    town = request.municipality
    meetings = process.dates_of(town, most=MOST_DATES)
    milestones = process.milestones_of(town, most=MOST_DATES)
    events = [_date(town, meeting) for meeting in meetings]
    events += [_milestone(town, milestone) for milestone in milestones]
    name = _("Dates in %(town)s") % {"town": town.name}
    return _icalendar(events, name=name, file="termine.ics")


@public_page()
def meeting_date(request: SiteRequest, identifier: str) -> HttpResponse:
    found = process.meeting_at(request.municipality, request.standing, identifier)
    events = [_date(request.municipality, found)] if _has_day(found) else []
    return _icalendar(events, name=found.title, file=f"termin-{found.identifier}.ics")


def _has_day(meeting: Meeting) -> bool:
    """Only what has a day can stand in a calendar: “spring 2021” cannot."""
    return meeting.happened_on is not None and meeting.precision == "day"


def _date(town: Municipality, meeting: Meeting) -> Any:
    assert meeting.happened_on is not None, "only meetings with a day are asked for"
    event = _entry(town, meeting, f"{meeting.identifier}@miteinander", meeting.title)
    event.add("sequence", meeting.revision)
    if meeting.starts_at:
        start = datetime.combine(meeting.happened_on, meeting.starts_at, BERLIN)
        event.add("dtstart", start)
        if meeting.ends_at and meeting.ends_at > meeting.starts_at:
            event.add("dtend", datetime.combine(meeting.happened_on, meeting.ends_at, BERLIN))
    else:
        _whole_day(event, meeting.happened_on)
    if meeting.place:
        event.add("location", _seen(meeting.place))
    if meeting.text:
        event.add("description", _seen(meeting.text))
    event.add("categories", [_seen(meeting.body.title)])
    if meeting.retired_on:
        event.add("status", "CANCELLED")
    return event


def _milestone(town: Municipality, milestone: Milestone) -> Any:
    owner = milestone.process
    uid = f"{owner.identifier}-{milestone.pk}@miteinander"
    title = _("Milestone: %(title)s") % {"title": milestone.title}
    event = _entry(town, owner, uid, title)
    _whole_day(event, milestone.on)
    event.add("categories", [_seen(owner.title)])
    event.add("transp", "TRANSPARENT")
    return event


def _entry(town: Municipality, thing: Thing, uid: str, title: str) -> Any:
    from icalendar import Event  # deferred: 20 MB that most processes never need

    event = Event()
    event.add("uid", uid)
    # The same on every day, so that the same dates are the same bytes.
    event.add("dtstamp", thing.created.astimezone(UTC))
    event.add("summary", _seen(title))
    event.add("url", address_of(town) + thing.get_absolute_url())
    return event


def _whole_day(event: Any, day: date) -> None:
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))


def _icalendar(events: list[Any], *, name: str, file: str) -> HttpResponse:
    from icalendar import Calendar, Timezone  # deferred: as above

    found = Calendar()
    found.add("version", "2.0")
    found.add("prodid", "-//Miteinander//DE")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _seen(name))
    for component in (Timezone.from_ical(SUMMER_AND_WINTER), *events):
        found.add_component(component)
    response = HttpResponse(found.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
