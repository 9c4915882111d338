"""A working group hands in a field, or goals and measures of it; the review answers.

The roads between the states, whose step each is, and which of them let the group write on stand
in :mod:`miteinander.strategy.states`. Measures take their own roads along with it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid, NotReady
from miteinander.core.events.record import record
from miteinander.core.rights import allowed, require
from miteinander.core.standing import Standing
from miteinander.strategy import events, queries
from miteinander.strategy.actions.ground import (
    locked,
    require_drafting,
    require_in_hands,
    require_living,
    required,
    take_road,
)
from miteinander.strategy.actions.measures import put_in, take_out
from miteinander.strategy.models import FieldOfAction, Goal, HandedPart, HandOver, Measure
from miteinander.strategy.states import (
    HAND_OVER_RIGHTS,
    HAND_OVER_ROADS,
    OPENS_AGAIN,
    HandOverState,
    MeasureState,
)

STEPS = {
    HandOverState.BEGUN: events.REVIEW_BEGUN,
    HandOverState.TAKEN_ON: events.FIELD_TAKEN_ON,
    HandOverState.GIVEN_BACK: events.FIELD_GIVEN_BACK,
    HandOverState.TAKEN_BACK: events.FIELD_TAKEN_BACK,
}


@transaction.atomic
def hand_in(
    field: FieldOfAction, *, parts: Collection[int], note: str = "", by: Standing, at: datetime
) -> HandOver:
    """Hand in the field's own text, goals and measures, whichever are named by their keys.

    Their wording is kept as it is now and frozen. Raises :class:`NotReady` with all open points
    of all measures. The same parts twice are the hand-over that there is.
    """
    field = locked(field)
    wanted = set(parts)
    if not wanted:
        raise Invalid({"parts": _("Please choose what you want to hand in.")})
    if earlier := _lies_there(field, wanted):
        return earlier
    require_drafting(field.concept, at=at)
    require_living(field)
    goals = list(Goal.objects.select_for_update(of=("self",)).filter(field=field, pk__in=wanted))
    measures = list(
        Measure.objects.select_for_update(of=("self",))
        .filter(goal__field=field, pk__in=wanted)
        .select_related("goal__field__concept", "lead")
    )
    rows: list[FieldOfAction | Goal | Measure] = [
        *([field] if field.pk in wanted else []), *goals, *measures
    ]  # fmt: skip
    if {row.pk for row in rows} != wanted:
        raise Invalid({"parts": _("Please choose parts of this field.")})
    for row in rows:
        require_living(row)
        require_in_hands(row)
    missing = []
    founded = queries.founded({measure.goal for measure in measures})
    for measure in measures:
        take_road(measure, MeasureState.SUBMITTED)
        if points := [
            str(p.text) for p in queries.open_points(measure, founded=founded) if p.blocks
        ]:
            missing.append(f"{measure.number} {measure.title}: {' '.join(points)}".strip())
    if missing:
        raise NotReady(missing)
    made = HandOver.objects.create(
        field=field, note=note.strip(), handed_in_at=at, function=by.function
    )
    HandedPart.objects.bulk_create(
        HandedPart(hand_over=made, thing_id=row.pk, words=queries.said(row)) for row in rows
    )
    for row in (r for r in rows if not isinstance(r, Measure)):
        row.handed_in = made
        row.save(update_fields=["handed_in"])
    for measure in measures:
        measure.handed_in = made
        put_in(measure, by=by, at=at)
    said = {"hand_over": made.pk, "count": len(rows)}
    record(events.FIELD_HANDED_IN.name, field, by=by, at=at, data=said)
    return made


def _lies_there(field: FieldOfAction, wanted: set[int]) -> HandOver | None:
    """The living hand-over of exactly these parts: the same form was sent twice."""
    living = HandOver.objects.filter(field=field).exclude(state__in=sorted(OPENS_AGAIN))
    for made in living.prefetch_related("parts"):
        if {part.thing_id for part in made.parts.all()} == wanted:
            return made
    return None


@transaction.atomic
def answer_hand_over(
    hand_over: HandOver, *, to: HandOverState | str, reason: str = "", by: Standing, at: datetime
) -> HandOver:
    """Begin the review, take on, give back or take back; the last two let the group write on.

    The right is asked for here, because whose step it is depends on the step.
    """
    to = HandOverState(to)
    hand_over = HandOver.objects.select_for_update(of=("self",)).get(pk=hand_over.pk)
    reason = reason.strip()
    if (hand_over.state, hand_over.reason) == (to, reason):
        return hand_over
    require_drafting(hand_over.field.concept, "draft", "review", at=at)
    if to not in HAND_OVER_ROADS[hand_over.state]:
        raise Closed(
            _("This is not possible any more: it is %(state)s.")
            % {"state": hand_over.get_state_display()},
            where=hand_over.field.title,
            do=_("Please load the page again; it shows what is possible now."),
        )
    require(by, HAND_OVER_RIGHTS[to], hand_over)
    if to in OPENS_AGAIN:
        required(reason=reason)
        _open_again(hand_over, by=by, at=at)
    hand_over.state, hand_over.reason = to, reason
    hand_over.answered_at, hand_over.answered_function = at, by.function
    hand_over.save()
    record(STEPS[to].name, hand_over.field, by=by, at=at, data={"hand_over": hand_over.pk})
    return hand_over


def _open_again(hand_over: HandOver, *, by: Standing, at: datetime) -> None:
    """Whatever still lies with it is the group's again; adopted and retired measures stay."""
    for measure in Measure.objects.select_for_update(of=("self",)).filter(
        handed_in=hand_over, state=MeasureState.SUBMITTED
    ):
        take_road(measure, MeasureState.DRAFT)
        take_out(measure, by=by, at=at)
    for kind in (FieldOfAction, Goal):
        kind._default_manager.filter(handed_in=hand_over).update(handed_in=None)


def begin_review(thing: FieldOfAction | Goal | Measure, *, by: Standing, at: datetime) -> None:
    """Whoever reviews has spoken about something: what it was handed in with is being looked at.

    Called in the transaction in which they speak; nothing happens where it has begun already.
    """
    if thing.handed_in_id is None:
        return
    untouched = Q(pk=thing.handed_in_id, state=HandOverState.HANDED_IN)
    hand_over = HandOver.objects.filter(untouched).first()
    if hand_over is not None and allowed(by, HAND_OVER_RIGHTS[HandOverState.BEGUN], hand_over):
        answer_hand_over(hand_over, to=HandOverState.BEGUN, by=by, at=at)
