"""Many drafts at once: what their own actions would write one after the other, with few queries.

For whoever holds the whole concept (:func:`hold`), and has asked whether it may be written and
what each row may say, where its own action asks (`new_measure`, `own_changes`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import F, Max
from django.utils.timezone import localdate

from miteinander.core.bulk import AT_ONCE, create_all
from miteinander.core.lineage.link import link_all
from miteinander.core.models import Relation, Thing
from miteinander.core.standing import Standing
from miteinander.strategy import queries
from miteinander.strategy.actions.ground import number_field, number_fields
from miteinander.strategy.actions.measures import MANY
from miteinander.strategy.actions.wordings import Saved, begin, remember_all
from miteinander.strategy.models import Concept, FieldOfAction, Goal, Indicator, Measure

D = TypeVar("D", Goal, Measure)


@dataclass(slots=True)
class Sheet:
    """A measure, and what stands on its sheet besides its own columns."""

    row: Measure
    named: Mapping[str, Collection[Thing]] = field(default_factory=dict)
    """By the names of :data:`MANY`."""
    indicators: Sequence[Indicator] = ()


def hold(concept: Concept) -> None:
    """Hold all fields, goals and measures until the transaction ends, always in this order."""
    rows: Any
    for rows in (
        FieldOfAction.objects.filter(concept=concept),
        Goal.objects.filter(field__concept=concept),
        Measure.objects.filter(goal__field__concept=concept),
    ):
        list(rows.select_for_update(of=("self",)).order_by("pk").only("pk"))


def number_all(concept: Concept, fields: Iterable[FieldOfAction]) -> None:
    """Number the fields of a concept, and what lies in some of them."""
    number_fields(concept)
    for row in {row.pk: row for row in fields}.values():
        number_field(row)


# --- new ------------------------------------------------------------------------------------------


def write_fields(new: Sequence[FieldOfAction], *, by: Standing, at: datetime) -> None:
    """Write fields, each behind the last."""
    if new:
        _place_last(new, "concept")
        create_all(FieldOfAction, new)
        begin(new, by=by, at=at)


def write_goals(new: Sequence[Goal], *, by: Standing, at: datetime) -> None:
    """Write goals, each behind the last of its field."""
    if new:
        _place_last(new, "field")
        for row in new:  # most likely; `number_all` writes what is different
            row.number = str(row.position)
        create_all(Goal, new)
        begin(new, by=by, at=at)


def write_measures(new: Sequence[Sheet], *, by: Standing, at: datetime) -> None:
    """Write measures, each behind the last of its goal, and sew them to it."""
    if new:
        rows = [sheet.row for sheet in new]
        _place_last(rows, "goal")
        for row in rows:
            row.number = f"{row.goal.number}.{row.position}"
        create_all(Measure, rows)
        _write_besides(new)
        link_all(((row.goal, row) for row in rows), Relation.GREW_INTO, on=localdate(at))
        begin(list(queries.sayable(Measure, _pks(rows)).values()), by=by, at=at)


# --- what is there already ------------------------------------------------------------------------


def edit_goals(
    changed: Sequence[tuple[Goal, Mapping[str, Any]]], *, by: Standing, at: datetime
) -> None:
    """Save the texts of goals."""
    before = _before(Goal, [row for row, _changes in changed])
    _save(Goal, changed)
    _remember(Goal, before, by=by, at=at)


def edit_measures(
    changed: Sequence[tuple[Sheet, Mapping[str, Any]]], *, by: Standing, at: datetime
) -> None:
    """Save the sheets of drafts; a sheet with new indicators only is not saved, they are."""
    before = _before(Measure, [sheet.row for sheet, _own in changed])
    _save(Measure, [(sheet.row, own) for sheet, own in changed if own or sheet.named])
    _write_besides([sheet for sheet, _own in changed])
    _remember(Measure, before, by=by, at=at)


# --- rows -----------------------------------------------------------------------------------------


def _save(model: type[D], changed: Sequence[tuple[D, Mapping[str, Any]]]) -> None:
    names: set[str] = set()
    for row, changes in changed:
        names |= changes.keys()
        for name, value in changes.items():
            setattr(row, name, value)
    rows = [row for row, _changes in changed]
    if "title" in names:
        titled = [Thing(pk=row.pk, title=row.title) for row in rows]
        Thing.objects.bulk_update(titled, ["title"], batch_size=AT_ONCE)
    if own := sorted(names - {"title"}):
        model._default_manager.bulk_update(rows, own, batch_size=AT_ONCE)
    Thing.objects.filter(pk__in=_pks(rows)).update(revision=F("revision") + 1)


def _write_besides(sheets: Sequence[Sheet]) -> None:
    for name in MANY:
        many: Any = Measure._meta.get_field(name)
        mine, other = many.m2m_column_name(), many.m2m_reverse_name()
        pairs = many.remote_field.through.objects
        naming = [sheet for sheet in sheets if name in sheet.named]
        pairs.filter(**{f"{mine}__in": [sheet.row.pk for sheet in naming]}).delete()
        pairs.bulk_create(
            [
                pairs.model(**{mine: sheet.row.pk, other: pk})
                for sheet in naming
                for pk in dict.fromkeys(_pks(sheet.named[name]))
            ],
            batch_size=AT_ONCE,
        )
    counted = [indicator for sheet in sheets for indicator in sheet.indicators]
    if counted:
        _place_last(counted, "measure")
        Indicator.objects.bulk_create(counted, batch_size=AT_ONCE)


def _place_last(new: Sequence[Any], parent: str) -> None:
    """Give each a place behind those that its parent has."""
    for row in new:  # the parent may have been written meanwhile
        setattr(row, parent, getattr(row, parent))
    column = f"{parent}_id"
    keys = {getattr(row, column) for row in new}
    there = type(new[0])._default_manager.filter(**{f"{parent}__in": keys}).order_by()
    last: dict[int, int] = dict(there.values_list(parent).annotate(last=Max("position")))
    for row in new:
        key = getattr(row, column)
        row.position = last[key] = last.get(key, 0) + 1


def _pks(rows: Iterable[Thing]) -> list[int]:
    return [row.pk for row in rows]


def _before(model: type[D], rows: Iterable[D]) -> list[Saved]:
    """How rows read as they are stored."""
    stored = queries.sayable(model, _pks(rows)).values()
    return [Saved(row, queries.said(row), row.revision) for row in stored]


def _remember(model: type[D], before: Sequence[Saved], *, by: Standing, at: datetime) -> None:
    now = queries.sayable(model, [one.row.pk for one in before])
    saved = [Saved(now[one.row.pk], one.before, one.seen) for one in before]
    remember_all(saved, by=by, at=at)
