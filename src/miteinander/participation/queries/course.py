"""How a call goes: what came in, on which day, by which way and in which language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count

from miteinander.participation.models import Call, Contribution, Participant
from miteinander.participation.states import Channel, ContributionState

MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Course:
    """What came in for a call, three times counted; parts are not counted again."""

    days: Counter[date] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    participants: int = 0

    def by_day(self) -> list[tuple[date, int]]:
        """Every day from the first to the last one, also those on which nothing came."""
        if not self.days:
            return []
        first, last = min(self.days), max(self.days)
        length = min((last - first).days, MOST_DAYS) + 1
        days = [last - timedelta(days=back) for back in reversed(range(length))]
        return [(day, self.days[day]) for day in days]


def course_of(call: Call) -> Course:
    """For the office's page of a call: two queries, however much came in."""
    found = Contribution.objects.filter(call=call, is_part=False)
    rows = found.exclude(state=ContributionState.WITHDRAWN).order_by()
    course = Course(participants=Participant.objects.filter(call=call).count())
    counted = rows.values_list("happened_on", "channel", "language").annotate(n=Count("pk"))
    for day, channel, language, n in counted:
        if day is not None:
            course.days[day] += n
        course.ways[channel] += n
        course.languages[language] += n
    return course


def entered_last(call: Call, *, most: int = 20) -> Sequence[Contribution]:
    """What the office entered for a call, the latest first: one query."""
    found = Contribution.objects.filter(call=call).exclude(channel=Channel.ONLINE)
    found = found.exclude(state=ContributionState.WITHDRAWN).select_related("theme")
    found = found.select_related("card_row", "passage_comment__passage")
    return list(found.order_by("-thing_ptr_id")[:most])


def entry_of(call: Call, identifier: str) -> Contribution | None:
    """One of these, to be taken back: one query."""
    found = Contribution.objects.filter(call=call, identifier=identifier)
    return found.exclude(channel=Channel.ONLINE).first()
