"""The agenda: points in their order, with how long each may take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.process.models import AgendaItem, Meeting, Minutes
from miteinander.process.states import MinutesState

if TYPE_CHECKING:
    from miteinander.core.standing import Standing

LENGTH = re.compile(r"\s*\(\s*(\d{1,3})\s*(?:min|minuten|minutes|['′])\.?\s*\)\s*$", re.IGNORECASE)
MOST_POINTS = 60


@dataclass(frozen=True, slots=True)
class Point:
    """A point of an agenda as it is typed; `pk` where it is there already."""

    title: str
    minutes: int | None = None
    pk: int | None = None

    @classmethod
    def read(cls, line: str) -> Point:
        """Read “Begrüßung (10 min)”; without a length it is open.

        >>> Point.read("Begrüßung (10 Min.)")
        Point(title='Begrüßung', minutes=10, pk=None)
        >>> Point.read("Rückblick (2019)").minutes is None
        True
        """
        found = LENGTH.search(line)
        if found is None:
            return cls(line.strip())
        return cls(line[: found.start()].strip(), int(found[1]))

    def written(self) -> str:
        return self.title if self.minutes is None else f"{self.title} ({self.minutes} min)"


@transaction.atomic
def arrange_agenda(
    meeting: Meeting, points: Sequence[Point], *, by: Standing, at: datetime
) -> Meeting:
    """Put points into their order; the same agenda twice changes nothing the second time."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if set_agenda(meeting, points):
        record("meeting.changed", meeting.as_thing(), by=by, at=at)
    return meeting


def set_agenda(meeting: Meeting, points: Iterable[Point]) -> bool:
    """Write the agenda, in the caller's transaction; whether anything changed.

    Points that are there already stay the same rows, by their number or else by their title:
    minutes, tasks and resolutions may hang on them.
    """
    wanted = [point for point in points if point.title.strip()]
    if len(wanted) > MOST_POINTS:
        raise Invalid({"agenda": _("An agenda may have 60 points.")})
    known = list(meeting.agenda.order_by("position", "pk"))
    if [(item.title, item.minutes) for item in known] == [
        (point.title.strip(), point.minutes) for point in wanted
    ]:
        return False
    if Minutes.objects.filter(meeting=meeting, state=MinutesState.APPROVED).exists():
        raise Closed(
            _("The minutes of this meeting have been approved, and its agenda with them."),
            do=_("Leave the agenda as it is. What was found later can be added as a remark."),
        )
    for position, (point, item) in enumerate(_matched(wanted, known), start=1):
        if item is None:
            item = AgendaItem(meeting=meeting)  # noqa: PLW2901 -- the row that the point becomes
        item.title, item.minutes, item.position = point.title.strip(), point.minutes, position
        item.save()
    return True


def _matched(wanted: list[Point], known: list[AgendaItem]) -> list[tuple[Point, AgendaItem | None]]:
    """Each point with the row it has already; rows that no point takes are dropped."""
    rest = {item.pk: item for item in known}
    named = {point.pk for point in wanted if point.pk is not None} & rest.keys()
    by_number = {pk: rest.pop(pk) for pk in named}
    found: list[tuple[Point, AgendaItem | None]] = []
    for point in wanted:
        item = by_number.pop(point.pk, None) if point.pk is not None else None
        if item is None:
            titled = (row for row in rest.values() if row.title == point.title.strip())
            item = next(titled, None)
            if item is not None:
                del rest[item.pk]
        found.append((point, item))
    AgendaItem.objects.filter(pk__in=list(rest)).delete()
    return found
