"""The opinion map: drawn by the worker, kept, and settled when the call is over."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from miteinander.core.events.record import advance_public_version, record
from miteinander.core.jobs import enqueue
from miteinander.core.models import Job, JobState
from miteinander.core.standing import Standing, system
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.models import Call, KeptMap
from miteinander.participation.queries.maps import DRAW_MAP

if TYPE_CHECKING:
    from miteinander.participation.insights import DrawnMap


@transaction.atomic
def draw_map_soon(call: Call, *, at: datetime, by: Standing | None = None) -> None:
    """Hand it to the worker, unless it is there already."""
    rows = Job.objects.filter(name=DRAW_MAP, thing=call.pk)
    if not rows.filter(state__in=(JobState.WAITING, JobState.RUNNING)).exists():
        owner = by or system(call.municipality_id, at=at)
        enqueue(DRAW_MAP, at=at, by=owner, thing=call.as_thing(), call=call.pk)


@transaction.atomic
def keep_map(call: Call, drawn: DrawnMap, *, tally: str, at: datetime) -> KeptMap:
    """Keep what was drawn; the map of a call that is over is settled and remembered.

    Somebody who had their votes deleted while it was drawn is not remembered with a place.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    is_final = at >= call.closes_at
    earlier = KeptMap.objects.filter(call=call).first()
    if earlier is not None and earlier.is_final and is_final:
        return earlier  # settled once; a job may run twice
    there = set(call.participants.values_list("pk", flat=True)) if drawn.places else set()
    kept, _made = KeptMap.objects.update_or_create(
        call=call,
        defaults={
            "drawn_at": told_at(call, at),
            "tally": tally,
            "digest": drawn.digest,
            "shown": drawn.shown,
            "parameters": drawn.parameters,
            "places": {pk: place for pk, place in drawn.places.items() if int(pk) in there},
            "is_final": is_final,
        },
    )
    if is_final:
        figures = {"people": drawn.people, "votes": drawn.votes, "digest": drawn.digest}
        when = told_at(call, at)
        record("map.settled", call, by=system(call.municipality_id, at=at), at=when, data=figures)
    else:
        advance_public_version(call.municipality_id)
    return kept
