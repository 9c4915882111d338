"""What all actions of this stage stand on: phases, roads and numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db.models import Max, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.bulk import AT_ONCE
from miteinander.core.errors import Closed, Conflict, Invalid
from miteinander.core.models import Thing
from miteinander.core.revisions import save_if_unchanged
from miteinander.strategy.models import Chapter, Concept, FieldOfAction, Goal, Measure
from miteinander.strategy.queries import words_at
from miteinander.strategy.states import ROADS, ConceptState, FieldState, MeasureState

T = TypeVar("T", bound=Thing)
D = TypeVar("D", FieldOfAction, Goal, Measure, Chapter)
Placed = FieldOfAction | Goal | Measure


def require_phase(concept: Concept, *permits: str, at: datetime) -> None:
    """Refuse unless a phase that runs on that day permits one of these; what it does is data."""
    day = localdate(at)
    phases = concept.process.current_phases(day)
    if not any(what in phase.permits for phase in phases for what in permits):
        raise Closed(
            _("The current phase of the process does not permit this."),
            where=", ".join(phase.title for phase in phases) or concept.process.title,
            do=_("The coordination can change what a phase permits, and when it runs."),
        )


def require_drafting(concept: Concept, *permits: str, at: datetime) -> None:
    """Refuse when the edition is adopted, or no running phase permits drafting."""
    if concept.state != ConceptState.DRAFTING:
        raise Closed(
            _("This edition has been adopted and does not change any more."),
            where=concept.title,
            do=_("Please make changes in the next edition."),
        )
    require_phase(concept, *(permits or ("draft",)), at=at)


def require_living(thing: FieldOfAction | Goal | Measure) -> None:
    state = getattr(thing, "state", "")
    if thing.retired_on or state in (FieldState.RETIRED, MeasureState.RETIRED):
        raise Closed(
            _("This has been retired and does not change any more."),
            where=thing.title,
            do=_("Its page shows where things went."),
        )


def require_in_hands(thing: FieldOfAction | Goal | Measure) -> None:
    """Refuse while it lies with the review: what they speak about must not change under them."""
    if thing.handed_in_id is not None:
        raise Closed(
            _("This was handed in, and its wording stays as it is while it is looked at."),
            where=thing.title,
            do=_("Make a remark or a proposal, or let what was handed in be given back."),
        )


def take_road(measure: Measure, to: MeasureState) -> None:
    """Change the state of a measure along one of the roads, or say that there is none."""
    if to not in ROADS[measure.state]:
        raise Closed(
            _("This is not possible while the measure is in the state “%(state)s”.")
            % {"state": measure.get_state_display()},
            where=measure.title,
        )
    measure.state = to


def locked(thing: T) -> T:
    """Read the row again and hold it until the transaction ends."""
    rows = type(thing)._default_manager
    return cast("T", rows.select_for_update().get(pk=thing.pk))


def required(**texts: str) -> None:
    """Refuse empty texts, all at once."""
    if missing := {
        name: _("Please fill this in.") for name, text in texts.items() if not text.strip()
    }:
        raise Invalid(missing)


def next_position(rows: QuerySet[Any]) -> int:
    """Return the place after the last; the caller holds the parent row."""
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def number_field(field: FieldOfAction) -> None:
    """Write dense positions and display numbers of one field: goal 2, measure 2.4.

    Addresses never change; only what is shown does. Retired things lose their number.
    """
    goals = Goal.objects.filter(field=field).order_by("position", "pk")
    below: dict[int, list[Measure]] = defaultdict(list)
    for measure in Measure.objects.filter(goal__field=field).order_by("position", "pk"):
        below[measure.goal_id].append(measure)
    placed: list[tuple[Placed, int, str]] = []
    place = 0
    for goal in goals:
        if goal.retired_on is None:
            place += 1
            placed.append((goal, place, str(place)))
        else:
            placed.append((goal, goal.position, ""))
        under = 0
        for measure in below[goal.pk]:
            if measure.state == MeasureState.RETIRED:
                placed.append((measure, measure.position, ""))
            else:
                under += 1
                placed.append((measure, under, f"{place}.{under}"))
    _place(placed)


def number_fields(concept: Concept) -> None:
    """Set the numbers of the kept fields of an edition; candidates and retired ones have none."""
    placed: list[tuple[Placed, int, str]] = []
    place = 0
    for field in concept.fields.order_by("position", "pk"):
        if field.state == FieldState.KEPT:
            place += 1
            placed.append((field, place, str(place)))
        else:
            placed.append((field, field.position, ""))
    _place(placed)


def _place(placed: Sequence[tuple[Placed, int, str]]) -> None:
    """Two tables, and neither the revision nor the text of an editor is touched."""
    moved: dict[type[Placed], list[Any]] = defaultdict(list)
    numbered = []
    for row, position, number in placed:
        if row.position != position:
            row.position = position
            moved[type(row)].append(row)
        if row.number != number:
            numbered.append(Thing(pk=row.pk, number=number))
    for model, rows in moved.items():
        model._default_manager.bulk_update(rows, ["position"], batch_size=AT_ONCE)
    Thing.objects.bulk_update(numbered, ["number"], batch_size=AT_ONCE)


def save_changes(
    row: D,
    changes: Mapping[str, object],
    *,
    seen: int,
    readable: Mapping[str, tuple[object, object]] | None = None,
) -> D:
    """Save unless somebody else did; a conflict shows words, not keys, and what both began with.

    `readable` holds, for fields that are not stored as shown, what was typed and what is stored.
    """
    try:
        return save_if_unchanged(row, changes, seen=seen)
    except Conflict as conflict:
        mine, theirs = dict(conflict.mine), dict(conflict.theirs)
        for name, (typed, stored) in (readable or {}).items():
            mine[name], theirs[name] = typed, stored
        raise Conflict(
            mine=mine,
            theirs=theirs,
            revision=conflict.revision,
            base=words_at(row, seen),
            seen=seen,
        ) from None
