"""Foreign files as plain rows: what was filled in at a meeting, and people to draw or seat."""

from miteinander.process.readers.filled import (
    ATTENDANCE,
    FIRST_ROWS,
    MARK,
    Filled,
    Flawed,
    attended_in,
    filled_table,
)
from miteinander.process.readers.people import PeopleSheet, read_people

__all__ = [
    "ATTENDANCE",
    "FIRST_ROWS",
    "MARK",
    "Filled",
    "Flawed",
    "PeopleSheet",
    "attended_in",
    "filled_table",
    "read_people",
]
