"""Whom the municipality wants at the table, and figures of who is there.

Targets are the coordination's. Figures are kept by the worker, after `insights` made sure that
they tell on nobody; they leave no event, because an event would outlive the erasing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from miteinander.community.actions.sharing import locked
from miteinander.community.models import CountedPerson, Figures, Target, TargetShare
from miteinander.community.states import CoverageKind, TargetUnit
from miteinander.core.errors import Invalid, filled
from miteinander.core.events.record import record
from miteinander.core.models import Municipality, Thing
from miteinander.core.standing import Standing
from miteinander.ui.words import written_number

if TYPE_CHECKING:
    from miteinander.core.errors import Text

ROUNDED = Decimal(2)
"""Percentages may miss 100 by so much: they have been rounded."""
WHOLE = Decimal(100)
MOST = Decimal(10_000_000)
KEPT_FOR = timedelta(days=365)


@transaction.atomic
def set_target(
    municipality: Municipality,
    kind: CoverageKind,
    *,
    unit: TargetUnit,
    amounts: Mapping[str, Decimal],
    source: str,
    by: Standing,
    at: datetime,
) -> Target:
    """Decide how much of the whole each value should be; values without an amount are left out.

    The same target a second time changes nothing, not even its day.
    """
    locked(municipality)
    source = " ".join(source.split())
    if not source:
        raise Invalid({"source": gettext_lazy("Please say where these shares come from.")})
    kept = {word: amount.quantize(Decimal("0.01")) for word, amount in amounts.items() if amount}
    if problem := problem_with(unit, kept):
        raise Invalid({"__all__": problem})
    before = Target.objects.filter(municipality=municipality, kind=kind).first()
    if before is not None:
        shares = dict(before.shares.values_list("word", "amount"))
        if (before.unit, before.source, shares) == (unit, source, kept):
            return before
    target, _made = Target.objects.update_or_create(
        municipality=municipality,
        kind=kind,
        defaults={"unit": unit, "source": source, "set_on": localdate(at)},
    )
    target.shares.all().delete()
    TargetShare.objects.bulk_create(
        TargetShare(target=target, word=word, amount=amount, position=place)
        for place, (word, amount) in enumerate(kept.items())
    )
    data = {
        "kind": str(kind),
        "what": str(target.get_kind_display()),
        "unit": str(unit),
        "source": source,
        "shares": {word: str(amount) for word, amount in kept.items()},
    }
    record("targets.set", None, by=by, at=at, municipality=municipality.pk, data=data)
    return target


def problem_with(unit: TargetUnit, amounts: Mapping[str, Decimal]) -> Text:
    """What is wrong with some shares, or nothing."""
    total = sum(amounts.values(), Decimal(0))
    if not total:
        return gettext_lazy("Please enter a share for at least one value.")
    if any(amount < 0 for amount in amounts.values()):
        return gettext_lazy("A share cannot be below 0.")
    if total > MOST:
        return gettext_lazy("These are more people than a municipality has.")
    if unit == TargetUnit.PERCENT and not math.isclose(total, WHOLE, abs_tol=ROUNDED):
        return filled(
            gettext_lazy(
                "The shares add up to %(sum)s percent. They should add up to 100; "
                "up to 2 more or less are taken for rounding."
            ),
            sum=written_number(total.normalize()),
        )
    return ""


@transaction.atomic
def drop_target(
    municipality: Municipality, kind: CoverageKind, *, by: Standing, at: datetime
) -> None:
    """Want nothing any more; twice changes nothing."""
    locked(municipality)
    gone, _rows = Target.objects.filter(municipality=municipality, kind=kind).delete()
    if gone:
        data = {"kind": str(kind), "what": str(kind.label)}
        record("targets.dropped", None, by=by, at=at, municipality=municipality.pk, data=data)


@transaction.atomic
def drop_old_figures(municipality: Municipality, *, at: datetime) -> None:
    """Figures older than a year say nothing about today, and no longer hold back new ones."""
    oldest = localdate(at) - KEPT_FOR
    Figures.objects.filter(municipality=municipality, counted_on__lt=oldest).delete()


@transaction.atomic
def keep_figures(
    municipality: Municipality,
    scope: Thing | None,
    kind: CoverageKind,
    *,
    counts: Mapping[str, int | None],
    few: Sequence[str],
    known: int,
    unknown: int | None,
    people: Mapping[int, str],
    at: datetime,
) -> Figures:
    """Keep figures that may be shown, with who is in them; asked for under the register's lock."""
    figures = Figures.objects.create(
        municipality=municipality,
        scope=scope,
        kind=kind,
        counted_on=localdate(at),
        counts=dict(counts),
        few=sorted(few),
        known=known,
        unknown=unknown,
        people_count=len(people),
    )
    CountedPerson.objects.bulk_create(
        CountedPerson(figures=figures, person_id=person, word=word)
        for person, word in people.items()
    )
    return figures
