"""Who is missing: what is open is counted as it is, people only in figures that tell on nobody.

Perspectives and the neighbourhoods of organisations stand on the page of every body; they are
counted when somebody looks. Languages and what people said of themselves are counted by the
worker and released as `Figures`: once, and anew only when nobody can compute a small number from
old and new figures, or from those of two bodies or meetings (decision 86).

The stages that follow (process, participation) build their radars from the same pieces.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.analysis import coverage
from miteinander.analysis.privacy import THRESHOLD, may_stand_beside
from miteinander.community import actions, queries
from miteinander.community.actions.sharing import locked
from miteinander.community.states import PERSONAL, CoverageKind

if TYPE_CHECKING:
    from miteinander.community.models import Body, Figures, Organisation, Person
    from miteinander.community.queries import Voice, Wanted, Wanting
    from miteinander.core.models import Municipality, Thing

MISSING = ("absent", "few", "under")
SEATS = 1
"""The threshold for what seats stand for: who holds which is read on the page of every body."""
PLACE = "place"
"""The neighbourhood of the organisation, beside what people said of their own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value: as it is kept, as it is read, and how it stands."""

    word: str
    label: str
    cell: coverage.Cell
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Gauge:
    """One characteristic held against its target."""

    key: str
    kind: CoverageKind
    name: str
    rows: tuple[Row, ...]
    sentences: tuple[str, ...]
    overlap: float | None
    unknown: int | None
    source: str
    set_on: date
    counted_on: date | None = None
    """The day of released figures; None where it is counted as it is now."""
    is_known: bool = True
    """Of somebody at least; else there is nothing to compare the target with."""

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if row.is_missing]


@dataclass(frozen=True, slots=True)
class Radar:
    people: int
    gauges: tuple[Gauge, ...] = ()
    waiting: tuple[str, ...] = ()
    """Characteristics with a target whose figures cannot be shown."""
    has_targets: bool = True
    threshold: int = field(default=THRESHOLD)

    def missing(self, *keys: str) -> list[Row]:
        return [row for gauge in self.gauges if gauge.key in keys for row in gauge.missing]

    @property
    def all_missing(self) -> list[Row]:
        return [row for gauge in self.gauges for row in gauge.missing]


def names() -> dict[str, str]:
    return {
        "perspective": _("Perspective"),
        PLACE: _("Neighbourhood of the organisation"),
        "language": _("Language"),
        "neighbourhood": _("Neighbourhood, as people said themselves"),
        "gender": _("Gender, as people said themselves"),
        "age_group": _("Age group, as people said themselves"),
    }


def radar_of_body(body: Body, *, day: date) -> Radar:
    """A body as it sits now: six queries."""
    town = body.municipality
    seats = queries.seats_taken([body.pk], day=day)
    return radar_of(
        queries.wanting_of(town),
        queries.voices_of(seats, day=day),
        queries.figures_shown(town, body),
        people=len(seats),
        threshold=SEATS,
    )


def radar_of(
    wanting: Wanting,
    voices: Sequence[Voice],
    figures: Mapping[CoverageKind, Figures],
    *,
    people: int,
    threshold: int = THRESHOLD,
) -> Radar:
    """Hold voices and released figures against the targets; no query.

    `threshold` is for what the voices stand for; that of figures about people never changes.
    """
    gauges = []
    called = names()
    for kind, wanted in wanting.targets.items():
        if kind == CoverageKind.PERSPECTIVE:
            words = [voice.perspective for voice in voices]
            gauges.append(
                open_gauge(called["perspective"], words, wanted, wanting, threshold=threshold)
            )
        if kind == CoverageKind.NEIGHBOURHOOD:
            words = [voice.place for voice in voices]
            gauges.append(
                open_gauge(called[PLACE], words, wanted, wanting, key=PLACE, threshold=threshold)
            )
        if kind in PERSONAL and kind in figures:
            gauges.append(_released(called[kind], figures[kind], wanted, wanting))
    return Radar(
        people=people,
        gauges=tuple(gauges),
        waiting=tuple(
            called[kind] for kind in wanting.targets if kind in PERSONAL and kind not in figures
        ),
        has_targets=bool(wanting.targets),
    )


def open_gauge(
    name: str,
    words: Sequence[str],
    wanted: Wanted,
    wanting: Wanting,
    *,
    key: str = "",
    threshold: int = THRESHOLD,
) -> Gauge:
    """What is open is counted now; numbers below the threshold are withheld all the same."""
    by_fold = {word.casefold(): word for word in wanted.amounts}
    same = [by_fold.get(word.casefold(), word) for word in words]
    counted = coverage.counted_openly(same, list(wanted.amounts), threshold=threshold)
    return _gauge(key or str(wanted.kind), name, counted, wanted, wanting)


def _released(name: str, figures: Figures, wanted: Wanted, wanting: Wanting) -> Gauge:
    counted = coverage.Counted(
        counts=figures.counts,
        few=frozenset(figures.few),
        known=figures.known,
        unknown=figures.unknown,
    )
    found = _gauge(str(wanted.kind), name, counted, wanted, wanting)
    return replace(found, counted_on=figures.counted_on)


def _gauge(
    key: str, name: str, counted: coverage.Counted, wanted: Wanted, wanting: Wanting
) -> Gauge:
    found = coverage.attribute_of(name, counted, wanted.shares)
    if key in ("perspective", PLACE):
        # It has to be heard whether or not chance would send somebody.
        found = replace(found, cells=[_heard(cell) for cell in found.cells])
    label = {cell.value: wanting.label(wanted.kind, cell.value) for cell in found.cells}
    told = replace(found, cells=[replace(cell, value=label[cell.value]) for cell in found.cells])
    sentences = coverage.about(told, language=get_language() or "de")
    if counted.known and all(cell.present is None for cell in found.cells):
        sentences = [
            _("The numbers here are too small to be shown."),
            _("Of no value can it be seen that it is missing entirely."),
        ]
    if not counted.known:
        sentences = [_("Of nobody here is this known yet.")]
    return Gauge(
        key=key,
        kind=wanted.kind,
        name=name,
        is_known=bool(counted.known),
        rows=tuple(
            Row(
                cell.value,
                label[cell.value],
                cell,
                is_missing=bool(counted.known) and cell.verdict in MISSING,
            )
            for cell in found.cells
        ),
        sentences=tuple(sentences),
        overlap=found.overlap,
        unknown=found.unknown,
        source=wanted.source,
        set_on=wanted.set_on,
    )


def _heard(cell: coverage.Cell) -> coverage.Cell:
    return replace(cell, verdict="absent") if cell.present == 0 and cell.target else cell


# --- over everything ------------------------------------------------------------------------------


def radar_of_all(
    town: Municipality, bodies: Sequence[Body], *, day: date
) -> tuple[Radar, list[tuple[Body, Radar]]]:
    """Everybody who sits in some bodies, and each of these: six queries, however many bodies.

    The parts show what is open only: the figures of a body stand on its own page.
    """
    wanting = queries.wanting_of(town)
    seats = queries.seats_taken([body.pk for body in bodies], day=day)
    voices = queries.voices_of(seats, day=day)
    by_body: dict[int, list[Voice]] = {}
    for seat, voice in zip(seats, voices, strict=True):
        by_body.setdefault(seat.body_id, []).append(voice)
    whole = radar_of(
        wanting, voices, queries.figures_shown(town, None), people=len(seats), threshold=SEATS
    )
    parts = []
    for body in bodies:
        own = by_body.get(body.pk, [])
        parts.append((body, radar_of(wanting, own, {}, people=len(own), threshold=SEATS)))
    return whole, parts


# --- whom to invite -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proposal:
    """An organisation or somebody who could fill gaps, and which."""

    reasons: tuple[str, ...]
    organisation: Organisation | None = None
    person: Person | None = None
    perspective: str = ""
    """The gap that a new seat would stand for, as its number."""

    @property
    def contact(self) -> int | None:
        """Whom of an organisation to write to."""
        return self.organisation.contact_id if self.organisation else None


MOST_PROPOSED = 24


def proposals(
    town: Municipality,
    radar: Radar,
    *,
    without: Collection[int | None] = (),
    without_people: Collection[int | None] = (),
    with_people: bool = False,
) -> list[Proposal]:
    """Whom to invite, most gaps first: three queries at most.

    Read are the perspectives and the neighbourhood of organisations and the languages that the
    office entered. What people said of themselves is read nowhere here: a list of people who
    would fill a gap in age or gender would say their age or gender (decision 87).
    """
    perspectives = {row.word: row.label for row in radar.missing("perspective")}
    places = {row.word.casefold(): row.label for row in radar.missing(PLACE, "neighbourhood")}
    languages = {row.word: row.label for row in radar.missing("language")}
    found = []
    if perspectives or places:
        for organisation in queries.organisations_bringing(
            town, perspectives=list(perspectives), places=list(places)
        ):
            if organisation.pk in without:
                continue
            brought = [str(row.pk) for row in organisation.perspectives.all()]
            fills = [word for word in brought if word in perspectives]
            reasons = [_("brings in: %(what)s") % {"what": perspectives[w]} for w in fills]
            if (place := organisation.neighbourhood.casefold()) in places:
                reasons.append(_("is at home in %(what)s") % {"what": places[place]})
            found.append(
                Proposal(
                    tuple(reasons), organisation=organisation, perspective=fills[0] if fills else ""
                )
            )
    if with_people and languages:
        for person in queries.people_speaking(town, list(languages)):
            if person.pk not in without_people:
                spoken = [languages[tag] for tag in person.languages if tag in languages]
                reasons = [_("speaks %(what)s, as the register says") % {"what": w} for w in spoken]
                found.append(Proposal(tuple(reasons), person=person))
    return sorted(found, key=lambda each: -len(each.reasons))[:MOST_PROPOSED]


def proposals_for_body(body: Body, radar: Radar, *, day: date, with_people: bool) -> list[Proposal]:
    """Nobody who sits there already: one query more."""
    seats = queries.seats_taken([body.pk], day=day)
    return proposals(
        body.municipality,
        radar,
        without={seat.organisation_id for seat in seats},
        without_people={person for seat in seats for person in (seat.holder_id, seat.deputy_id)},
        with_people=with_people,
    )


# --- releasing figures about people ---------------------------------------------------------------


@transaction.atomic
def release(
    town: Municipality, scope: Thing | None, people: Collection[int], *, at: datetime
) -> int:
    """Count some people anew and keep what may be shown beside everything shown before.

    Returns how many figures were kept. What may not stand beside the others is left as it was.
    """
    locked(town)
    actions.drop_old_figures(town, at=at)
    kinds = queries.kinds_counted(town)
    said = queries.words_said(people, list(kinds))
    kept = 0
    for kind, words in kinds.items():
        now = said[kind]
        known = queries.figures_known(town, kind)
        if not _is_new(scope, now, known) or not _may_be_known(now, known):
            continue
        counted = coverage.counted_openly(list(now.values()), words)
        if not _shows_something(counted, len(now)):
            continue
        _keep(town, scope, kind, counted, now, at=at)
        kept += 1
    return kept


def _keep(
    town: Municipality,
    scope: Thing | None,
    kind: CoverageKind,
    counted: coverage.Counted,
    people: Mapping[int, str],
    *,
    at: datetime,
) -> None:
    actions.keep_figures(
        town,
        scope,
        kind,
        counts=counted.counts,
        few=[word for word in counted.few if counted.counts[word] is None],
        known=counted.known,
        unknown=counted.unknown,
        people=people,
        at=at,
    )


@transaction.atomic
def may_show(
    town: Municipality,
    scope: Thing,
    kind: CoverageKind,
    said: Mapping[int, str],
    *,
    size: int,
    at: datetime,
) -> bool:
    """Whether numbers of what people said may be shown in another place, such as a draw.

    `said` are those who count there, of `size` people. What may be shown is kept with the other
    figures, so that everything that is shown later is held against it as well.
    """
    locked(town)
    actions.drop_old_figures(town, at=at)
    known = queries.figures_known(town, kind)
    counted = coverage.counted_openly(list(said.values()))
    if not _shows_something(counted, size) or not _may_be_known(said, map(_who_said, known)):
        return False
    if _is_new(scope, said, known):
        _keep(town, scope, kind, counted, said, at=at)
    return True


def _who_said(known: queries.Known) -> queries.Known:
    """Without those of whom nothing was known: they tell nothing beside who said something."""
    return replace(known, people={person: word for person, word in known.people.items() if word})


def _is_new(scope: Thing | None, now: Mapping[int, str], known: Sequence[queries.Known]) -> bool:
    own = [each for each in known if each.scope == (scope.pk if scope else None)]
    return not any(each.people == now and not each.gone for each in own)


def _may_be_known(now: Mapping[int, str], known: Iterable[queries.Known]) -> bool:
    return all(may_stand_beside(now, each.people, gone=each.gone) for each in known)


def _shows_something(counted: coverage.Counted, size: int) -> bool:
    """Some number, and none that says of everybody who is counted what they said."""
    numbers = [count for count in counted.counts.values() if count]
    if counted.known < THRESHOLD or not numbers:
        return False
    return max(numbers) < size


def release_bodies(town: Municipality, *, at: datetime) -> int:
    """Everybody first, then each body, the larger first."""
    return sum(
        release(town, body, people, at=at)
        for body, people in queries.bodies_to_count(town, at=at)
        if people
    )
