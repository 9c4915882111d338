"""Who will be missing, while there is still time to invite (*Heute*)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from miteinander.community.queries import has_targets
from miteinander.participation.insights import radar_of_call
from miteinander.participation.queries import open_calls
from miteinander.process.insights import radar_of_meeting
from miteinander.process.queries import next_meeting_to_fill
from miteinander.ui.shapes import Todo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miteinander.community.insights import Radar
    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing

CALL_ENDS = timedelta(days=14)
"""So long before a call ends *Heute* says who has not been heard in it."""
NAMED = 3


def gaps_ahead(town: Municipality, standing: Standing, today: date) -> Iterator[Todo]:
    """The next meeting and the call that ends next: a dozen queries, one without targets."""
    if not has_targets(town):
        return
    meeting = next_meeting_to_fill(town, day=today)
    if meeting is not None:
        found = radar_of_meeting(meeting, day=today).radar
        if found.people and (named := _named(found)):
            yield Todo(
                title=_("Still missing: %(who)s") % {"who": named},
                text=meeting.title,
                url=reverse("workspace:meeting_radar", args=[meeting.identifier]),
                action=_("Invite on purpose"),
                due=meeting.happened_on,
                is_example=meeting.is_example,
            )
    for call in open_calls(town, standing.at)[:1]:
        if call.closes_at > standing.at + CALL_ENDS:
            continue
        heard = radar_of_call(call).radar
        if heard.people and (named := _named(heard)):
            yield Todo(
                title=_("Hardly heard yet: %(who)s") % {"who": named},
                text=call.title,
                url=reverse("workspace:call_radar", args=[call.identifier]),
                action=_("See who is missing"),
                due=localdate(call.closes_at),
                is_example=call.is_example,
            )


def _named(radar: Radar) -> str:
    """The first gaps by name, the rest as a number."""
    labels = list(dict.fromkeys(row.label for row in radar.all_missing))
    more = len(labels) - NAMED
    if more <= 0:
        return ", ".join(labels)
    return _("%(names)s and %(n)s more") % {"names": ", ".join(labels[:NAMED]), "n": more}
