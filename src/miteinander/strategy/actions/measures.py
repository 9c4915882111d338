"""Measures: grown out of a goal, edited as a sheet, handed in, taken back, moved, retired."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation
from miteinander.core.errors import Closed, Invalid, NotReady
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link, link_many
from miteinander.core.models import Relation, Thing
from miteinander.core.search.keep import keep
from miteinander.core.standing import Standing
from miteinander.core.wordlist import written
from miteinander.participation.models import Contribution, Theme
from miteinander.strategy import events
from miteinander.strategy.actions.ground import (
    locked,
    next_position,
    number_field,
    require_drafting,
    require_in_hands,
    require_living,
    required,
    save_changes,
    take_road,
)
from miteinander.strategy.actions.wordings import begin, remember
from miteinander.strategy.models import Concept, CrossCuttingTheme, Goal, Measure
from miteinander.strategy.queries import (
    first_circle,
    founded,
    open_points,
    own_labels,
    own_words,
    said,
)
from miteinander.strategy.states import (
    ConceptState,
    Funding,
    Horizon,
    LeadState,
    MeasureState,
    Novelty,
    Service,
)

CHOSEN = {"funding": Funding, "horizon": Horizon, "novelty": Novelty, "service": Service}
MANY = ("partners", "cross_cutting_themes", "depends_on")
DETAILS = frozenset(
    {
        "summary", "horizon", "funding_source", "staff_need", "novelty", "service",
        "neighbourhoods", "risks", "own",
    }
)  # fmt: skip
"""What a sheet may say besides; each may be left empty."""
EDITABLE = frozenset(
    {
        "title", "text", "first_steps", "target_groups", "lead", "starts", "ends", "cost_once",
        "cost_yearly", "funding", "is_key", "is_quick_win", *DETAILS, *MANY,
    }
)  # fmt: skip
MEASURED = ("starts", "ends", "cost_once", "cost_yearly", "staff_need")
"""Days and figures that have to make sense together."""
UNASKED: dict[str, object] = {
    "lead_state": LeadState.NONE,
    "lead_reason": "",
    "lead_terms": {},
    "lead_note": "",
    "lead_answered_on": None,
}
"""What is known of a lead that nobody has asked yet."""
LISTS = ("target_groups", "neighbourhoods")
"""Words divided by commas, kept as :mod:`miteinander.core.wordlist` writes them."""


@transaction.atomic
def grow_measure(
    goal: Goal,
    *,
    title: str,
    themes: Iterable[Theme] = (),
    contributions: Iterable[Contribution] = (),
    text: str = "",
    first_steps: str = "",
    target_groups: str = "",
    lead: Organisation | None = None,
    partners: Iterable[Organisation] = (),
    starts: date | None = None,
    ends: date | None = None,
    cost_once: int | None = None,
    cost_yearly: int | None = None,
    funding: str = "",
    cross_cutting_themes: Iterable[CrossCuttingTheme] = (),
    is_key: bool = False,
    is_quick_win: bool = False,
    details: Mapping[str, object] | None = None,
    meeting: Thing | None = None,
    language: str = "de",
    is_example: bool = False,
    by: Standing,
    at: datetime,
) -> Measure:
    """Write a measure for a goal, and sew it to the goal and to whatever else it grew from.

    It is a draft, and for members only, until it is handed in. `details` are values of
    :data:`DETAILS`.
    """
    details = dict(details or {})
    assert details.keys() <= DETAILS
    goal = locked(goal)
    require_drafting(goal.field.concept, at=at)
    measure = new_measure(
        goal,
        title=title,
        text=text,
        first_steps=first_steps,
        target_groups=target_groups,
        lead=lead,
        starts=starts,
        ends=ends,
        cost_once=cost_once,
        cost_yearly=cost_yearly,
        funding=funding,
        is_key=is_key,
        is_quick_win=is_quick_win,
        language=language,
        is_example=is_example,
        at=at,
        **details,
    )
    measure.position = next_position(Measure.objects.filter(goal=goal))
    measure.save()
    measure.partners.set(list(partners))
    measure.cross_cutting_themes.set(list(cross_cutting_themes))
    number_field(goal.field)
    day = localdate(at)
    link(goal, measure, Relation.GREW_INTO, on=day, context=meeting)
    link_many(themes, measure, Relation.GREW_INTO, on=day, context=meeting)
    link_many(contributions, measure, Relation.GREW_INTO, on=day, context=meeting)
    begin([measure], by=by, at=at)
    record(events.MEASURE_GROWN.name, measure, by=by, at=at)
    return measure.refreshed()


def new_measure(
    goal: Goal, *, title: str, language: str, is_example: bool, at: datetime, **says: Any
) -> Measure:
    """A draft that may be written, from columns of its own; it has no position yet."""
    assert says.keys() <= EDITABLE - set(MANY)
    required(title=title)
    require_living(goal)
    require_in_hands(goal)
    _require_sense({name: says.get(name) for name in MEASURED})
    says |= {name: written(str(says[name])) for name in LISTS if name in says}
    return Measure(
        municipality_id=goal.municipality_id,
        goal=goal,
        title=title,
        language=language,
        is_example=is_example,
        happened_on=localdate(at),
        **says,
    )


@transaction.atomic
def edit_measure(
    measure: Measure,
    *,
    changes: Mapping[str, object],
    revision: int,
    by: Standing,
    at: datetime,
) -> Measure:
    """Save the sheet unless somebody else did meanwhile (then both texts are shown).

    Another lead has not been asked yet, whatever the one before said.
    """
    require_drafting(measure.goal.field.concept, at=at)
    stored = locked(measure)
    own = own_changes(stored, changes)
    if "depends_on" in changes:
        _refuse_circle(stored, changes["depends_on"])
    before, was = said(stored), stored.revision
    saved = save_changes(measure, own, seen=revision, readable=_readable(stored, changes))
    for name in MANY:
        if name in changes:
            getattr(saved, name).set(changes[name])
    remember(saved, before=before, seen=was, by=by, at=at)
    record(events.MEASURE_EDITED.name, saved, by=by, at=at, data={"fields": sorted(changes.keys())})
    return saved


def own_changes(stored: Measure, changes: Mapping[str, object]) -> dict[str, object]:
    """What becomes of the measure's own columns; refused where a sheet cannot say that."""
    assert changes.keys() <= EDITABLE
    required(title=str(changes.get("title", stored.title)))
    if stored.state != MeasureState.DRAFT:
        raise Closed(
            _("Only a draft can be changed."),
            where=stored.title,
            do=_("Take the measure back first, then change it."),
        )
    _require_sense({name: changes.get(name, getattr(stored, name)) for name in MEASURED})
    own = {name: value for name, value in changes.items() if name not in MANY}
    own |= {name: written(str(own[name])) for name in LISTS if name in own}
    if "lead" in own and _pk(own["lead"]) != stored.lead_id:
        own |= UNASKED
    return own


def _pk(thing: object) -> int | None:
    return thing.pk if isinstance(thing, Thing) else None


def _refuse_circle(measure: Measure, needed: object) -> None:
    """Refuse when one of these waits, directly or not, for this very measure.

    Everybody who writes dependencies of a concept takes turns: two who each write one half of a
    circle would otherwise both be right.
    """
    wanted = [m for m in needed if isinstance(m, Measure)]  # type: ignore[attr-defined]  # MANY holds collections
    if not wanted:
        return
    concept = Concept.objects.select_for_update(of=("self",)).get(pk=measure.goal.field.concept_id)
    pairs = Measure.depends_on.through.objects.filter(
        from_measure__goal__field__concept=concept
    ).values_list("from_measure", "to_measure")
    waits_for: dict[int, list[int]] = {}
    for waiting, for_what in pairs:
        waits_for.setdefault(waiting, []).append(for_what)
    waits_for[measure.pk] = [m.pk for m in wanted]
    if circle := first_circle(waits_for, through=measure.pk):
        names = Measure.objects.in_bulk(circle)
        told = " → ".join(str(names[pk]) for pk in [*circle, circle[0]])
        raise Invalid(
            {
                "depends_on": _(
                    "These measures would wait for each other: %(circle)s. Please leave one out."
                )
                % {"circle": told}
            }
        )


def _require_sense(says: Mapping[str, object]) -> None:
    """Refuse what the database would refuse too, said in words and at the field."""
    wrong = {}
    starts, ends, staff_need = says["starts"], says["ends"], says["staff_need"]
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        wrong["ends"] = _("A measure cannot end before it starts.")
    for name in ("cost_once", "cost_yearly"):
        if isinstance(cost := says[name], int) and cost < 0:
            wrong[name] = _("A cost cannot be below zero.")
    if isinstance(staff_need, Decimal) and staff_need < 0:
        wrong["staff_need"] = _("A staff need cannot be below zero.")
    if wrong:
        raise Invalid(wrong)


def _readable(stored: Measure, changes: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    """Put what was typed and what is stored into words, for the conflict page."""
    words: dict[str, tuple[object, object]] = {}
    if "lead" in changes:
        words["lead"] = (changes["lead"] or "", stored.lead or "")
        # Their stored state follows from the lead; nobody typed it.
        for name in UNASKED:
            words[name] = ("", "")
    for name, kind in CHOSEN.items():
        if name in changes:
            labels = dict(kind.choices)
            words[name] = (
                labels.get(str(changes[name]), ""),
                labels.get(str(getattr(stored, name)), ""),
            )
    if isinstance(typed := changes.get("own"), dict):
        asked = own_labels(stored.municipality_id)
        words["own"] = (own_words(typed, asked), own_words(stored.own, asked))
    for name in MANY:
        if name in changes:
            mine = sorted(str(thing) for thing in changes[name])  # type: ignore[attr-defined]  # MANY holds collections
            theirs = sorted(str(thing) for thing in getattr(stored, name).all())
            words[name] = (", ".join(mine), ", ".join(theirs))
    return words


@transaction.atomic
def submit_measure(measure: Measure, *, by: Standing, at: datetime) -> Measure:
    """Hand a draft in for review: from now on everybody may read it and its goal.

    Raises :class:`NotReady` with *all* open points, so that the page shows the whole list.
    """
    measure = locked(measure)
    require_drafting(measure.goal.field.concept, at=at)
    take_road(measure, MeasureState.SUBMITTED)
    points = open_points(measure, founded=founded([measure.goal]))
    if missing := [point.text for point in points if point.blocks]:
        raise NotReady(missing)
    put_in(measure, by=by, at=at)
    return measure


def put_in(measure: Measure, *, by: Standing, at: datetime) -> None:
    """Everybody may read it and its goal from now on; it is locked and has taken its road."""
    measure.is_public = True
    measure.revision += 1
    measure.save()
    Thing.objects.filter(pk=measure.goal_id).update(is_public=True)
    keep([measure.goal_id])
    record(events.MEASURE_SUBMITTED.name, measure, by=by, at=at)


@transaction.atomic
def take_back_measure(measure: Measure, *, by: Standing, at: datetime) -> Measure:
    """Make a draft of it again. What was public stays public: addresses keep answering."""
    measure = locked(measure)
    require_drafting(measure.goal.field.concept, "draft", "review", at=at)
    require_in_hands(measure)
    take_road(measure, MeasureState.DRAFT)
    take_out(measure, by=by, at=at)
    return measure


def take_out(measure: Measure, *, by: Standing, at: datetime) -> None:
    """It is a draft again; it is locked and has taken its road."""
    measure.handed_in = None
    measure.revision += 1
    measure.save()
    record(events.MEASURE_TAKEN_BACK.name, measure, by=by, at=at)


@transaction.atomic
def move_measure(
    measure: Measure,
    *,
    goal: Goal,
    position: int | None = None,
    by: Standing,
    at: datetime,
) -> Measure:
    """Move a measure to a place below a goal. Its address stays; its thread gains the new goal."""
    measure = locked(measure)
    before_goal, before = measure.goal, measure.number
    require_drafting(before_goal.field.concept, at=at)
    require_living(measure)
    require_living(goal)
    if goal.field.concept_id != before_goal.field.concept_id:
        raise Invalid({"goal": _("Please choose a goal of the same concept.")})
    others = list(
        Measure.objects.filter(goal=goal)
        .exclude(state=MeasureState.RETIRED)
        .exclude(pk=measure.pk)
        .order_by("position", "pk")
        .values_list("pk", flat=True)
    )
    place = len(others) if position is None else max(0, min(position - 1, len(others)))
    others.insert(place, measure.pk)
    Measure.objects.filter(pk=measure.pk).update(goal=goal)
    for number, pk in enumerate(others, start=1):
        Measure.objects.filter(pk=pk).update(position=number)
    number_field(goal.field)
    if before_goal.field_id != goal.field_id:
        number_field(before_goal.field)
    if before_goal.pk != goal.pk:
        link(goal, measure, Relation.GREW_INTO, on=localdate(at))
        if measure.is_public:
            Thing.objects.filter(pk=goal.pk).update(is_public=True)
            keep([goal.pk])
    measure = measure.refreshed()
    record(
        events.MEASURE_MOVED.name,
        measure,
        by=by,
        at=at,
        data={"before": before, "after": measure.number},
    )
    return measure


@transaction.atomic
def retire_measure(measure: Measure, *, reason: str, by: Standing, at: datetime) -> Measure:
    """Give a measure up, with a reason. Its page stays and says so."""
    required(reason=reason)
    measure = locked(measure)
    take_road(measure, MeasureState.RETIRED)
    measure.retired_on = localdate(at)
    measure.retired_because = reason
    measure.revision += 1
    measure.save()
    if measure.goal.field.concept.state == ConceptState.DRAFTING:
        # An adopted edition keeps its numbers: they have been quoted.
        number_field(measure.goal.field)
    record(events.MEASURE_RETIRED.name, measure, by=by, at=at, data={"reason": reason})
    return measure
