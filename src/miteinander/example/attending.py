"""Who came to the last meeting, and who wants to come to the next one; all guests are invented."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from miteinander.core.standing import Standing
from miteinander.example.source import days_from, moment, read
from miteinander.example.town import Town
from miteinander.process import actions, queries
from miteinander.process.states import NotedBy, Registration

if TYPE_CHECKING:
    from miteinander.process.models import Meeting

CAME = 9
"""Of those who sit in the body; the rest did not come."""


def open_registration(town: Town, meeting: Meeting, *, places: int) -> None:
    """Let everybody register, and more people than there are places do so."""
    by = town.coordination(town.today - timedelta(days=9))
    meeting = actions.set_registration(
        meeting,
        registration=Registration.PUBLIC,
        capacity=places,
        opens=None,
        until=None,
        seen=meeting.revision,
        by=by,
        at=by.at,
    )
    for number, row in enumerate(read("renewal")["guests"], start=1):
        at = moment(days_from(town.today, -8), 9, number)
        actions.register_guest(
            meeting,
            name=row["name"],
            organisation=row.get("organisation", ""),
            language=row.get("language", "de"),
            needs=row.get("needs", ()),
            form_key=f"example {number}",
            is_example=True,
            by=Standing(municipality=town.municipality.pk, at=at),
            at=at,
        )


def note_attendance(town: Town, meeting: Meeting) -> None:
    """Somebody ticked off who sits in the body; two guests signed the paper list."""
    day = meeting.happened_on or town.today
    by = town.coordination(day, 18)
    there = queries.everybody_at(meeting, day=day)[:CAME]
    ticked = [queries.Entry(key=line.tick) for line in there]
    actions.note_came(meeting, ticked, how=NotedBy.TICK, by=by, at=by.at)
    guests = [queries.Entry(name=row["name"]) for row in read("renewal")["guests"][:2]]
    actions.note_came(meeting, guests, how=NotedBy.PAPER, by=by, at=by.at)
