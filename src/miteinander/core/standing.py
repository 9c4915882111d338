"""Who somebody is, here and now: the one thing that rules are asked about.

Rights follow from roles, seats, organisations and signed links. They are gathered once per
request into a :class:`Standing` (see ``community.queries.standing_of``), so that no rule
needs the database, and so that a list and a rule can be compared in a test.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    COORDINATOR = "coordinator"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """One seat that a person fills, as its holder or as its deputy."""

    seat: int
    body: int
    body_kind: str
    as_deputy: bool
    speaks: bool
    """True for the holder, and for the deputy only while the holder is absent."""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A person (or nobody) in one municipality at one moment."""

    municipality: int | None
    at: datetime
    user: int | None = None
    person: int | None = None
    role: Role | None = None
    organisations: frozenset[int] = frozenset()
    seats: tuple[SeatHeld, ...] = ()
    link: tuple[str, int] | None = None
    """Purpose and thing of the signed link by which somebody came, if they came by one."""
    function: str = ""
    """How the record names this person: a function, never a name."""
    bodies: frozenset[int] = field(default=frozenset())
    codes: frozenset[str] = frozenset()
    """Codes that were typed into this browser (see ``core.opened``); they open calls."""

    @property
    def is_coordinator(self) -> bool:
        return self.role == Role.COORDINATOR

    @property
    def is_member(self) -> bool:
        return self.role is not None

    def speaking_as(self, function: str) -> Standing:
        """The same, for the record under another function: somebody may have several."""
        return replace(self, function=function)

    def holds_link(self, purpose: str, thing: int) -> bool:
        return self.link == (purpose, thing)

    def speaks_for(self, body: int) -> SeatHeld | None:
        """The seat with which this person may speak in a body; a holder's before a deputy's."""
        held = [s for s in self.seats if s.body == body and s.speaks]
        return min(held, key=lambda s: s.as_deputy, default=None)


def system(municipality: int | None, *, at: datetime, function: str = "System") -> Standing:
    """The program itself: the worker, the command line, the example."""
    return Standing(municipality=municipality, at=at, function=function, role=Role.COORDINATOR)
