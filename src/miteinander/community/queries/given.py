"""The register as lists, in the columns that are read back (see the readers)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from miteinander.community.models import Body, Consent, Organisation, Person, Seat
from miteinander.community.states import ListField
from miteinander.core.models import Municipality

BETWEEN = "; "
F = ListField


@dataclass(frozen=True, slots=True)
class Given:
    """A list to be given out."""

    title: str
    heads: list[str]
    rows: list[list[str]]


def _heads(*fields: ListField) -> list[str]:
    return [str(field.label) for field in fields]


def _at(organisation: Organisation | None) -> str:
    return organisation.title if organisation and organisation.retired_on is None else ""


def people_given(municipality: Municipality) -> Given:
    """Everybody with all that the register keeps of them: for the coordination alone."""
    bodies: dict[int, list[str]] = defaultdict(list)
    seats = Seat.objects.filter(body__municipality=municipality, body__retired_on=None)
    held = seats.exclude(holder=None).order_by("body__title", "position", "pk")
    for holder, title in held.values_list("holder", "body__title"):
        if title not in bodies[holder]:
            bodies[holder].append(title)
    live = Consent.objects.filter(person__municipality=municipality, withdrawn_on=None)
    agreed = {person: day.isoformat() for person, day in live.values_list("person", "given_on")}
    people = Person.objects.filter(municipality=municipality).select_related("organisation")
    return Given(
        _("People"),
        _heads(F.NAME, F.FUNCTION, F.EMAIL, F.LANGUAGE, F.CONSENT, F.ORGANISATION, F.BODY),
        [
            [
                person.name,
                person.function,
                person.email,
                ", ".join(person.languages),
                agreed.get(person.pk, ""),
                _at(person.organisation),
                BETWEEN.join(bodies[person.pk]),
            ]
            for person in people.order_by("organisation__title", "name", "function", "pk")
        ],
    )


def organisations_given(municipality: Municipality) -> Given:
    organisations = Organisation.objects.filter(municipality=municipality, retired_on=None)
    return Given(
        _("Organisations"),
        _heads(
            F.ORGANISATION, F.ORGANISATION_KIND, F.ORGANISATION_EMAIL, F.ORGANISATION_PHONE,
            F.NEIGHBOURHOOD,
            F.PERSPECTIVES, F.ORGANISATION_TEXT,
        ),
        [
            [
                organisation.title,
                organisation.get_organisation_kind_display(),
                organisation.email,
                organisation.phone,
                organisation.neighbourhood,
                BETWEEN.join(
                    sorted(p.title for p in organisation.perspectives.all() if not p.retired_on)
                ),
                organisation.text,
            ]
            for organisation in organisations.order_by("title", "pk").prefetch_related(
                "perspectives"
            )
        ],
    )  # fmt: skip


def bodies_given(municipality: Municipality) -> Given:
    """Every body with its seats, a row for each; who deputises and for how long is only told."""
    seats = Seat.objects.filter(
        Q(body__municipality=municipality), body__retired_on=None
    ).select_related("body", "organisation", "holder__organisation", "deputy")
    by_body: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats.order_by("position", "pk"):
        by_body[seat.body_id].append(seat)
    rows: list[list[str]] = []
    for body in Body.objects.filter(municipality=municipality, retired_on=None).order_by("title"):
        kind = body.get_body_kind_display()
        rows += [[body.title, kind, *_seat(seat)] for seat in by_body[body.pk]] or [
            [body.title, kind]
        ]
    return Given(
        _("Bodies"),
        [
            *_heads(F.BODY, F.BODY_KIND, F.SEAT, F.SEAT_ORGANISATION, F.NAME, F.FUNCTION, F.EMAIL,
                    F.ORGANISATION),
            _("Deputy"), _("Term starts"), _("Term ends"),
        ],
        rows,
    )  # fmt: skip


def _seat(seat: Seat) -> list[str]:
    holder, deputy = seat.holder, seat.deputy
    return [
        seat.function,
        _at(seat.organisation),
        *((holder.name, holder.function, holder.email, _at(holder.organisation))
          if holder else ("", "", "", "")),
        (deputy.name or deputy.function) if deputy else "",
        seat.starts.isoformat() if seat.starts else "",
        seat.ends.isoformat() if seat.ends else "",
    ]  # fmt: skip
