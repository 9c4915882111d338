"""Rows into arrays, through the analysis, into plain dataclasses: lot, tables and radar.

The analysis and its solver are loaded when somebody draws or seats, not with every process.
"""

from miteinander.process.insights.lot import (
    Checked,
    Person,
    Share,
    check,
    draw_number,
    listed,
    move_up,
    relaxed,
    shares_of,
    spoken,
)
from miteinander.process.insights.radar import (
    MeetingRadar,
    proposals_for_meeting,
    radar_of_meeting,
    release_meetings,
)
from miteinander.process.insights.refusing import CannotCompute
from miteinander.process.insights.self_described import take_told
from miteinander.process.insights.tables import (
    Quality,
    best_tables,
    guesting_of,
    judge,
    seated,
)

__all__ = [
    "CannotCompute",
    "Checked",
    "MeetingRadar",
    "Person",
    "Quality",
    "Share",
    "best_tables",
    "check",
    "draw_number",
    "guesting_of",
    "judge",
    "listed",
    "move_up",
    "proposals_for_meeting",
    "radar_of_meeting",
    "relaxed",
    "release_meetings",
    "seated",
    "shares_of",
    "spoken",
    "take_told",
]
