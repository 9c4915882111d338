"""Measures that may overlap: found by the worker, decided by people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.models import Relation
from miteinander.core.standing import Standing
from miteinander.strategy import events
from miteinander.strategy.actions.ground import (
    locked,
    number_field,
    require_drafting,
    require_living,
    required,
    take_road,
)
from miteinander.strategy.actions.measures import edit_measure
from miteinander.strategy.models import Concept, Measure, Overlap, OverlapRun
from miteinander.strategy.states import MeasureState, OverlapState

if TYPE_CHECKING:
    from miteinander.strategy.insights import Pair


@transaction.atomic
def keep_overlaps(concept: Concept, found: Sequence[Pair], *, seen: str, at: datetime) -> int:
    """Replace what was found before; what people decided is not found again.

    A pair that is found again stays the same row: somebody may be writing about it just now, and
    the measures are compared after every save.
    """
    OverlapRun.objects.update_or_create(concept=concept, defaults={"seen": seen, "made_at": at})
    known = {(row.first_id, row.second_id): row for row in Overlap.objects.filter(concept=concept)}
    there = set(
        Measure.objects.filter(
            pk__in=[pk for pair in found for pk in (pair.first, pair.second)]
        ).values_list("pk", flat=True)
    )
    kept: list[Overlap] = []
    for pair in found:
        row = known.pop((pair.first, pair.second), None) or Overlap(
            concept=concept, first_id=pair.first, second_id=pair.second
        )
        if row.state != OverlapState.OPEN or not {pair.first, pair.second} <= there:
            continue
        row.score, row.why = pair.score, list(pair.why)
        row.groups = ", ".join(pair.groups)[:300]
        kept.append(row)
    gone = [row.pk for row in known.values()]
    Overlap.objects.filter(pk__in=gone, state=OverlapState.OPEN).delete()
    Overlap.objects.bulk_create([row for row in kept if row.pk is None])
    Overlap.objects.bulk_update(
        [row for row in kept if row.pk is not None], ["score", "why", "groups"]
    )
    return len(kept)


@transaction.atomic
def dismiss_overlap(overlap: Overlap, *, word: str, by: Standing, at: datetime) -> Overlap:
    """Say why two measures do not overlap; they are not shown again."""
    return _decide(overlap, OverlapState.DISMISSED, word=word, by=by, at=at)


@transaction.atomic
def link_overlap(
    overlap: Overlap, *, waits: Measure, word: str, by: Standing, at: datetime
) -> Overlap:
    """Let one of the two wait for the other: both are needed, one after the other."""
    other = _other(overlap, waits)
    waits = Measure.objects.select_related("goal__field__concept").get(pk=waits.pk)
    needed = [*waits.depends_on.all(), other]
    edit_measure(waits, changes={"depends_on": needed}, revision=waits.revision, by=by, at=at)
    return _decide(overlap, OverlapState.LINKED, word=word, by=by, at=at)


@transaction.atomic
def merge_overlap(
    overlap: Overlap, *, into: Measure, word: str, by: Standing, at: datetime
) -> Overlap:
    """Merge one of the two into the other."""
    merge_measure(_other(overlap, into), into=into, reason=word, by=by, at=at)
    return _decide(overlap, OverlapState.MERGED, word=word, by=by, at=at)


@transaction.atomic
def merge_measure(
    measure: Measure, *, into: Measure, reason: str, by: Standing, at: datetime
) -> Measure:
    """Let a measure become part of another of its edition. Its page stays and leads there.

    Where it came from is told on the thread of the other: the walk goes through the merge.
    """
    required(reason=reason)
    measure, into = locked(measure), locked(into)
    concept = measure.goal.field.concept
    require_drafting(concept, "draft", "review", at=at)
    require_living(into)
    if into.pk == measure.pk or into.goal.field.concept_id != concept.pk:
        raise Invalid({"into": _("Please choose another measure of the same concept.")})
    memory = {"home": into.pk, "state": measure.state}
    take_road(measure, MeasureState.RETIRED)
    day = localdate(at)
    measure.retired_on, measure.retired_because = day, reason.strip()
    measure.revision += 1
    measure.save()
    link(measure, into, Relation.MERGED_INTO, on=day, note=reason.strip())
    number_field(measure.goal.field)
    said = {"into": into.title, "reason": reason.strip(), "memory": memory}
    record(events.MEASURE_MERGED.name, measure, by=by, at=at, data=said)
    return measure.refreshed()


def _other(overlap: Overlap, one: Measure) -> Measure:
    assert one.pk in (overlap.first_id, overlap.second_id), "one of the two"
    return overlap.second if one.pk == overlap.first_id else overlap.first


def _decide(
    overlap: Overlap, state: OverlapState, *, word: str, by: Standing, at: datetime
) -> Overlap:
    required(word=word)
    overlap = Overlap.objects.select_for_update().get(pk=overlap.pk)
    if overlap.state != OverlapState.OPEN:
        raise Closed(_("Somebody has decided on this already."), where=overlap.get_state_display())
    overlap.state, overlap.word, overlap.decided_on = state, word.strip(), localdate(at)
    overlap.save()
    said = {"other": overlap.second.title, "reason": overlap.word}
    record(events.OVERLAP_DECIDED.name, overlap.first, by=by, at=at, data=said)
    return overlap
