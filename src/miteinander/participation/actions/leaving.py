"""What leaves together with a contribution whose author takes it back."""

from __future__ import annotations

from collections.abc import Iterable

from miteinander.participation.actions.carrying import carry_supports, targets_of
from miteinander.participation.models import Contribution, Support


def drop_supports(contributions: Iterable[Contribution]) -> None:
    """What was withdrawn has nobody behind it any more; part of the caller's transaction."""
    ids = [contribution.pk for contribution in contributions]
    Support.objects.filter(contribution__in=ids).delete()
    Contribution.objects.filter(pk__in=ids, supports__gt=0).update(supports=0)
    carry_supports(targets_of(ids) - set(ids))
