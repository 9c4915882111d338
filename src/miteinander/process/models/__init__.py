"""From the mandate to the resolution: processes, phases, meetings, minutes, tasks."""

from miteinander.process.models.meetings import AgendaItem, Attendance, Meeting
from miteinander.process.models.minutes import Correction, Minutes, Remark
from miteinander.process.models.planning import CalendarAddress, ForeignDate, MeetingFile
from miteinander.process.models.polls import DatePoll, PollAnswer, PollOption, PollVoter
from miteinander.process.models.processes import Milestone, Phase, Process
from miteinander.process.models.resolutions import Dissent, Resolution
from miteinander.process.models.tasks import Task

__all__ = [
    "AgendaItem",
    "Attendance",
    "CalendarAddress",
    "Correction",
    "DatePoll",
    "Dissent",
    "ForeignDate",
    "Meeting",
    "MeetingFile",
    "Milestone",
    "Minutes",
    "Phase",
    "PollAnswer",
    "PollOption",
    "PollVoter",
    "Process",
    "Remark",
    "Resolution",
    "Task",
]
