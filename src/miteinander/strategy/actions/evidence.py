"""Saying what the need of a goal rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from miteinander.core.events.record import record
from miteinander.core.lineage.link import link, unlink
from miteinander.core.models import Relation, Thing
from miteinander.core.standing import Standing
from miteinander.strategy import events
from miteinander.strategy.actions.ground import (
    locked,
    require_drafting,
    require_in_hands,
    require_living,
)
from miteinander.strategy.models import Goal


@transaction.atomic
def name_evidence(
    goal: Goal,
    *,
    more: Iterable[Thing] = (),
    fewer: Iterable[Thing] = (),
    by: Standing,
    at: datetime,
) -> Goal:
    """Add to what the need rests on, and take out; what others named meanwhile stays.

    Naming what is named already changes nothing and tells nobody.
    """
    goal = locked(goal)
    require_drafting(goal.field.concept, at=at)
    require_living(goal)
    require_in_hands(goal)
    stitches = goal.links_in.filter(relation=Relation.EVIDENCE_OF, undone_at=None)
    named = set(stitches.values_list("source", flat=True))
    new = [thing for thing in more if thing.pk not in named]
    gone = [thing for thing in fewer if thing.pk in named]
    for thing in new:
        link(thing, goal, Relation.EVIDENCE_OF, on=localdate(at))
    for thing in gone:
        unlink(thing, goal, Relation.EVIDENCE_OF, at=at)
    if new or gone:
        record(events.GOAL_EVIDENCED.name, goal, by=by, at=at)
    return goal
