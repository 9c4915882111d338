"""Who carries how much: the measures of an edition by institution, money, time and what they lack.

Read before the decision, while there is still time to share the load differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as given
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from miteinander.core.rows import Rows
from miteinander.core.wordlist import words_in
from miteinander.strategy.models import COSTS, Concept, Indicator, Measure
from miteinander.strategy.queries.leads import is_settled
from miteinander.strategy.queries.sheet import first_circle
from miteinander.strategy.states import Funding, MeasureState

if TYPE_CHECKING:
    from miteinander.core.errors import Text
    from miteinander.strategy.models import FieldOfAction

UNCLEAR = (Funding.OPEN, "")
"""Nobody knows yet where this money is to come from."""
MOST_GROUPS = 40
"""Target groups in the matrix; more of them are counted, and named nowhere."""


@dataclass(slots=True)
class Money:
    """What some measures cost, in euros; `unpriced` of them name no cost at all."""

    measures: int = 0
    once: int = 0
    yearly: int = 0
    unpriced: int = 0

    def add(self, measure: Measure) -> None:
        self.measures += 1
        self.once += measure.cost_once or 0
        self.yearly += measure.cost_yearly or 0
        self.unpriced += measure.cost_once is None and measure.cost_yearly is None


@dataclass(slots=True)
class Burden:
    """What one institution carries; `identifier` is empty for what nobody leads."""

    identifier: str
    title: str
    money: Money = given(default_factory=Money)
    """Of the measures that it leads."""
    accepted: int = 0
    joined: int = 0
    """In how many it works along."""
    posts: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that measures should have, and those that do not have it."""

    name: str
    label: Text
    measures: list[Measure]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A measure that begins before what it depends on is done."""

    measure: Measure
    needed: Measure


@dataclass(frozen=True, slots=True)
class LoadMap:
    """All of it for one edition; :func:`load_map` reads it."""

    measures: list[Measure]
    fields: list[FieldOfAction]
    burdens: list[Burden]
    """The heaviest first; what nobody leads comes before all."""
    total: Money
    funding: dict[str, Money]
    """By the state of the funding, in its order; the empty one is “not clarified”."""
    lacks: list[Lack]
    by_group: list[tuple[str, dict[int, int]]]
    """Target groups with how many measures of each field (its key) name them."""
    by_theme: list[tuple[str, dict[int, int]]]
    """The same for cross-cutting themes."""
    waiting: list[Waiting]
    circles: list[list[Measure]]

    @property
    def gap(self) -> Money:
        """What has no money yet: open, or never spoken of."""
        gap = Money()
        for state in UNCLEAR:
            found = self.funding.get(str(state), Money())
            gap.measures += found.measures
            gap.once += found.once
            gap.yearly += found.yearly
            gap.unpriced += found.unpriced
        return gap


def costs_beside(measure: Measure) -> dict[str, list[int]]:
    """What the other measures of an edition cost, by the name of the cost; one query."""
    rows = Measure.objects.filter(goal__field__concept=measure.goal.field.concept_id)
    rows = rows.exclude(pk=measure.pk).exclude(state=MeasureState.RETIRED).order_by()
    costs = list(rows.values_list(*COSTS))
    return {name: [row[at] for row in costs if row[at]] for at, name in enumerate(COSTS)}


def load_map(concept: Concept) -> LoadMap:
    """One query, however many measures."""
    measures = list(
        _with_what_stands_beside(Measure.objects.filter(goal__field__concept=concept))
        .exclude(state=MeasureState.RETIRED)
        .select_related("lead", "goal__field")
        .order_by("goal__field__position", "goal__position", "position", "pk")
    )
    beside: Beside = {
        sort: {measure.pk: getattr(measure, f"beside_{sort}") for measure in measures}
        for sort in ("partner", "theme", "needed", "indicator")
    }
    known = {measure.pk: measure for measure in measures}
    needs = {
        pk: [other for other, _title, _name in beside["needed"].get(pk, ()) if other in known]
        for pk in known
    }
    funding: dict[str, Money] = {str(state): Money() for state in ("", *Funding)}
    total = Money()
    for measure in measures:
        total.add(measure)
        funding[measure.funding].add(measure)
    fields = list(dict.fromkeys(measure.goal.field for measure in measures))
    return LoadMap(
        measures=measures,
        fields=fields,
        burdens=_burdens(measures, beside["partner"]),
        total=total,
        funding={state: money for state, money in funding.items() if money.measures},
        lacks=_lacks(measures, beside["indicator"]),
        by_group=_by_group(measures),
        by_theme=_counted(
            (measure, [title for _pk, title, _name in beside["theme"].get(measure.pk, ())])
            for measure in measures
        ),
        waiting=[
            Waiting(known[pk], known[other])
            for pk, others in needs.items()
            for other in others
            if _begins_too_early(known[pk], known[other])
        ],
        circles=circles_in(needs, known),
    )


Beside = dict[str, dict[int, list[tuple[int, str, str]]]]
"""By sort, by measure: key, title and identifier of what stands beside it."""


def _with_what_stands_beside(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """Each with its partners, themes, dependencies and indicators."""

    def through(rows: Any, measure: str, other: str) -> Rows:
        found = rows.through.objects.filter(**{measure: OuterRef("pk")}).order_by("pk")
        return Rows(found, other, f"{other}__title", f"{other}__identifier")

    return measures.annotate(
        beside_partner=through(Measure.partners, "measure", "organisation"),
        beside_theme=through(Measure.cross_cutting_themes, "measure", "crosscuttingtheme"),
        beside_needed=through(Measure.depends_on, "from_measure", "to_measure"),
        beside_indicator=Rows(
            Indicator.objects.filter(measure=OuterRef("pk")), "pk", "title", "unit"
        ),
    )


def _burdens(
    measures: Sequence[Measure], partners: Mapping[int, Sequence[tuple[int, str, str]]]
) -> list[Burden]:
    nobody = Burden("", "")
    found: dict[int, Burden] = {}
    for measure in measures:
        lead = measure.lead
        if lead is None:
            burden = nobody
        else:
            burden = found.setdefault(lead.pk, Burden(lead.identifier, lead.title))
            burden.accepted += is_settled(measure)
        burden.money.add(measure)
        burden.posts += measure.staff_need or 0
        for pk, title, identifier in partners.get(measure.pk, ()):
            found.setdefault(pk, Burden(identifier, title)).joined += 1
    ordered = sorted(
        found.values(), key=lambda b: (-b.money.measures, -b.joined, b.title.casefold())
    )
    return [nobody, *ordered] if nobody.money.measures else ordered


def _lacks(measures: Sequence[Measure], indicators: Mapping[int, Sequence[object]]) -> list[Lack]:
    def without(name: str, label: Text, missing: Iterable[Measure]) -> Lack:
        return Lack(name, label, list(missing))

    found = [
        without(
            "lead",
            _("Nobody has accepted the lead"),
            (m for m in measures if not is_settled(m)),
        ),
        without(
            "starts",
            _("There is no date"),
            (m for m in measures if m.starts is None and not m.horizon),
        ),
        without(
            "money",
            _("There is no money, or nobody has said where it comes from"),
            (m for m in measures if m.funding in UNCLEAR),
        ),
        without(
            "indicators",
            _("There is no indicator, not even on the goal"),
            (
                m
                for m in measures
                if not indicators.get(m.pk) and not (m.goal.indicator or m.goal.no_indicator_reason)
            ),
        ),
        without(
            "target_groups",
            _("Nobody is named for whom it is"),
            (m for m in measures if not m.target_groups.strip()),
        ),
    ]
    return [lack for lack in found if lack.measures]


def _by_group(measures: Sequence[Measure]) -> list[tuple[str, dict[int, int]]]:
    """Words that differ in capital letters only are one group."""
    written: dict[str, str] = {}
    named = []
    for measure in measures:
        groups = words_in(measure.target_groups)
        named.append((measure, [written.setdefault(group.casefold(), group) for group in groups]))
    return _counted(named)[:MOST_GROUPS]


def _counted(
    named: Iterable[tuple[Measure, Sequence[str]]],
) -> list[tuple[str, dict[int, int]]]:
    """How many measures of each field name each word; the most frequent word first."""
    found: dict[str, dict[int, int]] = {}
    for measure, words in named:
        for word in words:
            cells = found.setdefault(word, {})
            cells[measure.goal.field_id] = cells.get(measure.goal.field_id, 0) + 1
    return sorted(found.items(), key=lambda row: (-sum(row[1].values()), row[0].casefold()))


def _begins_too_early(measure: Measure, needed: Measure) -> bool:
    """What it waits for ends later, or nobody knows when; without a start there is no telling."""
    if measure.starts is None:
        return False
    ready: date | None = needed.ends or needed.starts
    return ready is None or ready > measure.starts


def circles_in(
    needs: Mapping[int, Sequence[int]], known: Mapping[int, Measure]
) -> list[list[Measure]]:
    """Measures that wait for each other, each circle once and the shortest through each measure.

    The sheet refuses circles; what was read from a file, or written past it, is named here.
    """
    found: dict[frozenset[int], list[int]] = {}
    for pk in needs:
        if circle := first_circle(needs, through=pk):
            found.setdefault(frozenset(circle), circle)
    return [[known[pk] for pk in circle] for circle in found.values()]
