"""From the mandate to the resolution: processes, phases, meetings, minutes, tasks."""

from miteinander.process.models.meetings import AgendaItem, Attendance, Meeting
from miteinander.process.models.minutes import Minutes, Task
from miteinander.process.models.processes import Milestone, Phase, Process
from miteinander.process.models.resolutions import Resolution

__all__ = [
    "AgendaItem",
    "Attendance",
    "Meeting",
    "Milestone",
    "Minutes",
    "Phase",
    "Process",
    "Resolution",
    "Task",
]
