"""The clocks of the town: moments from days and times, also in the two nights when clocks change.

In March the hour from two to three does not exist, in October it comes twice. Nobody means such
a time; whoever types one is told so, instead of being given one of two moments unseen.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from miteinander.core.errors import Text

BERLIN = ZoneInfo("Europe/Berlin")
LONGEST_NIGHT = timedelta(hours=12)
"""What ends before it begins ends on the next day; longer than this it is a slip of the pen."""


def moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, BERLIN)


def end_of(day: date, starts: time, ends: time) -> datetime:
    """The end of what begins on a day; an end before the beginning lies on the next day."""
    return moment(day + timedelta(days=1) if ends <= starts else day, ends)


def is_skipped(day: date, at: time) -> bool:
    """Whether the clocks jump over this time (the last Sunday in March)."""
    there_and_back = moment(day, at).astimezone(UTC).astimezone(BERLIN)
    return there_and_back.replace(tzinfo=None) != datetime.combine(day, at)


def comes_twice(day: date, at: time) -> bool:
    """Whether the clocks show this time twice (the last Sunday in October)."""
    first = moment(day, at)
    return not is_skipped(day, at) and first.utcoffset() != first.replace(fold=1).utcoffset()


def wrong_time(day: date, at: time) -> Text | None:
    """What is wrong with a time on a day, in words; nothing on all other days of the year."""
    if is_skipped(day, at):
        return _(
            "There is no such time on this day: the clocks go forward from 2 to 3. "
            "Please choose a time before 2 or from 3 on."
        )
    if comes_twice(day, at):
        return _(
            "This time comes twice on this day: the clocks go back from 3 to 2. "
            "Please choose a time before 2 or from 3 on."
        )
    return None


def wrong_span(day: date, starts: time | None, ends: time | None) -> dict[str, Text]:
    """What is wrong with beginning and end, by field: nothing, or a sentence each."""
    fields: dict[str, Text] = {}
    if starts is None:
        if ends is not None:
            fields["starts_at"] = _("Please also say when it starts.")
        return fields
    if (problem := wrong_time(day, starts)) is not None:
        fields["starts_at"] = problem
    if ends is None:
        return fields
    last = end_of(day, starts, ends)
    if ends == starts:
        fields["ends_at"] = _("Beginning and end are the same.")
    elif ends < starts and last - moment(day, starts) > LONGEST_NIGHT:
        fields["ends_at"] = _(
            "The end lies before the beginning. That would be the next day, more than twelve "
            "hours later. Please check both times."
        )
    elif (problem := wrong_time(last.date(), ends)) is not None:
        fields["ends_at"] = problem
    return fields
