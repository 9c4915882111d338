"""Where offers are missing: the needs that measures name, against what there is already.

A concept's measures say for whom they are (target groups, as words); offers say for whom they
are there. A group that measures name and that few offers name is a gap. Words are compared as
they are written, without regard to capital letters (decision 72): no guess is made that
“Familien” includes “Eltern”, because such a guess would hide a gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from miteinander.community.models import Offer
from miteinander.community.queries import running
from miteinander.core.wordlist import words_in
from miteinander.strategy.models import Concept, Measure
from miteinander.strategy.states import MeasureState

FEW = 2
"""So many offers or fewer are few: if one falls away, hardly anything is left."""
YEAR = 365

Verdict = Literal["none", "ending", "few", "covered"]
ORDER: tuple[Verdict, ...] = ("none", "ending", "few", "covered")


@dataclass(frozen=True, slots=True)
class Need:
    """One target group: who names it, and what there is for it now."""

    group: str
    fields: tuple[str, ...]
    measures: int
    lasting: int
    """Offers without a last day, or with one more than a year away."""
    ending: int
    """Offers that end within a year."""

    @property
    def offers(self) -> int:
        return self.lasting + self.ending

    @property
    def verdict(self) -> Verdict:
        if self.offers == 0:
            return "none"
        if self.lasting == 0:
            return "ending"
        return "few" if self.offers <= FEW else "covered"


@dataclass(frozen=True, slots=True)
class Gaps:
    """All needs of a concept, the barest first."""

    needs: tuple[Need, ...]
    offers: int
    """That are there now, whatever they say of themselves."""
    without_group: int
    """Of these, how many name no target group and so could not be counted anywhere."""

    def with_verdict(self, verdict: Verdict) -> list[Need]:
        return [need for need in self.needs if need.verdict == verdict]


def gaps_of(concept: Concept, *, day: date) -> Gaps:
    """Compare a concept's living measures with the offers of its municipality: two queries."""
    named = (
        Measure.objects.filter(goal__field__concept=concept)
        .exclude(state=MeasureState.RETIRED)
        .order_by("goal__field__position", "pk")
        .values_list("target_groups", "goal__field__title")
    )
    offers = running(Offer.objects.filter(municipality=concept.municipality_id), day)
    return compare(named, offers.order_by().values_list("target_groups", "ends"), day=day)


def compare(
    measures: Iterable[tuple[str, str]],
    offers: Iterable[tuple[str, date | None]],
    *,
    day: date,
) -> Gaps:
    """The same of plain rows: target groups and field; target groups and last day."""
    words: dict[str, str] = {}
    fields: dict[str, dict[str, None]] = {}
    counts: dict[str, int] = {}
    for groups, field in measures:
        for word in words_in(groups):
            key = word.casefold()
            words.setdefault(key, word)
            fields.setdefault(key, {})[field] = None
            counts[key] = counts.get(key, 0) + 1
    limit = date.fromordinal(day.toordinal() + YEAR)
    lasting: dict[str, int] = {}
    ending: dict[str, int] = {}
    total = silent = 0
    for groups, ends in offers:
        total += 1
        found = {word.casefold() for word in words_in(groups)}
        silent += not found
        side = lasting if ends is None or ends >= limit else ending
        for key in found:
            side[key] = side.get(key, 0) + 1
    needs = [
        Need(
            group=words[key],
            fields=tuple(fields[key]),
            measures=counts[key],
            lasting=lasting.get(key, 0),
            ending=ending.get(key, 0),
        )
        for key in words
    ]
    needs.sort(key=lambda n: (ORDER.index(n.verdict), -n.measures, n.group.casefold()))
    return Gaps(tuple(needs), offers=total, without_group=silent)
