"""What hangs on a contribution of somebody without an account, for whoever holds its receipt."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from miteinander.participation.models import Addition, Answer, Contribution
from miteinander.participation.queries.answers import answers_to
from miteinander.participation.queries.told import dress_answers


@dataclass(frozen=True, slots=True)
class Hanging:
    """Beside the contribution itself."""

    additions: list[Contribution]
    """What its author added, in the order in which it came."""
    has_notice: bool
    """Somebody hears by mail what becomes of it."""
    is_late: bool
    """It was sent when its call had closed."""


def hanging_on(contribution: Contribution) -> Hanging:
    """For the receipt and all that is done there: one query."""
    both = Q(pk=contribution.pk) | Q(addition__adds_to=contribution.pk)
    found = Contribution.objects.filter(both).select_related(
        "call", "answer__organisation", "late", "notice", "blacked_out"
    )
    rows = {row.pk: row for row in found.order_by("pk")}
    own = rows.pop(contribution.pk)
    return Hanging(list(rows.values()), hasattr(own, "notice"), hasattr(own, "late"))


def answers_to_additions(first: Contribution, additions: list[Contribution]) -> list[list[Answer]]:
    """What was answered to each addition, in the language of its author: one query.

    One or two more for each that lives on in another contribution.
    """
    own = [row.answer for row in additions if hasattr(row, "answer")]
    dress_answers(own, first.language)
    return [
        [row.answer] if hasattr(row, "answer") else answers_to(row, language=first.language)
        for row in additions
    ]


def first_of(contribution: Contribution) -> Contribution | None:
    """What this one adds to: one query."""
    found = Addition.objects.filter(contribution=contribution).select_related("adds_to")
    row = found.first()
    return row.adds_to if row else None
