"""The measure sheet besides the measure's own columns: indicators, and what a town asks itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.models import Municipality
from miteinander.core.standing import Standing
from miteinander.strategy import events, queries
from miteinander.strategy.actions.ground import locked, require_drafting, required
from miteinander.strategy.actions.wordings import remember
from miteinander.strategy.models import Indicator, Measure, OwnField
from miteinander.strategy.states import MeasureState, OwnFieldKind

COUNTED = (
    "title", "unit", "baseline", "baseline_on", "target", "target_by", "source",
)  # fmt: skip
MOST_INDICATORS = 12
MOST_OWN_FIELDS = 20


@transaction.atomic
def write_indicator(
    measure: Measure,
    details: Mapping[str, object],
    *,
    by: Standing,
    at: datetime,
    indicator: Indicator | None = None,
) -> Indicator:
    """Add an indicator to a draft, or change one; the same again changes nothing."""
    assert details.keys() <= set(COUNTED)
    measure = _draft(measure, at=at)
    row = indicator or Indicator(measure=measure)
    assert row.measure_id == measure.pk, "an indicator of this measure"
    before = {name: getattr(row, name) for name in COUNTED}
    for name, value in details.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    required(title=row.title)
    if row.baseline_on and row.target_by and row.target_by <= row.baseline_on:
        raise Invalid({"target_by": _("The target lies before the baseline.")})
    same = Indicator.objects.filter(measure=measure, title=row.title).exclude(pk=row.pk)
    if indicator is None:
        if earlier := same.first():
            if all(getattr(earlier, name) == getattr(row, name) for name in COUNTED):
                return earlier  # sent twice
            raise Invalid({"title": _("This measure has an indicator of that name already.")})
        last = measure.indicators.aggregate(last=Max("position"))["last"] or 0
        if measure.indicators.count() >= MOST_INDICATORS:
            raise Closed(
                _("A measure has at most %(most)s indicators.") % {"most": MOST_INDICATORS},
                do=_("Keep those that somebody will really count."),
            )
        row.position = last + 1
    elif before == {name: getattr(row, name) for name in COUNTED}:
        return row
    said = queries.said(measure)
    row.save()
    remember(measure, before=said, seen=measure.revision, by=by, at=at)
    record(events.INDICATORS_CHANGED.name, measure, by=by, at=at)
    return row


@transaction.atomic
def drop_indicator(indicator: Indicator, *, by: Standing, at: datetime) -> None:
    """Take an indicator off a draft; dropping it twice is once."""
    measure = _draft(indicator.measure, at=at)
    said = queries.said(measure)
    dropped, _rows = Indicator.objects.filter(pk=indicator.pk).delete()
    if dropped:
        remember(measure, before=said, seen=measure.revision, by=by, at=at)
        record(events.INDICATORS_CHANGED.name, measure, by=by, at=at)


def _draft(measure: Measure, *, at: datetime) -> Measure:
    measure = locked(measure)
    require_drafting(measure.goal.field.concept, at=at)
    if measure.state != MeasureState.DRAFT:
        raise Closed(
            _("Only a draft can be changed."),
            where=measure.title,
            do=_("Take the measure back first, then change it."),
        )
    return measure


# --- what a municipality asks besides ---------------------------------------------------------


@transaction.atomic
def write_own_field(
    municipality: Municipality,
    *,
    label: str,
    field_kind: OwnFieldKind | str,
    by: Standing,
    at: datetime,
    help_text: str = "",
    options: Sequence[str] = (),
    is_public: bool = True,
    own_field: OwnField | None = None,
) -> OwnField:
    """Ask something on every measure sheet, or ask it in other words.

    Its kind stays once it is there: what was answered would not fit any more.
    """
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    required(label=label)
    chosen = [option.strip() for option in options if option.strip()]
    if field_kind == OwnFieldKind.CHOICE and len(set(chosen)) < 2:
        raise Invalid({"options": _("Please give at least two answers to choose from.")})
    living = OwnField.objects.filter(municipality=municipality, retired_on=None)
    others = living.exclude(pk=own_field.pk) if own_field else living
    if others.filter(label=label.strip()).exists():
        raise Invalid({"label": _("There is an own field of that name already.")})
    if own_field is None:
        if living.count() >= MOST_OWN_FIELDS:
            raise Closed(
                _("There can be at most %(most)s own fields.") % {"most": MOST_OWN_FIELDS},
                do=_("Close one that nobody needs any more."),
            )
        last = living.aggregate(last=Max("position"))["last"] or 0
        own_field = OwnField(municipality=municipality, field_kind=field_kind, position=last + 1)
    kind = events.OWN_FIELD_CHANGED if own_field.pk else events.OWN_FIELD_ADDED
    own_field.label, own_field.help_text = label.strip(), help_text.strip()
    own_field.options = chosen if own_field.field_kind == OwnFieldKind.CHOICE else []
    own_field.is_public = is_public
    own_field.save()
    record(kind.name, None, by=by, at=at, data={"label": own_field.label})
    return own_field


@transaction.atomic
def retire_own_field(own_field: OwnField, *, by: Standing, at: datetime) -> None:
    """Ask it no more; the answers stay where they were given."""
    if OwnField.objects.filter(pk=own_field.pk, retired_on=None).update(retired_on=localdate(at)):
        record(events.OWN_FIELD_RETIRED.name, None, by=by, at=at, data={"label": own_field.label})
