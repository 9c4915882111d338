"""What meeting mode and the screen in the room show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from miteinander.process.models import AgendaItem, Task
from miteinander.process.queries.clock import Clock, clock_of
from miteinander.process.queries.minutes import minutes_of
from miteinander.process.queries.passages import mark_of, passages_of
from miteinander.process.queries.voting import vote_warning, voting_seats_present
from miteinander.process.states import MinutesState

if TYPE_CHECKING:
    from miteinander.process.models import Meeting, Minutes, Resolution


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting while it is held, and the point that is being written about."""

    meeting: Meeting
    minutes: Minutes | None
    agenda: list[AgendaItem]
    clock: Clock
    item: AgendaItem | None
    """The point that is written about: the one asked for, else the current one."""
    passage: str
    mark: str
    """Which wording of the passage this is; a form sends it back (see `passages.mark_of`)."""
    written: frozenset[int]
    """Points about which something has been written."""
    tasks: list[Task]
    resolutions: list[tuple[Resolution, str]]
    """Each with a warning about its votes, where there is one."""
    present: int | None
    """Seats with a vote that are noted as present; None where nobody noted who came."""

    @property
    def is_frozen(self) -> bool:
        return self.minutes is not None and self.minutes.state == MinutesState.APPROVED

    @property
    def number(self) -> int:
        return 0 if self.item is None else self.agenda.index(self.item) + 1


def agenda_items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.agenda.order_by("position", "pk"))


def held(meeting: Meeting, *, item: int | None, at: datetime) -> Held:
    """Gather what meeting mode shows: six queries, however long the agenda."""
    agenda = agenda_items(meeting)
    clock = clock_of(meeting, agenda, at=at)
    chosen = next((each for each in agenda if each.pk == item), None)
    if chosen is None:
        turn = clock.current or clock.next
        chosen = turn.item if turn else next(iter(agenda), None)
    minutes = minutes_of(meeting)
    passages = passages_of(minutes.text if minutes else "", [each.title for each in agenda])
    said = {each.pk: text for each, text in zip(agenda, passages, strict=True)}
    passage = said[chosen.pk] if chosen else ""
    present = voting_seats_present(meeting)
    rows = meeting.resolutions.prefetch_related("dissents").order_by("pk")
    return Held(
        meeting=meeting,
        minutes=minutes,
        agenda=agenda,
        clock=clock,
        item=chosen,
        passage=passage,
        mark=mark_of(passage),
        written=frozenset(pk for pk, text in said.items() if text),
        tasks=list(meeting.tasks.order_by("pk")),
        resolutions=[
            (row, vote_warning(present, row.votes_for, row.votes_against, row.abstentions))
            for row in rows
        ],
        present=present,
    )
