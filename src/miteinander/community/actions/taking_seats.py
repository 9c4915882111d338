"""The seats that a list brings: vacant ones are filled before new ones are made."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from miteinander.community.models import Person, Seat, Tenure
from miteinander.community.states import LineOutcome, LineSubject
from miteinander.core.bulk import AT_ONCE
from miteinander.core.models import Thing
from miteinander.core.search.keep import keep

if TYPE_CHECKING:
    from miteinander.community.actions.taking import Taking


def take_seats(taking: Taking) -> int:
    """Seat everybody where their list says; vacant seats first. Returns how many were taken."""
    here = {pk for (of, _key), pk in taking.things.items() if of == LineSubject.BODY}
    seats = list(Seat.objects.filter(body__in=here).order_by("position", "pk"))
    held = {(seat.body_id, seat.holder_id) for seat in seats}
    names: dict[int, set[str]] = defaultdict(set)
    for seat in seats:
        names[seat.body_id].add(seat.function.casefold())
    vacant = [seat for seat in seats if seat.holder_id is None]
    last = dict(Seat.objects.filter(body__in=here).values_list("body").annotate(Max("position")))
    new, filled = [], []
    for body, function, organisation, person in _wanted(taking, held):
        free = next((s for s in vacant if _fits(s, body, function, organisation)), None)
        if free is not None and person is not None:
            vacant.remove(free)
            free.holder = person
            filled.append(free)
            continue
        last[body] = (last.get(body) or 0) + 1
        name = _unlike(function or taking.titles.get(organisation or 0, ""), names[body])
        names[body].add(name.casefold())
        new.append(
            Seat(
                body_id=body, function=name, organisation_id=organisation, holder=person,
                position=last[body],
            )
        )  # fmt: skip
    Seat.objects.bulk_create(new, batch_size=AT_ONCE)
    Seat.objects.bulk_update(filled, ["holder"], batch_size=AT_ONCE)
    Tenure.objects.bulk_create(
        [
            Tenure(
                seat=seat, person=seat.holder, function=seat.holder.function,
                starts=localdate(taking.at),
            )
            for seat in [*new, *filled]
            if seat.holder is not None
        ],
        batch_size=AT_ONCE,
    )  # fmt: skip
    keep({seat.body_id for seat in [*new, *filled]})
    return len(new) + len(filled)


def _wanted(
    taking: Taking, held: set[tuple[int, int | None]]
) -> list[tuple[int, str, int | None, Person | None]]:
    """Body, seat, organisation and holder of every seat that is not there yet."""
    found: list[tuple[int, str, int | None, Person | None]] = []
    _name_organisations(taking)
    for line, person in taking.people:
        for seat in line.says["bodies"]:
            body = taking.things.get((LineSubject.BODY, seat["body"]))
            if body is None or (body, person.pk) in held:
                continue
            held.add((body, person.pk))
            at = taking.things.get((LineSubject.ORGANISATION, seat["for"]))
            at = at or person.organisation_id
            found.append((body, seat["seat"] or ("" if at else person.function), at, person))
    for line in taking.lines[LineSubject.ROW]:
        body = taking.things.get((LineSubject.BODY, line.says.get("body", "")))
        if line.outcome == LineOutcome.NEW and line.decision != "leave" and body is not None:
            at = taking.things.get((LineSubject.ORGANISATION, line.says["for"]))
            found.append((body, line.says["seat"], at, None))
    return found


def _name_organisations(taking: Taking) -> None:
    """Learn what the organisations of people are called whom the list names without them."""
    wanted = {person.organisation_id for _line, person in taking.people} - taking.titles.keys()
    missing = sorted(pk for pk in wanted if pk is not None)
    for start in range(0, len(missing), AT_ONCE):
        rows = Thing.objects.filter(pk__in=missing[start : start + AT_ONCE])
        taking.titles |= dict(rows.values_list("pk", "title"))


def _fits(seat: Seat, body: int, function: str, organisation: int | None) -> bool:
    """Whether somebody belongs on a vacant seat: its name, else its organisation, says so."""
    if seat.body_id != body:
        return False
    if function:
        return seat.function.casefold() == function.casefold()
    return organisation is not None and seat.organisation_id == organisation


def _unlike(name: str, there: set[str]) -> str:
    """A name that no other seat of the body has: “VHS”, “VHS 2”, “VHS 3”."""
    name = name[:150] or _("member")
    found, number = name, 1
    while found.casefold() in there:
        number += 1
        found = f"{name} {number}"
    return found
