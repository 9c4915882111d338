"""Sewing the thread. Only actions may import this (a contract checks it)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F

from miteinander.core.bulk import AT_ONCE
from miteinander.core.errors import Invalid
from miteinander.core.models import Link, Relation, Tally, Thing


def link(
    source: Thing,
    target: Thing,
    relation: Relation,
    *,
    on: date,
    context: Thing | None = None,
    note: str = "",
) -> Link:
    """Sew one stitch from the earlier thing to the later one and keep both tallies.

    Sewing a stitch that is there already changes nothing. Things of different municipalities
    cannot be linked: that is a programming error and raises ``AssertionError``.
    """
    assert source.municipality_id == target.municipality_id, "the thread stays in its town"
    found, made = Link.objects.get_or_create(
        source_id=source.pk,
        target_id=target.pk,
        relation=relation,
        undone_at=None,
        defaults={
            "source_kind": source.kind,
            "target_kind": target.kind,
            "context_id": context.pk if context else None,
            "happened_on": on,
            "note": note,
        },
    )
    if made:
        _count(found, +1)
    return found


def link_many(
    sources: Iterable[Thing],
    target: Thing,
    relation: Relation,
    *,
    on: date,
    context: Thing | None = None,
    note: str = "",
) -> None:
    for source in sources:
        link(source, target, relation, on=on, context=context, note=note)


def link_all(pairs: Iterable[tuple[Thing, Thing]], relation: Relation, *, on: date) -> None:
    """Sew many stitches of one relation, each from the first to the second of a pair.

    The same rows as `link` writes one after the other, with a few queries.
    """
    wanted: dict[tuple[int, int], Link] = {}
    for source, target in pairs:
        assert source.municipality_id == target.municipality_id, "the thread stays in its town"
        wanted[source.pk, target.pk] = Link(
            source_id=source.pk,
            target_id=target.pk,
            relation=relation,
            source_kind=source.kind,
            target_kind=target.kind,
            happened_on=on,
        )
    targets = {target for _source, target in wanted}
    there = Link.objects.filter(target_id__in=targets, relation=relation, undone_at=None)
    for pair in there.values_list("source_id", "target_id"):
        wanted.pop(pair, None)
    new = Link.objects.bulk_create(wanted.values(), batch_size=AT_ONCE)
    _count_all(new, relation)


def unlink(source: Thing, target: Thing, relation: Relation, *, at: datetime) -> None:
    """Undo a stitch; it stays in the records with the time of its undoing."""
    for found in Link.objects.filter(
        source_id=source.pk, target_id=target.pk, relation=relation, undone_at=None
    ):
        if Link.objects.filter(pk=found.pk, undone_at=None).update(undone_at=at):
            _count(found, -1)


def refuse_circle(source: Thing, target: Thing, relation: Relation) -> None:
    """Refuse a merge that would come back to itself."""
    seen, front = {target.pk}, {target.pk}
    while front:
        front = set(
            Link.objects.filter(source_id__in=front, relation=relation, undone_at=None).values_list(
                "target_id", flat=True
            )
        )
        if source.pk in front:
            raise Invalid({"target": f"{target} → {source}"})
        front -= seen
        seen |= front


def _count(found: Link, step: int) -> None:
    for thing, incoming, kind in (
        (found.target_id, True, found.source_kind),
        (found.source_id, False, found.target_kind),
    ):
        key: dict[str, Any] = {
            "thing_id": thing,
            "incoming": incoming,
            "relation": found.relation,
            "kind": kind,
        }
        if not Tally.objects.filter(**key).update(count=F("count") + step):
            # Two operations may begin the same tally at once: only one of them makes the row.
            Tally.objects.get_or_create(**key)
            Tally.objects.filter(**key).update(count=F("count") + step)


def _count_all(new: Sequence[Link], relation: Relation) -> None:
    steps: Counter[tuple[int, bool, str]] = Counter()
    for found in new:
        steps[found.target_id, True, found.source_kind] += 1
        steps[found.source_id, False, found.target_kind] += 1
    begun = [
        Tally(thing_id=thing, incoming=incoming, relation=relation, kind=kind)
        for thing, incoming, kind in steps
    ]
    Tally.objects.bulk_create(begun, ignore_conflicts=True, batch_size=AT_ONCE)
    alike: dict[tuple[bool, str, int], list[int]] = defaultdict(list)
    for (thing, incoming, kind), step in steps.items():
        alike[incoming, kind, step].append(thing)
    for (incoming, kind, step), things in alike.items():
        rows = Tally.objects.filter(incoming=incoming, relation=relation, kind=kind)
        rows.filter(thing_id__in=things).update(count=F("count") + step)
