"""Who should be at the table and who is: rows for the radar, never a person beside a word.

Perspective and neighbourhood are read from seats and organisations, which are open. What people
said of themselves, and the languages they speak, leave this module in two ways only: as figures
that were released, and for the insights that release them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import get_language_info

from miteinander.community.models import (
    Body,
    Characteristic,
    CountedPerson,
    Figures,
    Organisation,
    Person,
    Seat,
    Target,
    TargetShare,
)
from miteinander.community.queries.people import reachable
from miteinander.community.queries.register import perspectives_of
from miteinander.community.states import PERSONAL, CoverageKind
from miteinander.core.events.read import Remembered, happened
from miteinander.core.models import Municipality, Thing
from miteinander.core.wordlist import words_of

if TYPE_CHECKING:
    from miteinander.community.models import Perspective

GERMAN = "de"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One target as pages show it."""

    kind: CoverageKind
    unit: str
    source: str
    set_on: date
    amounts: Mapping[str, Decimal]

    @property
    def shares(self) -> dict[str, float]:
        """Parts of the whole: percentages and numbers of people alike."""
        total = sum(self.amounts.values(), Decimal(0))
        return {word: float(amount / total) for word, amount in self.amounts.items()}


def targets_of(town: Municipality) -> dict[CoverageKind, Wanted]:
    """What a municipality wants, by characteristic: one query."""
    rows: dict[Target, dict[str, Decimal]] = {}
    for share in TargetShare.objects.filter(target__municipality=town).select_related("target"):
        rows.setdefault(share.target, {})[share.word] = share.amount
    found = {
        CoverageKind(target.kind): Wanted(
            CoverageKind(target.kind), target.unit, target.source, target.set_on, amounts
        )
        for target, amounts in rows.items()
    }
    return {kind: found[kind] for kind in CoverageKind if kind in found}


@dataclass(frozen=True, slots=True)
class Wanting:
    """Targets, with the words that people read for them."""

    targets: Mapping[CoverageKind, Wanted]
    perspectives: Mapping[str, Perspective]

    def label(self, kind: CoverageKind, word: str) -> str:
        return label_of(kind, word, self.perspectives)


def wanting_of(town: Municipality) -> Wanting:
    """Two queries; a perspective that rests is no longer asked for."""
    perspectives = {str(row.pk): row for row in perspectives_of(town)}
    targets = targets_of(town)
    if (wanted := targets.get(CoverageKind.PERSPECTIVE)) is not None:
        amounts = {word: n for word, n in wanted.amounts.items() if word in perspectives}
        targets[CoverageKind.PERSPECTIVE] = Wanted(
            wanted.kind, wanted.unit, wanted.source, wanted.set_on, amounts
        )
        if not amounts:
            del targets[CoverageKind.PERSPECTIVE]
    return Wanting(targets, perspectives)


def label_of(kind: CoverageKind, word: str, perspectives: Mapping[str, Perspective]) -> str:
    if kind == CoverageKind.PERSPECTIVE:
        return perspectives[word].title if word in perspectives else word
    if kind == CoverageKind.LANGUAGE:
        try:
            return str(get_language_info(word)["name_translated"])
        except KeyError:
            return word
    return word


def target_words(
    town: Municipality, kind: CoverageKind, languages: Iterable[str]
) -> dict[str, str]:
    """The values that a target can have here, with what people read: one query."""
    if kind == CoverageKind.PERSPECTIVE:
        return {str(row.pk): row.title for row in perspectives_of(town)}
    if kind == CoverageKind.LANGUAGE:
        return {tag: label_of(kind, tag, {}) for tag in languages}
    asked = Characteristic.objects.filter(municipality=town, kind=kind).first()
    if asked is not None:
        return {word: word for word in asked.choices}
    if kind == CoverageKind.NEIGHBOURHOOD:
        rows = Organisation.objects.filter(municipality=town, retired_on=None)
        return {word: word for word in words_of(rows.values_list("neighbourhood", flat=True))}
    return {}


def target_history(town: Municipality) -> list[Remembered]:
    """What was decided about targets, the newest first: one query."""
    return happened(town, ("targets.set", "targets.dropped"), most=20)


# --- what is open: seats and organisations --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody at the table, as their seat and organisation show them; no word about a person."""

    perspective: str
    place: str
    organisation: int | None


def seats_taken(bodies: Collection[int], *, day: date) -> list[Seat]:
    """Seats in term that somebody fills: one query."""
    rows = Seat.objects.filter(body__in=bodies).select_related(
        "organisation", "holder__organisation", "deputy__organisation"
    )
    return [seat for seat in rows if seat.in_term(day) and speaker(seat, day) is not None]


def speaker(seat: Seat, day: date) -> Person | None:
    """Who fills a seat on a day: its holder, or the deputy while the holder is away."""
    return seat.deputy if seat.holder_is_absent(day) and seat.deputy_id else seat.holder


def voices(given: Iterable[tuple[int | None, Organisation | None]]) -> list[Voice]:
    """Perspective of the seat, else the one of the organisation if it has just one: one query."""
    pairs = list(given)
    asked = {org.pk for perspective, org in pairs if org and not perspective}
    own: dict[int, list[int]] = {}
    links = Organisation.perspectives.through.objects.filter(organisation__in=asked)
    for pk, its in links.values_list("organisation_id", "perspective_id"):
        own.setdefault(pk, []).append(its)
    found = []
    for perspective, organisation in pairs:
        brought = own.get(organisation.pk, []) if organisation else []
        if not perspective and len(brought) == 1:
            (perspective,) = brought  # noqa: PLW2901 -- the only one it can stand for
        found.append(
            Voice(
                perspective=str(perspective) if perspective else "",
                place=organisation.neighbourhood if organisation else "",
                organisation=organisation.pk if organisation else None,
            )
        )
    return found


def voices_of(seats: Iterable[Seat], *, day: date) -> list[Voice]:
    """Each seat as a voice: one query."""
    return voices((seat.perspective_id, _organisation(seat, speaker(seat, day))) for seat in seats)


def _organisation(seat: Seat, person: Person | None) -> Organisation | None:
    return seat.organisation or (person.organisation if person else None)


# --- figures about people -------------------------------------------------------------------------


def figures_shown(town: Municipality, scope: Thing | None) -> dict[CoverageKind, Figures]:
    """The newest figures of each kind that may be shown: one query."""
    found: dict[CoverageKind, Figures] = {}
    for row in Figures.objects.filter(municipality=town, scope=scope).order_by("-pk"):
        found.setdefault(CoverageKind(row.kind), row)
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """Figures that somebody may have seen, and who is in them."""

    scope: int | None
    people: Mapping[int, str]
    gone: int
    """Who was counted, and of whom nothing is kept any more."""


def figures_known(town: Municipality, kind: CoverageKind) -> list[Known]:
    """Every figure of one kind that was ever shown, for the insights alone: two queries."""
    people: dict[int, dict[int, str]] = {}
    rows = CountedPerson.objects.filter(figures__municipality=town, figures__kind=kind)
    for figures, person, word in rows.values_list("figures_id", "person_id", "word"):
        people.setdefault(figures, {})[person] = word
    every = Figures.objects.filter(municipality=town, kind=kind)
    return [
        Known(row.scope_id, people.get(row.pk, {}), row.people_count - len(people.get(row.pk, {})))
        for row in every
    ]


def words_said(
    people: Collection[int], kinds: Collection[CoverageKind]
) -> dict[str, dict[int, str]]:
    """For each kind and person what they said; "" is nothing. For the insights alone: one query."""
    rows = Person.objects.filter(pk__in=people).select_related("self_description")
    found: dict[str, dict[int, str]] = {kind: {} for kind in kinds}
    for person in rows:
        said = getattr(person, "self_description", None)
        for kind in kinds:
            if kind == CoverageKind.LANGUAGE:
                others = [tag for tag in person.languages if tag != GERMAN]
                found[kind][person.pk] = others[0] if others else person.language
            else:
                found[kind][person.pk] = getattr(said, kind) if said else ""
    return found


def kinds_counted(town: Municipality) -> dict[CoverageKind, list[str]]:
    """Kinds about people for which there is a target and, if asked for, a characteristic.

    With the words that are offered now. Two queries.
    """
    targets = targets_of(town)
    asked = {
        row.kind: list(row.choices) for row in Characteristic.objects.filter(municipality=town)
    }
    found = {}
    for kind in PERSONAL:
        if kind in targets and (kind == CoverageKind.LANGUAGE or kind in asked):
            found[kind] = list(dict.fromkeys([*asked.get(kind, []), *targets[kind].amounts]))
    return found


def has_targets(town: Municipality) -> bool:
    """Whether anybody decided who should be at the table: one query."""
    return Target.objects.filter(municipality=town).exists()


def towns_with_targets() -> QuerySet[Municipality]:
    return Municipality.objects.filter(targets__kind__in=PERSONAL).distinct().order_by("pk")


def bodies_to_count(town: Municipality, *, at: datetime) -> list[tuple[Body | None, set[int]]]:
    """Everybody who sits somewhere, then each body, the larger first: two queries."""
    day = localdate(at)
    bodies = {body.pk: body for body in Body.objects.filter(municipality=town, retired_on=None)}
    people: dict[int, set[int]] = {}
    for seat in seats_taken(list(bodies), day=day):
        person = speaker(seat, day)
        if person is not None:
            people.setdefault(seat.body_id, set()).add(person.pk)
    everybody = set().union(*people.values()) if people else set()
    by_size = sorted(people, key=lambda body: (-len(people[body]), body))
    return [(None, everybody), *((bodies[body], people[body]) for body in by_size)]


# --- whom to invite -------------------------------------------------------------------------------


def organisations_bringing(
    town: Municipality, *, perspectives: Collection[str], places: Collection[str]
) -> list[Organisation]:
    """Organisations with one of the perspectives or from one of the neighbourhoods: two queries."""
    wanted = Q(perspectives__in=[int(word) for word in perspectives])
    for place in places:
        wanted |= Q(neighbourhood__iexact=place)
    rows = Organisation.objects.filter(wanted, municipality=town, retired_on=None).distinct()
    return list(rows.prefetch_related("perspectives").order_by("title", "pk"))


def people_speaking(town: Municipality, languages: Collection[str]) -> list[Person]:
    """People of the register who may be written to and speak one of the languages: one query.

    Read from what the office entered, never from what people said of themselves.
    """
    if not languages:
        return []
    wanted = Q(language__in=languages)
    for tag in languages:
        wanted |= Q(further_languages__contains=tag)
    rows = reachable(Person.objects.filter(wanted, municipality=town))
    found = rows.select_related("organisation").order_by("function", "pk")
    return [person for person in found if set(person.languages) & set(languages)]
