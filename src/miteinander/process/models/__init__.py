"""From the mandate to the resolution: processes, phases, meetings, minutes, tasks."""

from miteinander.process.models.drawing import Draw, NumberedPanels, Replacement, Ticket
from miteinander.process.models.meetings import AgendaItem, Attendance, Meeting
from miteinander.process.models.minutes import Minutes, Task
from miteinander.process.models.processes import Milestone, Phase, Process
from miteinander.process.models.resolutions import Resolution
from miteinander.process.models.seating import Guest, SeatingWish, TablePlan

__all__ = [
    "AgendaItem",
    "Attendance",
    "Draw",
    "Guest",
    "Meeting",
    "Milestone",
    "Minutes",
    "NumberedPanels",
    "Phase",
    "Process",
    "Replacement",
    "Resolution",
    "SeatingWish",
    "TablePlan",
    "Task",
    "Ticket",
]
