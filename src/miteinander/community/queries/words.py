"""What there is in a further language, and what still waits for somebody to translate it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from miteinander.core.errors import NotThere
from miteinander.core.models import Municipality, Thing, Translation, TranslationState
from miteinander.core.search.keep import kinds
from miteinander.core.standing import Standing
from miteinander.core.translation import source_hash

VOICE = "contribution"
"""Thousands of them: they are asked for by themselves and do not bury the rest."""
NAMES_ONLY = ("organisation", "version")
"""They keep their names in every language."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A thing beside its texts in one further language."""

    thing: Thing
    missing: int
    """Texts that are there in the original only."""
    outdated: int
    """Texts whose original was changed since."""
    machine: int
    """Texts that no human being has checked."""

    @property
    def is_done(self) -> bool:
        return not (self.missing or self.outdated or self.machine)


def thing_with_words(municipality: Municipality, standing: Standing, identifier: str) -> Thing:
    """What stands at an address, as its stage knows it, for whoever translates: two queries."""
    found = Thing.objects.filter(municipality=municipality, identifier=identifier).first()
    if found is None or not standing.is_coordinator or found.kind not in kinds():
        raise NotThere
    thing = kinds()[found.kind]._default_manager.get(pk=found.pk)
    if not thing.TRANSLATABLE:
        raise NotThere
    return thing


def translated(thing: Thing, language: str) -> dict[str, Translation]:
    """What there is of a thing in another language, by field: one query."""
    rows = Translation.objects.filter(thing=thing.pk, language=language)
    return {row.field: row for row in rows}


def is_settled(there: Translation | None, thing: Thing, text: str) -> bool:
    """Whether this very text stands there already, checked, beside the original of today."""
    return (
        there is not None
        and there.text == text
        and there.state != TranslationState.MACHINE
        and there.source_hash == source_hash(str(getattr(thing, there.field)))
    )


def kinds_with_words() -> list[tuple[str, str]]:
    """The kinds of things that are translated, with how they are called."""
    found = {
        kind: str(model._meta.verbose_name_plural)
        for kind, model in kinds().items()
        if model.TRANSLATABLE and kind not in NAMES_ONLY
    }
    return sorted(found.items(), key=lambda pair: pair[1].casefold())


def things_to_translate(
    municipality: Municipality, language: str, *, kind: str = "", untouched: bool = True
) -> QuerySet[Thing]:
    """What everybody reads in another language than this one, the newest first.

    `untouched` leaves out whatever has any text in it already.
    """
    found = Thing.objects.filter(municipality=municipality, is_public=True, retired_on=None)
    found = found.exclude(language=language)
    if kind:
        found = found.filter(kind=kind)
    else:
        asked = [name for name, _words in kinds_with_words() if name != VOICE]
        found = found.filter(kind__in=asked)
    if untouched:
        there = Translation.objects.filter(thing=OuterRef("pk"), language=language)
        found = found.filter(~Exists(there))
    return found.order_by("-pk")


def wordings(things: list[Thing], language: str) -> list[Wording]:
    """The same things beside their translations: one query for each kind, and one more."""
    of_kind: dict[str, list[int]] = {}
    for thing in things:
        of_kind.setdefault(thing.kind, []).append(thing.pk)
    whole: dict[int, Any] = {}
    for kind, pks in of_kind.items():
        whole.update(kinds()[kind]._default_manager.in_bulk(pks))
    texts: dict[int, dict[str, Translation]] = {}
    for row in Translation.objects.filter(thing__in=list(whole), language=language):
        texts.setdefault(row.thing_id, {})[row.field] = row
    return [_wording(whole[thing.pk], texts.get(thing.pk, {})) for thing in things]


def _wording(thing: Thing, texts: dict[str, Translation]) -> Wording:
    missing = outdated = machine = 0
    for field in thing.TRANSLATABLE:
        original = str(getattr(thing, field))
        if not original.strip():
            continue
        row = texts.get(field)
        if row is None:
            missing += 1
        elif row.source_hash != source_hash(original):
            outdated += 1
        elif row.state == TranslationState.MACHINE:
            machine += 1
    return Wording(thing, missing, outdated, machine)
