"""Drawing by lot, up to the announcement: people, quotas, the list, its checksum."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.bulk import AT_ONCE
from miteinander.core.errors import Closed, Invalid, NotReady
from miteinander.core.events.record import record
from miteinander.core.jobs import enqueue
from miteinander.core.revisions import save_if_unchanged
from miteinander.process.actions.self_described import NOT_SAID, blurred, too_certain
from miteinander.process.models import Draw, NumberedPanels, Process, Ticket
from miteinander.process.queries.draws import numbers_in
from miteinander.process.states import DrawState, LotSource, SeedFrom

if TYPE_CHECKING:
    from miteinander.community.models import Body, Person
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing

LIST_PANELS = "process.list_panels"
"""The name of the job that computes the list."""
MOST_PLACES = 1_000


Numbers = list[tuple[str, dict[str, str], int | None]]
"""Number, values and household of everybody in the pool."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be drawn, before they have a number."""

    values: dict[str, str] = field(default_factory=dict)
    person: Person | None = None
    name: str = ""
    email: str = ""
    household: str = ""
    """An address or anything else that those who live together share; only compared, not kept."""


@dataclass(frozen=True, slots=True)
class ListOfPanels:
    """What the worker computed: see :class:`NumberedPanels` for the words."""

    numbers: list[list[str]]
    digest: str
    chances: dict[str, float]
    smallest: float
    largest: float
    upper_bound: float
    shortfall: float
    deviation: float
    never: int
    rare: int
    said: dict[str, list[str]]


@transaction.atomic
def prepare_draw(
    process: Process,
    *,
    body: Body,
    title: str,
    size: int,
    source: LotSource | str,
    by: Standing,
    at: datetime,
    text: str = "",
    per_household: int | None = None,
    language: str = "de",
    is_example: bool = False,
) -> Draw:
    """Begin to draw people for a body; nobody sees it but those who draw and the body."""
    assert body.municipality_id == process.municipality_id, "a body of another municipality"
    process = Process.objects.select_for_update().get(pk=process.pk)
    _check_facts(process, title=title, size=size)
    draw = Draw.objects.create(
        municipality_id=process.municipality_id,
        process=process,
        body=body,
        title=title.strip(),
        text=text,
        size=size,
        source=LotSource(source),
        per_household=per_household,
        language=language,
        is_example=is_example,
    )
    record("draw.prepared", draw.as_thing(), by=by, at=at)
    return draw


@transaction.atomic
def change_draw(
    draw: Draw,
    *,
    title: str,
    text: str,
    size: int,
    per_household: int | None,
    seen: int,
    by: Standing,
    at: datetime,
) -> Draw:
    """Change what is drawn for; a list that was computed for other numbers is thrown away."""
    own = locked_draw(draw, DrawState.PREPARING, DrawState.LISTED)
    _check_facts(own.process, title=title, size=size, own=own)
    counts_anew = (own.size, own.per_household) != (size, per_household)
    changes = {"title": title.strip(), "text": text, "size": size, "per_household": per_household}
    draw = save_if_unchanged(own, changes, seen=seen)
    if counts_anew:
        _drop_list(draw)
    record("draw.changed", draw.as_thing(), by=by, at=at)
    return draw


def _check_facts(process: Process, *, title: str, size: int, own: Draw | None = None) -> None:
    fields: dict[str, Text] = {}
    same = Draw.objects.filter(process=process, title__iexact=title.strip())
    if own is not None:
        same = same.exclude(pk=own.pk)
    if same.exists():
        fields["title"] = _("This process already has a draw of that name.")
    if not 1 <= size <= MOST_PLACES:
        fields["size"] = _("Between 1 and 1,000 places can be drawn.")
    if fields:
        raise Invalid(fields)


@transaction.atomic
def keep_sheet(draw: Draw, *, sheet: dict[str, Any], by: Standing, at: datetime) -> Draw:
    """Keep an uploaded table until somebody has said what its columns mean."""
    del by, at  # nothing has happened yet that the memory should know
    draw = locked_draw(draw, DrawState.PREPARING, DrawState.LISTED)
    draw.sheet = sheet
    draw.save(update_fields=["sheet"])
    return draw


@transaction.atomic
def take_pool(
    draw: Draw,
    *,
    people: Sequence[Candidate],
    by: Standing,
    at: datetime,
    told: Sequence[str] = (),
) -> Draw:
    """Take people into the pool, in place of those who were there; each gets a number by chance.

    `told` are characteristics that people told of themselves; they stand alone, because with
    what is known of people otherwise they could be concluded.
    """
    draw = locked_draw(draw, DrawState.PREPARING, DrawState.LISTED)
    if not people:
        raise Closed(_("There is nobody to be drawn."), do=_("Please choose people first."))
    names = dict.fromkeys(name for one in people for name in one.values)
    assert not told or set(names) <= set(told), "what was told stands alone"
    values = [{harmless(name): _said(one.values.get(name, "")) for name in names} for one in people]
    if told:
        values = blurred(values)
        if all(set(row.values()) <= {NOT_SAID} for row in values):
            raise Closed(
                _("Too few people have said this of themselves and let it count for draws."),
                do=_("Please ask people for it, or draw without these characteristics."),
            )
    numbers = list(range(1, len(people) + 1))
    secrets.SystemRandom().shuffle(numbers)
    homes = _homes(people)
    width = len(str(len(people)))
    draw.tickets.all().delete()
    Ticket.objects.bulk_create(
        Ticket(
            draw=draw,
            number=str(number).zfill(width),
            person=one.person,
            name=one.name.strip()[:160],
            email=one.email.strip().lower()[:254],
            values=said,
            household=homes.get(_home(one.household)),
        )
        for number, one, said in zip(numbers, people, values, strict=True)
    )
    draw.sheet, draw.told = None, [harmless(name) for name in told]
    if {(row[0], row[1]) for row in draw.quotas} != _values_asked(draw):
        draw.quotas = []  # they were about other people
    draw.save(update_fields=["sheet", "told", "quotas"])
    _drop_list(draw)
    record("draw.pool_taken", draw.as_thing(), by=by, at=at, data={"people": len(people)})
    return draw


FORMULA = tuple("=+-@\t\r")
"""How a cell must not begin in a file that a spreadsheet guesses its way through."""


def harmless(text: str) -> str:
    """What stands in published tables is text and stays text."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _said(value: str) -> str:
    return harmless(value.strip()) or NOT_SAID


def _values_asked(draw: Draw) -> set[tuple[str, str]]:
    """What the people say of the characteristics that have quotas."""
    asked = {row[0] for row in draw.quotas}
    said = draw.tickets.values_list("values", flat=True)
    return {pair for values in said for pair in values.items() if pair[0] in asked}


def _home(written: str) -> str:
    """Equal addresses but for case and spaces are one household, as the command reads them."""
    return " ".join(written.casefold().split())


def _homes(people: Sequence[Candidate]) -> dict[str, int]:
    """A number by chance for each household; an empty one is nobody's."""
    written = sorted({_home(one.household) for one in people} - {""})
    secrets.SystemRandom().shuffle(written)
    return {home: number for number, home in enumerate(written, start=1)}


@transaction.atomic
def set_quotas(draw: Draw, *, quotas: Sequence[Sequence[Any]], by: Standing, at: datetime) -> Draw:
    """Say how many of whom the panel needs; the list has to be computed anew."""
    draw = locked_draw(draw, DrawState.PREPARING, DrawState.LISTED)
    rows: list[list[Any]] = [[str(q[0]), str(q[1]), int(q[2]), int(q[3])] for q in quotas]
    if refusal := too_certain(draw, rows):
        raise refusal
    if any(not 0 <= row[2] <= row[3] <= draw.size for row in rows):
        raise Closed(
            _("A quota does not fit."),
            do=_("At least is not more than at most, and at most not more than there are places."),
        )
    if rows == draw.quotas:
        return draw
    draw.quotas = rows
    draw.save(update_fields=["quotas"])
    _drop_list(draw)
    record("draw.quotas_set", draw.as_thing(), by=by, at=at, data={"quotas": len(rows)})
    return draw


@transaction.atomic
def order_list(draw: Draw, *, by: Standing, at: datetime) -> Draw:
    """Hand the computation of the list to the worker, unless it is at it already."""
    draw = locked_draw(draw, DrawState.PREPARING, DrawState.LISTED, DrawState.COMPUTING)
    if draw.state == DrawState.COMPUTING:
        return draw
    points: list[Text] = []
    if not draw.tickets.exists():
        points.append(_("Nobody is in the pool yet."))
    elif draw.tickets.count() < draw.size:
        points.append(_("There are more places than people in the pool."))
    if refusal := too_certain(draw, draw.quotas):
        points.append(refusal.what)
    if points:
        raise NotReady(points)
    draw.state, draw.trouble = DrawState.COMPUTING, ""
    draw.save(update_fields=["state", "trouble"])
    record("draw.list_ordered", draw.as_thing(), by=by, at=at)
    enqueue(LIST_PANELS, at=at, by=by, thing=draw.as_thing(), draw=draw.pk)
    return draw


@transaction.atomic
def keep_list(
    draw: Draw, *, people: Numbers, found: ListOfPanels, by: Standing, at: datetime
) -> Draw:
    """Keep the list that the worker computed from this draw and these people; twice is once."""
    asked, draw = draw, locked_draw(draw, *DrawState)
    if not _is_awaited(draw, asked, people):
        return draw
    NumberedPanels.objects.filter(draw=draw).delete()
    NumberedPanels.objects.create(
        draw=draw,
        numbers=found.numbers,
        digest=found.digest,
        smallest=found.smallest,
        largest=found.largest,
        upper_bound=found.upper_bound,
        shortfall=found.shortfall,
        deviation=found.deviation,
        never=found.never,
        rare=found.rare,
        said=found.said,
        made_at=at,
    )
    tickets = list(draw.tickets.all())
    for ticket in tickets:
        ticket.chance = found.chances[ticket.number]
    Ticket.objects.bulk_update(tickets, ["chance"], batch_size=AT_ONCE)
    draw.state = DrawState.LISTED
    draw.save(update_fields=["state"])
    record("draw.listed", draw.as_thing(), by=by, at=at, data={"digest": found.digest})
    return draw


@transaction.atomic
def give_up_list(draw: Draw, *, people: Numbers, trouble: str, at: datetime) -> Draw:
    """Say why the list could not be computed, and let people go on."""
    del at
    asked, draw = draw, locked_draw(draw, *DrawState)
    if _is_awaited(draw, asked, people):
        draw.state, draw.trouble = DrawState.PREPARING, trouble
        draw.save(update_fields=["state", "trouble"])
    return draw


def _is_awaited(draw: Draw, asked: Draw, people: Numbers) -> bool:
    """Whether what was computed is about this draw as it is now.

    While the worker is at it, people may take back what they said of themselves, and the list may
    be ordered anew. Then the next computation counts, and nothing of the old values is kept.
    """
    if draw.state != DrawState.COMPUTING or numbers_in(draw) != people:
        return False
    now, then = ((d.size, d.per_household, d.quotas) for d in (draw, asked))
    return now == then


@transaction.atomic
def announce_draw(
    draw: Draw, *, seed_from: SeedFrom | str, public: bool, by: Standing, at: datetime
) -> Draw:
    """Fix the list: from now on nothing of it changes. Its checksum is known before the seed.

    A seed made beforehand is kept back; what is told is its checksum, which fixes it.
    """
    draw = locked_draw(draw, DrawState.LISTED)
    if public and not (draw.process.is_public and draw.body.is_public):
        raise Invalid({"public": _("Process and body have to be public before their draw can be.")})
    draw.seed_from = SeedFrom(seed_from)
    if draw.seed_from == SeedFrom.BEFORE:
        draw.seed = secrets.token_hex(16)
        draw.commitment = commitment_of(draw.seed)
    draw.state, draw.announced_at, draw.is_public = DrawState.ANNOUNCED, at, public
    draw.save()
    data = {
        "digest": draw.panels.digest,
        "commitment": draw.commitment,
        "panels": draw.panel_count,
        "smallest": round(draw.panels.smallest, 6),
    }
    record("draw.announced", draw.as_thing(), by=by, at=at, data=data)
    return draw


def commitment_of(seed: str) -> str:
    """SHA-256 of the seed, as the command line prints it."""
    return hashlib.sha256(seed.encode()).hexdigest()


def locked_draw(draw: Draw, *states: DrawState | str) -> Draw:
    """The row, locked, if it is in one of these states; else nothing may be done here."""
    draw = (
        Draw.objects.select_for_update(of=("self",))
        .select_related("process", "body")
        .get(pk=draw.pk)
    )
    if draw.state not in {DrawState(state) for state in states}:
        raise Closed(_too_late(draw), do=_("Please look at the page of the draw again."))
    return draw


def _too_late(draw: Draw) -> Text:
    words: dict[str, Text] = {
        DrawState.PREPARING: _("The list of panels has not been computed yet."),
        DrawState.COMPUTING: _("The list of panels is being computed just now."),
        DrawState.LISTED: _("The draw has not been announced yet."),
        DrawState.ANNOUNCED: _("The draw has been announced: its list does not change any more."),
        DrawState.DRAWN: _("It has been drawn already."),
        DrawState.CALLED_OFF: _("The draw has been called off."),
    }
    return words[draw.state]


def _drop_list(draw: Draw) -> None:
    NumberedPanels.objects.filter(draw=draw).delete()
    if draw.state == DrawState.LISTED:
        draw.state = DrawState.PREPARING
        draw.save(update_fields=["state"])
