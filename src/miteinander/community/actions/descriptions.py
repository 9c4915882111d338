"""What people say of themselves, and what a municipality may ask.

Saying and erasing leave no event: whether somebody said anything is nobody's business but their
own, and an event would outlive the erasing. What the municipality asks for is remembered.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from miteinander.community.actions.sharing import locked
from miteinander.community.models import (
    Characteristic,
    CountedPerson,
    Figures,
    Person,
    SelfDescription,
    Target,
)
from miteinander.community.states import CharacteristicKind
from miteinander.core.errors import Invalid
from miteinander.core.events.record import record
from miteinander.core.forgetting import unsay_everywhere
from miteinander.core.models import Municipality
from miteinander.core.standing import Standing
from miteinander.core.wordlist import words_in, written

FEWEST_WORDS = 2


@transaction.atomic
def choose_characteristics(
    municipality: Municipality,
    *,
    words: Mapping[CharacteristicKind, str],
    by: Standing,
    at: datetime,
) -> list[Characteristic]:
    """Decide what people may say of themselves, and in which words.

    What is no longer asked is erased at once from everything that was said: there is no reason
    left to keep it. Words that were taken from a list stay with those who chose them.
    """
    locked(municipality)
    short = {
        str(kind): gettext_lazy("Please give at least two words to choose from.")
        for kind, text in words.items()
        if len(words_in(text)) < FEWEST_WORDS
    }
    if short:
        raise Invalid(short)
    before = {row.kind: row.words for row in municipality.characteristics.all()}
    wanted = {str(kind): written(text) for kind, text in words.items()}
    if before == wanted:
        return list(municipality.characteristics.all())
    for kind in set(before) - set(wanted):
        said = SelfDescription.objects.filter(person__municipality=municipality)
        said = said.exclude(**{kind: ""})
        unsay_everywhere(list(said.values_list("person", flat=True)))
        said.update(**{kind: ""})
        Figures.objects.filter(municipality=municipality, kind=kind).delete()
        Target.objects.filter(municipality=municipality, kind=kind).exclude(
            kind=CharacteristicKind.NEIGHBOURHOOD
        ).delete()
    municipality.characteristics.exclude(kind__in=wanted).delete()
    for kind in CharacteristicKind:
        if kind in wanted:
            Characteristic.objects.update_or_create(
                municipality=municipality, kind=kind, defaults={"words": wanted[kind]}
            )
    _drop_empty(municipality)
    record(
        "characteristics.chosen",
        None,
        by=by,
        at=at,
        municipality=municipality.pk,
        data={"kinds": sorted(wanted)},
    )
    return list(municipality.characteristics.all())


@transaction.atomic
def describe_self(
    person: Person,
    *,
    said: Mapping[CharacteristicKind, str],
    by: Standing,
    at: datetime,
    for_draws: bool = False,
) -> SelfDescription | None:
    """Keep what somebody says of themselves; with nothing said, nothing is kept.

    Only the person does this (see the rule), and only with the words that are offered; a word
    that was said before may stay, also when it is no longer offered. `for_draws` lets
    it count for quotas of draws by lot.
    """
    locked(person.municipality)
    assert by.person == person.pk, "nobody describes somebody else"
    offered = {row.kind: row.choices for row in person.municipality.characteristics.all()}
    before = SelfDescription.objects.filter(person=person).first()
    fields = {str(kind): said.get(kind, "").strip() for kind in CharacteristicKind}
    wrong = {
        kind: gettext_lazy("Please choose one of the words that are offered.")
        for kind, word in fields.items()
        if word
        and word not in offered.get(kind, ())
        and not (kind in offered and before and getattr(before, kind) == word)
    }
    if wrong:
        raise Invalid(wrong)
    if not any(fields.values()):
        erase_self_description(person, by=by, at=at)
        return None
    _out_of_figures(
        person,
        [
            kind
            for kind, word in fields.items()
            if word != (getattr(before, kind) if before else "")
        ],
    )
    now: dict[str, object] = {**fields, "for_draws": for_draws}
    if before and {name: getattr(before, name) for name in now} != now:
        unsay_everywhere([person.pk])
    kept, _made = SelfDescription.objects.update_or_create(
        person=person, defaults={**now, "said_on": localdate(at)}
    )
    return kept


@transaction.atomic
def erase_self_description(person: Person, *, by: Standing, at: datetime) -> None:
    """Forget what somebody said of themselves; twice changes nothing."""
    assert by.person == person.pk, "nobody erases what somebody else said"
    _out_of_figures(person, list(map(str, CharacteristicKind)))
    if SelfDescription.objects.filter(person=person).delete()[0]:
        unsay_everywhere([person.pk])


def _out_of_figures(person: Person, kinds: list[str]) -> None:
    """No trace of what somebody no longer says: the figures stay, without a way back to them."""
    CountedPerson.objects.filter(person=person, figures__kind__in=kinds).delete()


def _drop_empty(municipality: Municipality) -> None:
    empty = dict.fromkeys(map(str, CharacteristicKind), "")
    SelfDescription.objects.filter(person__municipality=municipality, **empty).delete()
