"""What is asked for taking lists over: the register at a glance, and one's own previews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from miteinander.community.models import (
    Body,
    ColumnMapping,
    Consent,
    Organisation,
    Person,
    Perspective,
    Seat,
    SheetImport,
    SheetLine,
    Spelling,
)
from miteinander.community.states import ImportState, LineOutcome, LineSubject
from miteinander.core.models import Municipality
from miteinander.core.standing import Standing

KEPT = timedelta(days=7)
"""How long a preview waits for somebody's word."""


class KnownPerson(NamedTuple):
    pk: int
    name: str
    function: str
    email: str
    language: str
    organisation: int | None
    user: int | None
    further_languages: str
    agreed: str
    """Until when the newest consent held: “” was never given, “live” holds, else a day."""


class KnownThing(NamedTuple):
    """An organisation or a body."""

    pk: int
    title: str
    kind: str
    email: str = ""
    text: str = ""
    neighbourhood: str = ""
    phone: str = ""


class KnownSeat(NamedTuple):
    pk: int
    body: int
    function: str
    organisation: int | None
    holder: int | None


@dataclass(slots=True)
class Register:
    """The whole register in plain rows, to hold a list against."""

    town: int
    people: list[KnownPerson] = field(default_factory=list)
    organisations: list[KnownThing] = field(default_factory=list)
    bodies: list[KnownThing] = field(default_factory=list)
    seats: list[KnownSeat] = field(default_factory=list)
    perspectives: dict[int, str] = field(default_factory=dict)
    brings: Mapping[int, set[int]] = field(default_factory=dict)
    """Organisation → its perspectives."""
    spellings: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)
    mappings: dict[str, dict[str, str]] = field(default_factory=dict)
    fingerprint: list[int] = field(default_factory=list)


def register_of(municipality: Municipality) -> Register:
    """Read the register of a town: twelve queries, whatever its size."""
    town = municipality.pk
    there = {"municipality": town, "retired_on": None}
    brings: dict[int, set[int]] = defaultdict(set)
    through = Organisation.perspectives.through.objects
    for organisation, perspective in through.filter(organisation__municipality=town).values_list(
        "organisation_id", "perspective_id"
    ):
        brings[organisation].add(perspective)
    people = Person.objects.filter(municipality=town).values_list(
        "pk", "name", "function", "email", "language", "organisation_id", "user_id",
        "further_languages",
    )  # fmt: skip
    consents = Consent.objects.filter(person__municipality=town).order_by("given_on", "pk")
    agreed = {
        person: withdrawn.isoformat() if withdrawn else "live"
        for person, withdrawn in consents.values_list("person", "withdrawn_on")
    }
    organisations = Organisation.objects.filter(**there).values_list(
        "pk", "title", "organisation_kind", "email", "text", "neighbourhood", "phone"
    )
    seats = Seat.objects.filter(body__municipality=town).values_list(
        "pk", "body_id", "function", "organisation_id", "holder_id"
    )
    bodies = Body.objects.filter(**there).values_list("pk", "title", "body_kind")
    spellings = Spelling.objects.filter(municipality=town).values_list("key", "thing", "person")
    return Register(
        town=town,
        fingerprint=fingerprint_of(municipality),
        people=[KnownPerson(*row, agreed.get(row[0], "")) for row in people.order_by("pk")],
        organisations=[KnownThing(*row) for row in organisations.order_by("pk")],
        bodies=[KnownThing(*row) for row in bodies.order_by("pk")],
        seats=[KnownSeat(*row) for row in seats.order_by("body_id", "position", "pk")],
        perspectives=dict(Perspective.objects.filter(**there).values_list("pk", "title")),
        brings=brings,
        spellings={key: (thing, person) for key, thing, person in spellings},
        mappings=dict(
            ColumnMapping.objects.filter(municipality=town).values_list("headings", "mapping")
        ),
    )


def fingerprint_of(municipality: Municipality) -> list[int]:
    """How full the register is; another one says that somebody entered something meanwhile."""
    town = municipality.pk
    found: list[int] = []
    for rows in (
        Person.objects.filter(municipality=town),
        Organisation.objects.filter(municipality=town),
        Body.objects.filter(municipality=town),
        Seat.objects.filter(body__municipality=town),
    ):
        told = rows.aggregate(count=Count("pk"), last=Max("pk"))
        found += [told["count"], told["last"] or 0]
    return found


# --- previews: twin of the rule "community.see_import" --------------------------------------------


def imports_of(municipality: Municipality, standing: Standing) -> QuerySet[SheetImport]:
    """Somebody's own lists, without their bytes; those of others do not exist for them.

    Each says how many of its lines wait for a word (`undecided`).
    """
    mine = SheetImport.objects.filter(municipality=municipality, owner=standing.user)
    found = mine if standing.is_coordinator else mine.none()
    waiting = SheetLine.objects.filter(
        sheet_import=OuterRef("pk"), outcome=LineOutcome.SIMILAR, decision=""
    )
    counts = waiting.order_by().values("sheet_import").annotate(count=Count("pk"))
    found = found.annotate(undecided=Coalesce(Subquery(counts.values("count")), 0))
    return found.filter(municipality=standing.municipality).defer("content").select_related("job")


def lines_of(found: SheetImport, outcome: str = "") -> QuerySet[SheetLine]:
    lines = SheetLine.objects.filter(sheet_import=found).order_by("position")
    return lines.filter(outcome=outcome) if outcome else lines


def left_out(lines: Sequence[SheetLine]) -> list[SheetLine]:
    """What does not come in: not readable, not decided about, or without an organisation here.

    Whoever belongs to an organisation that is left out is left out with it.
    """
    without = {
        line.says["key"]
        for line in lines
        if line.subject == LineSubject.ORGANISATION and _stays_away(line)
    }
    return [
        line
        for line in lines
        if line.outcome == LineOutcome.REFUSED
        or (line.outcome == LineOutcome.SIMILAR and line.decision == "")
        or (
            line.subject == LineSubject.PERSON
            and line.decision != "leave"
            and line.match is None
            and line.says["organisation"] in without
        )
    ]


def _stays_away(line: SheetLine) -> bool:
    return line.match is None and (
        line.decision == "leave" or (line.outcome == LineOutcome.SIMILAR and not line.decision)
    )


def import_to_read(pk: int) -> SheetImport | None:
    """A list that waits for the worker; None when it was dropped meanwhile."""
    return SheetImport.objects.select_related("municipality", "owner").filter(pk=pk).first()


def imports_left(at: datetime) -> QuerySet[SheetImport]:
    """Lists that nobody has decided about for a week."""
    return SheetImport.objects.filter(received_at__lt=at - KEPT)


def is_being_worked_on(found: SheetImport) -> bool:
    return found.state in {ImportState.READING, ImportState.WRITING}


def counted(lines: list[SheetLine]) -> dict[str, Any]:
    """How many lines of each subject came out how."""
    totals: dict[str, dict[str, int]] = {}
    for line in lines:
        of = totals.setdefault(line.subject, {})
        of[line.outcome] = of.get(line.outcome, 0) + 1
    return totals
