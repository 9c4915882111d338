"""Tables: who sits where, mixed well, with wishes kept and institutions apart.

    group      who is seated, and what a seating is judged by
    reading    a group from a file
    search     better seatings by exchanging two people
    plan       all rounds, and three plans as a trade-off

`docs/methods/tables.md` says what it promises.
"""

from miteinander.analysis.tables.group import Group, deviation
from miteinander.analysis.tables.plan import LEANINGS, Plan, Seating, judged, seat
from miteinander.analysis.tables.reading import Columns, read_group
from miteinander.analysis.tables.sentences import sentences

__all__ = [
    "LEANINGS",
    "Columns",
    "Group",
    "Plan",
    "Seating",
    "deviation",
    "judged",
    "read_group",
    "seat",
    "sentences",
]
