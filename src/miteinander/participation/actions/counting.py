"""Changing contributions so that counters and answers stay true, in the same transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import F

from miteinander.core.models import Link, Relation
from miteinander.participation.models import Answer, Contribution, ContributionCount, Theme

Sort = tuple[int, str, bool, bool]
LIVES_ON = (Relation.MERGED_INTO, Relation.SPLIT_INTO)


class Recount:
    """Collects how many of which sort came and went, and writes the difference once.

    Written in the order of the keys: two transactions that touch the same counters wait for
    each other and never in a circle.
    """

    def __init__(self) -> None:
        self._sorts: Counter[Sort] = Counter()
        self._themes: Counter[int] = Counter()

    def came(self, contribution: Contribution) -> None:
        self._count(contribution, +1)

    def change(self, contribution: Contribution, **changes: object) -> None:
        """Change some fields of a row that the caller has locked."""
        self._count(contribution, -1)
        for name, value in changes.items():
            setattr(contribution, name, value)
        contribution.save(update_fields=list(changes))
        self._count(contribution, +1)

    def write(self) -> None:
        for (scope, state, is_answered, is_part), step in sorted(self._sorts.items()):
            if step == 0:
                continue
            sort = {
                "scope_id": scope, "state": state, "is_answered": is_answered, "is_part": is_part,
            }  # fmt: skip
            row = ContributionCount.objects.filter(**sort)
            if not row.update(count=F("count") + step):
                # Two may come first at once: whoever loses adds to the winner's row.
                new = ContributionCount(**sort, count=0)
                ContributionCount.objects.bulk_create([new], ignore_conflicts=True)
                row.update(count=F("count") + step)
        for theme, step in sorted(self._themes.items()):
            if step:
                Theme.objects.filter(pk=theme).update(gathered=F("gathered") + step)

    def _count(self, contribution: Contribution, step: int) -> None:
        for scope in (contribution.process_id, contribution.call_id, contribution.theme_id):
            if scope is not None:
                sort = (
                    scope,
                    str(contribution.state),
                    contribution.is_answered,
                    contribution.is_part,
                )
                self._sorts[sort] += step
        if contribution.theme_id is not None:
            self._themes[contribution.theme_id] += step


def locked(contribution: Contribution) -> Contribution:
    """The row as it is now, kept from others until the transaction ends; its call comes along."""
    found = Contribution.objects.select_related("call").select_for_update(of=("self",))
    return found.get(pk=contribution.pk)


def locked_all(contributions: Iterable[Contribution]) -> list[Contribution]:
    """The same for several, in the order of their keys."""
    ids = [contribution.pk for contribution in contributions]
    found = Contribution.objects.select_related("call").select_for_update(of=("self",))
    rows = found.filter(pk__in=ids)
    return list(rows.order_by("pk"))


def settle(changed: Iterable[int], recount: Recount) -> None:
    """Bring `is_answered` in step upwards: what was merged or split follows what it went into.

    A merged contribution is answered when its target is, a split one when every part that is
    still worked with is (and at least one is); an answer of its own always counts.
    """
    front = set(changed)
    while front:
        parents = set(
            Link.objects.filter(
                target_id__in=front, relation__in=LIVES_ON, undone_at=None
            ).values_list("source_id", flat=True)
        )
        front = set()
        for row in Contribution.objects.filter(pk__in=parents).order_by("pk"):
            answered = has_answer(row)
            if answered != row.is_answered:
                recount.change(row, is_answered=answered)
                front.add(row.pk)


def has_answer(contribution: Contribution) -> bool:
    if Answer.objects.filter(contribution=contribution.pk).exists():
        return True
    if not (contribution.is_merged or contribution.is_split):
        return False
    went_into = Link.objects.filter(
        source_id=contribution.pk, relation__in=LIVES_ON, undone_at=None
    ).values("target_id")
    parts = Contribution.objects.filter(pk__in=went_into)
    # A target that was withdrawn or refused after its answer still shows that answer.
    states = [row.is_answered for row in parts if row.is_counted or row.is_answered]
    return bool(states) and all(states)
