"""What others say to a contribution: in order, and how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from miteinander.participation.models import Call, Contribution
from miteinander.participation.states import Allowed, ContributionState

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Comments:
    """Some comments, the oldest first, and where they go on."""

    rows: Sequence[Contribution]
    after: int | None = None
    """The row after which the next ones begin (``?after=``); None at the end."""


def comments_on(contribution: Contribution, *, after: int | None = None) -> Comments:
    """Published comments on a contribution: one query, none on what is a comment itself.

    Whoever may see the contribution may read what others say to it.
    """
    if contribution.replies_to_id is not None:
        return Comments([])
    found = Contribution.objects.filter(replies_to=contribution, state=ContributionState.PUBLISHED)
    if after is not None:
        found = found.filter(thing_ptr_id__gt=after)
    found = found.select_related("picture", "place")  # the rows ask, though comments have none
    rows = list(found.order_by("thing_ptr_id")[: AT_ONCE + 1])
    more, rows = len(rows) > AT_ONCE, rows[:AT_ONCE]
    return Comments(rows, after=rows[-1].pk if more else None)


def can_be_commented(contribution: Contribution, call: Call | None) -> bool:
    """Whether a page of an open call shows the way to the form; no query."""
    return (
        call is not None
        and call.allowed(Allowed.COMMENTS)
        and contribution.replies_to_id is None
        and contribution.state == ContributionState.PUBLISHED
        and not contribution.is_merged
        and not contribution.is_split
    )


def comment_counts(contributions: Iterable[Contribution]) -> dict[int, int]:
    """How many published comments each of these has, by key; none is not there: one query."""
    found = Contribution.objects.filter(
        replies_to__in=[row.pk for row in contributions], state=ContributionState.PUBLISHED
    )
    counted = found.order_by().values("replies_to").annotate(count=Count("pk"))
    return {row["replies_to"]: row["count"] for row in counted}


def comments_of(contribution: Contribution, *, most: int = 200) -> list[Contribution]:
    """Every comment on a contribution, in whatever state, for the office: one query."""
    return list(
        Contribution.objects.filter(replies_to=contribution).order_by("thing_ptr_id")[:most]
    )


def comments_waiting(contribution: Contribution) -> int:
    """How many comments on a contribution have no answer yet, for the office: one query."""
    return Contribution.objects.filter(
        replies_to=contribution, is_counted=True, is_answered=False, is_merged=False, is_split=False
    ).count()
