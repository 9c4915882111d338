"""How long answers took: counted when they are given, never worked out on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.utils.timezone import localdate

from miteinander.participation.models import AnswerDays, Contribution


def count_days(answered: Iterable[Contribution], *, at: datetime) -> None:
    """Note for process and call how many days each answer took.

    What was given is a fact: a contribution that is withdrawn later takes nothing back here.
    """
    steps: Counter[tuple[int, int]] = Counter()
    day = localdate(at)
    for row in answered:
        came = row.happened_on or localdate(row.created)
        days = max((day - came).days, 0)
        for scope in (row.process_id, row.call_id):
            if scope is not None:
                steps[scope, days] += 1
    for (scope, days), step in sorted(steps.items()):
        found = AnswerDays.objects.filter(scope_id=scope, days=days)
        if not found.update(count=F("count") + step):
            # Two may come first at once: whoever loses adds to the winner's row.
            new = AnswerDays(scope_id=scope, days=days, count=0)
            AnswerDays.objects.bulk_create([new], ignore_conflicts=True)
            found.update(count=F("count") + step)
