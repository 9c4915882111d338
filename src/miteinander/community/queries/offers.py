"""Offers: which there are, for whom, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import BigIntegerField, Q, QuerySet

from miteinander.community.models import Characteristic, Offer, Organisation
from miteinander.community.states import CharacteristicKind
from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing
from miteinander.core.wordlist import names, words_of

Lasting = Literal["now", "ending", "ended", "all"]
YEAR = 365


def offers_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Offer]:
    """Twin of "community.see_thing": all to members, the public ones to everybody."""
    rows = Offer.objects.filter(municipality=municipality).select_related(
        "municipality", "organisation"
    )
    if not sees_all(municipality, standing):
        rows = rows.filter(is_public=True, organisation__is_public=True)
    return rows.order_by("title", "pk")


def running(offers: QuerySet[Offer], day: date, lasting: Lasting = "now") -> QuerySet[Offer]:
    """Of some offers those that run on a day, end within a year, or have ended."""
    there = Q(retired_on=None) | Q(retired_on__gt=day)
    now = there & (Q(ends=None) | Q(ends__gte=day))
    match lasting:
        case "now":
            return offers.filter(now)
        case "ending":
            return offers.filter(now, ends__lt=date.fromordinal(day.toordinal() + YEAR))
        case "ended":
            return offers.exclude(now)
        case "all":
            return offers


@dataclass(frozen=True, slots=True)
class OfferWords:
    """What the filters of a list of offers can choose from, and what those words stand for."""

    rows: tuple[tuple[str, str, str], ...]
    """Distinct target groups, languages and neighbourhoods, each as one line of words."""

    @property
    def target_groups(self) -> list[str]:
        return words_of(row[0] for row in self.rows)

    @property
    def languages(self) -> list[str]:
        return words_of(row[1] for row in self.rows)

    @property
    def neighbourhoods(self) -> list[str]:
        return words_of(row[2] for row in self.rows)


def offer_words(offers: QuerySet[Offer]) -> OfferWords:
    """The words that some offers use. One query."""
    columns = ("target_groups", "languages", "neighbourhood")
    return OfferWords(tuple(offers.order_by().values_list(*columns).distinct()))


def chosen(
    offers: QuerySet[Offer],
    words: OfferWords,
    *,
    target_group: str = "",
    language: str = "",
    neighbourhood: str = "",
) -> QuerySet[Offer]:
    """Filter by words: each is turned into the wordings that name it (decision 72)."""
    for place, (column, word) in enumerate(
        (
            ("target_groups", target_group),
            ("languages", language),
            ("neighbourhood", neighbourhood),
        )
    ):
        if word:
            wordings = {row[place] for row in words.rows if names(row[place], word)}
            offers = offers.filter(**{f"{column}__in": wordings})
    return offers


def offers_of(organisation: Organisation, standing: Standing) -> list[Offer]:
    """Return the offers of one organisation that somebody may see, ended ones last: one query."""
    everything = sees_all(organisation.municipality, standing)
    return list(_offers_of(organisation=organisation.pk, everything=everything))


@prepared(organisation=BigIntegerField())
def _offers_of(*, organisation: Any, everything: bool) -> QuerySet[Offer]:
    rows = Offer.objects.filter(organisation=organisation)
    if not everything:
        rows = rows.filter(is_public=True, organisation__is_public=True)
    return rows.order_by("retired_on", "title", "pk")


@dataclass(frozen=True, slots=True)
class WordsInUse:
    neighbourhoods: list[str]
    target_groups: list[str]


def public_neighbourhoods(municipality: Municipality) -> list[str]:
    """The parts of town that everybody reads on this site already, in its words: one query."""
    offers = Offer.objects.filter(
        municipality=municipality, is_public=True, organisation__is_public=True
    )
    organisations = Organisation.objects.filter(municipality=municipality, is_public=True)
    rows = offers.order_by().values_list("neighbourhood", flat=True)
    rows = rows.union(organisations.order_by().values_list("neighbourhood", flat=True))
    return words_of(rows)


def words_in_use(municipality: Municipality) -> WordsInUse:
    """Neighbourhoods and target groups in the municipality's own words. Three queries."""
    of_offers = offer_words(Offer.objects.filter(municipality=municipality))
    of_organisations = list(
        Organisation.objects.filter(municipality=municipality)
        .order_by()
        .values_list("target_groups", "neighbourhood")
        .distinct()
    )
    asked: Iterable[str] = Characteristic.objects.filter(
        municipality=municipality, kind=CharacteristicKind.NEIGHBOURHOOD
    ).values_list("words", flat=True)
    return WordsInUse(
        neighbourhoods=words_of(
            [*asked, *of_offers.neighbourhoods, *(row[1] for row in of_organisations)]
        ),
        target_groups=words_of([*of_offers.target_groups, *(row[0] for row in of_organisations)]),
    )
