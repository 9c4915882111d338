"""What hangs on a contribution of somebody without an account, for whoever holds its receipt."""

from __future__ import annotations

from miteinander.participation.models import (
    Addition,
    AnswerNotice,
    Contribution,
    LateContribution,
)


def additions_to(contribution: Contribution) -> list[Contribution]:
    """What its author added, in the order in which it came: one query."""
    found = Contribution.objects.filter(addition__adds_to=contribution)
    return list(found.select_related("call", "answer").order_by("pk"))


def has_notice(contribution: Contribution) -> bool:
    """Whether somebody hears by mail what becomes of it: one query."""
    return AnswerNotice.objects.filter(contribution=contribution).exists()


def is_late(contribution: Contribution) -> bool:
    """Whether it was sent when its call had closed: one query."""
    return LateContribution.objects.filter(contribution=contribution).exists()


def first_of(contribution: Contribution) -> Contribution | None:
    """What this one adds to: one query."""
    found = Addition.objects.filter(contribution=contribution).select_related("adds_to")
    row = found.first()
    return row.adds_to if row else None
