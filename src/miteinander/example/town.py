"""The town: office, perspectives, organisations, bodies, seats, and who can sign in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from miteinander.community import actions, queries
from miteinander.core.standing import Standing, system
from miteinander.example.source import EXAMPLE, Row, day, marked, moment, read

if TYPE_CHECKING:
    from miteinander.community.models import Body, Office, Organisation, Person, Perspective, Seat
    from miteinander.core.models import Municipality


BEGIN = date(2019, 1, 7)
OFFICE = "Amt für Integration"
COORDINATION = "Koordination im Amt für Integration"


@dataclass
class Town:
    municipality: Municipality
    today: date
    office: Office
    perspectives: dict[str, Perspective] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    seats: list[Seat] = field(default_factory=list)
    people: list[str] = field(default_factory=list)

    def coordination(self, on: date, hour: int = 12, minute: int = 0) -> Standing:
        """The coordination at a moment of the story."""
        return system(self.municipality.pk, at=moment(on, hour, minute), function=COORDINATION)

    def seat(self, function: str) -> Seat:
        return next(s for s in self.seats if s.function.removesuffix(f" {EXAMPLE}") == function)


def found_town(*, today: date) -> Town:
    facts = read("facts")
    row = facts["municipality"]
    at = moment(BEGIN)
    municipality = actions.found_municipality(
        row["name"],
        at=at,
        languages=row["languages"],
        official_key=row["official_key"],
        state=row["state"],
        facts={k: row[k] for k in ("inhabitants", "inhabitants_year", "nations", "nations_year")},
        is_example=True,
    )
    by = system(municipality.pk, at=at, function=COORDINATION)
    perspectives = {
        p["key"]: actions.name_perspective(
            municipality, title=p["title"], text=p["text"], by=by, at=at,
            is_example=p.get("example", False),
        )
        for p in facts["perspectives"]
    }  # fmt: skip
    organisations = {
        o["key"]: actions.register_organisation(
            municipality,
            title=o["title"],
            kind=o["kind"],
            text=o["text"],
            email=f"{o['key'].replace('_', '-')}@{'beispiel.example'}",
            perspectives=[perspectives[key] for key in o["perspectives"]],
            by=by,
            at=at,
            is_example=o.get("example", False),
        )
        for o in read("organisations")["organisations"]
    }
    office = _office(facts["office"], organisations, by)
    town = Town(municipality, today, office, perspectives, organisations)
    for body in facts["bodies"]:
        town.bodies[body["key"]] = actions.form_body(
            municipality,
            title=body["title"],
            kind=body["kind"],
            text=body["text"],
            is_public=body["public"],
            is_example=body.get("example", False),
            by=by,
            at=at,
        )
    for number, seat in enumerate(facts["seats"]):
        town.seats.append(_seat(town, seat, by, leads=number == 0))
    _working_group_seats(town, by)
    _accounts(town, by)
    return town


def _office(row: Row, organisations: dict[str, Organisation], by: Standing) -> Office:
    hours = row["authority_phone_hours"]
    return actions.register_office(
        next(o for o in organisations.values() if o.title == row["name"]),
        street=row["street"],
        postcode=row["postcode"],
        place=row["place"],
        email=row["email"],
        authority_phone=row["authority_phone"],
        authority_phone_hours=(
            f"Montag bis Freitag, {hours[0]['from'].lstrip('0')}–{hours[0]['to']} Uhr"
        ),
        opening_hours=row["opening_hours"],
        appointments_note=row["appointments_note"],
        by=by,
        at=by.at,
    )


def _seat(town: Town, row: Row, by: Standing, *, leads: bool) -> Seat:
    organisation = town.organisations.get(row["organisation"] or "")
    seat = actions.create_seat(
        town.bodies[row["body"]],
        function=marked(row["function"], {"example": row.get("example")}),
        perspective=town.perspectives[row["perspective"]],
        organisation=organisation,
        has_voice=row["has_voice"],
        leads=leads,
        starts=day("2019-06-27"),
        by=by,
        at=by.at,
    )
    holder = _person(town, row["holder_function"], organisation, by)
    deputy = row["deputy_function"] and _person(town, row["deputy_function"], organisation, by)
    return actions.fill_seat(seat, holder=holder, deputy=deputy or None, by=by, at=by.at)


def _working_group_seats(town: Town, by: Standing) -> None:
    """One seat that leads and one that works along, so that groups can draft in the demo."""
    for key, body in town.bodies.items():
        if not key.startswith("ag_"):
            continue
        short = body.title.removeprefix("Arbeitsgruppe ")
        for role, leads in (("Leitung", True), ("Mitglied", False)):
            function = f"{role} der Arbeitsgruppe {short} {EXAMPLE}"
            seat = actions.create_seat(body, function=function, leads=leads, by=by, at=by.at)
            person = actions.register_person(town.municipality, function=function, by=by, at=by.at)
            actions.fill_seat(seat, holder=person, by=by, at=by.at)


def _person(town: Town, function: str, organisation: Organisation | None, by: Standing) -> Person:
    namesakes = sum(name == function for name in town.people)
    town.people.append(function)
    number = f" {namesakes + 1}" if namesakes else ""
    place = len(town.people)
    # Every third has no address or did not agree: they are written to by letter.
    by_mail = place % 3 != 0
    person = actions.register_person(
        town.municipality,
        function=f"{function}{number} {EXAMPLE}",
        email=f"person-{place}@beispiel.example" if by_mail else "",
        organisation=organisation,
        by=by,
        at=by.at,
    )
    if by_mail:
        actions.give_consent(person, way="form", by=by, at=by.at)
    return person


def _accounts(town: Town, by: Standing) -> None:
    """Accounts for "sign in as": the coordination and one person for each further role."""
    actions.appoint_coordinator(
        town.municipality, email="koordination@beispiel.example", by=by, at=by.at,
        function=COORDINATION,
    )  # fmt: skip
    steering = town.seats
    with_deputy = next(s for s in steering[1:] if s.deputy is not None)
    group = town.bodies["ag_sprache_und_bildung"]
    lead_of_group = next(s for s in queries.seats_of(group) if s.leads)
    people = {
        "steuerungsgruppe": steering[0].holder,
        "stellvertretung": with_deputy.deputy,
        "arbeitsgruppe": lead_of_group.holder,
        "einrichtung": _lead_person(town, by),
    }
    for address, person in people.items():
        assert person is not None
        actions.invite_person(person, email=f"{address}@beispiel.example", by=by, at=by.at)
    # The holder is away these weeks, so that the deputy may speak in the demo.
    actions.note_absence(
        with_deputy,
        absent_from=town.today - timedelta(days=30),
        absent_until=town.today + timedelta(days=365),
        by=by,
        at=by.at,
    )


def _lead_person(town: Town, by: Standing) -> Person:
    organisation = town.organisations["volkshochschule"]
    return actions.register_person(
        town.municipality,
        function=f"Fachkraft der Volkshochschule {EXAMPLE}",
        organisation=organisation,
        by=by,
        at=by.at,
    )
