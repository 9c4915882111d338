"""Draws by lot: the lists, and what the page of one shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from miteinander.community.models import Body, Person
from miteinander.community.queries import told_for_draws
from miteinander.core.jobs import jobs_for
from miteinander.process.models import Draw, Meeting, NumberedPanels, Replacement, Ticket
from miteinander.process.states import DrawState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing
    from miteinander.process.models import Process


def draws_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Draw]:
    """Draws, the latest first (twin of ``process.see_draw``)."""
    rows = Draw.objects.filter(municipality=municipality).select_related(
        "municipality", "process", "body"
    )
    if not (standing.is_coordinator and standing.municipality == municipality.pk):
        here = standing.municipality == municipality.pk
        own = [seat.body for seat in standing.seats] if here else []
        rows = rows.filter(Q(is_public=True) | Q(body__in=own))
    return rows.order_by("-created", "-pk")


def draws_with_people(municipality: Municipality, standing: Standing) -> QuerySet[Draw]:
    """The same with the number of people in each pool (the workspace's list)."""
    return draws_visible_to(municipality, standing).annotate(people=Count("tickets"))


def draws_of(process: Process, standing: Standing) -> list[Draw]:
    """The draws of a process that somebody may see."""
    return list(draws_visible_to(process.municipality, standing).filter(process=process))


def draw_to_list(pk: int) -> Draw:
    """For the worker: the draw whose list is to be computed."""
    return Draw.objects.select_related("municipality", "process", "body").get(pk=pk)


def tickets_of(draw: Draw) -> list[Ticket]:
    """Everybody in the pool, by number, with the person where there is one: one query."""
    return list(draw.tickets.select_related("person__organisation", "seat").order_by("number"))


def numbers_in(draw: Draw) -> list[tuple[str, dict[str, str], int | None]]:
    """Number, values and household of everybody in the pool: what is not about anybody."""
    return list(draw.tickets.order_by("number").values_list("number", "values", "household"))


def panels_of(draw: Draw) -> NumberedPanels | None:
    """How fair the list is, without the list itself."""
    return NumberedPanels.objects.filter(draw=draw).defer("numbers").first()


def panel_numbers(draw: Draw) -> list[list[str]]:
    found: list[list[str]] = NumberedPanels.objects.values_list("numbers", flat=True).get(draw=draw)
    return found


@dataclass(frozen=True, slots=True)
class PublishedDraw:
    """What a draw tells without telling who: the ground of its files."""

    identifier: str
    facts: dict[str, Any]
    quotas: list[list[Any]]
    people: list[tuple[str, dict[str, str], int | None]]
    panels: list[list[str]]


def published(draw: Draw) -> PublishedDraw:
    """Everything by numbers: three queries."""
    found = NumberedPanels.objects.filter(draw=draw).first()
    people = numbers_in(draw)
    is_drawn = draw.state == DrawState.DRAWN
    names = ("category", "feature", "min", "max")
    facts: dict[str, Any] = {
        "title": draw.title,
        "municipality": draw.municipality.name,
        "people": len(people),
        "size": draw.size,
        "per_household": draw.per_household,
        "quotas": [dict(zip(names, row, strict=True)) for row in draw.quotas],
        "digest": found.digest if found else "",
        "commitment": draw.commitment,
        "seed": draw.seed if is_drawn else "",
        "called_off": localdate(draw.called_off_at).isoformat() if draw.called_off_at else None,
        "drawn": draw.drawn_number,
        "panel": found.numbers[draw.drawn_number]
        if found and draw.drawn_number is not None
        else [],
    }
    return PublishedDraw(
        identifier=draw.identifier,
        facts=facts,
        quotas=draw.quotas,
        people=people,
        panels=found.numbers if found else [],
    )


def own_numbers(person: Person) -> list[Ticket]:
    """The numbers of somebody in draws that were announced, for that person alone: one query."""
    rows = Ticket.objects.filter(
        person=person, draw__state__in=(DrawState.ANNOUNCED, DrawState.DRAWN)
    )
    return list(rows.select_related("draw__municipality").order_by("-draw__announced_at"))


def away_from(draw: Draw) -> list[str]:
    """Who cannot move up: whoever left before, and whoever nobody knows any more."""
    rows = draw.tickets.filter(
        Q(left__isnull=False) | Q(name="", email="", person=None), is_drawn=False
    )
    return sorted(set(rows.values_list("number", flat=True)))


@dataclass(frozen=True, slots=True)
class DrawPage:
    """What a draw has come to; who is behind a number only for those who draw."""

    draw: Draw
    people: int
    panels: NumberedPanels | None
    panel: list[Ticket]
    """Who sits on it now."""
    replacements: list[Replacement]
    percent: int
    """How far the worker is with the list."""

    @property
    def by_name(self) -> list[Ticket]:
        """The same in an order that tells nothing of their numbers."""
        return sorted(self.panel, key=lambda ticket: (ticket.who.casefold(), ticket.pk))

    @property
    def unseated(self) -> int:
        return sum(ticket.seat_id is None for ticket in self.panel)


def draw_page(draw: Draw) -> DrawPage:
    """Gather what the page of a draw shows: at most five queries."""
    is_drawn = draw.state == DrawState.DRAWN
    return DrawPage(
        draw=draw,
        people=draw.tickets.count(),
        panels=panels_of(draw),
        panel=list(
            draw.tickets.filter(is_drawn=True).select_related("person", "seat").order_by("number")
        )
        if is_drawn
        else [],
        replacements=list(draw.replacements.select_related("gone", "new").order_by("pk"))
        if is_drawn
        else [],
        percent=_percent(draw),
    )


def _percent(draw: Draw) -> int:
    if draw.state != DrawState.COMPUTING:
        return 100
    # The name of the job is an action's; a query only looks at what there is.
    latest = next(iter(jobs_for(draw.as_thing(), "process.list_panels")), None)
    return latest.progress if latest else 0


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody in the register, with what is known of them: characteristics by their names."""

    person: Person
    language: str
    organisation: str
    perspectives: tuple[str, ...]
    told: dict[str, str]
    """What they said of themselves and let count for draws, by its kind."""


def people_to_draw(municipality: Municipality, bodies: Iterable[Body] = ()) -> list[Known]:
    """Everybody in the register who has a name, an address or an account: four queries.

    With `bodies` only those who sit in one of them.
    """
    rows: QuerySet[Any] = Person.objects.filter(municipality=municipality).exclude(
        name="", email="", user=None
    )
    only = [body.pk for body in bodies]
    if only:
        sits = Q(seats_held__body__in=only) | Q(seats_deputised__body__in=only)
        rows = rows.filter(sits).distinct()
    told = told_for_draws(municipality)
    rows = rows.select_related("organisation").prefetch_related("organisation__perspectives")
    return [
        Known(
            person=person,
            language=person.language,
            organisation=person.organisation.title if person.organisation else "",
            perspectives=tuple(
                sorted(each.title for each in person.organisation.perspectives.all())
            )
            if person.organisation
            else (),
            told=told.get(person.pk, {}),
        )
        for person in rows.order_by("pk")
    ]


def meetings_ahead(draw: Draw, standing: Standing) -> QuerySet[Meeting]:
    """Meetings of the process to which those drawn can be asked."""
    day = localdate(standing.at)
    return Meeting.objects.filter(
        process=draw.process_id, happened_on__gte=day, cancelled_on=None
    ).order_by("happened_on", "pk")
