"""From the mandate to the resolution: processes, phases, meetings, minutes, tasks."""

from miteinander.process.models.drawing import Draw, NumberedPanels, Replacement, Ticket
from miteinander.process.models.meetings import AgendaItem, Attendance, Meeting
from miteinander.process.models.minutes import Correction, Minutes, Remark
from miteinander.process.models.planning import CalendarAddress, ForeignDate, MeetingFile
from miteinander.process.models.polls import DatePoll, PollAnswer, PollOption, PollVoter
from miteinander.process.models.processes import Milestone, Phase, Process
from miteinander.process.models.resolutions import Dissent, Resolution
from miteinander.process.models.seating import Guest, SeatingWish, TablePlan
from miteinander.process.models.tasks import Task
from miteinander.process.models.templates import (
    Named,
    Pattern,
    PlannedBody,
    PlannedChapter,
    PlannedMilestone,
    PlannedPhase,
    PlannedSeat,
    Template,
    pattern_from,
)

__all__ = [
    "AgendaItem",
    "Attendance",
    "CalendarAddress",
    "Correction",
    "DatePoll",
    "Dissent",
    "Draw",
    "ForeignDate",
    "Guest",
    "Meeting",
    "MeetingFile",
    "Milestone",
    "Minutes",
    "Named",
    "NumberedPanels",
    "Pattern",
    "Phase",
    "PlannedBody",
    "PlannedChapter",
    "PlannedMilestone",
    "PlannedPhase",
    "PlannedSeat",
    "PollAnswer",
    "PollOption",
    "PollVoter",
    "Process",
    "Remark",
    "Replacement",
    "Resolution",
    "SeatingWish",
    "TablePlan",
    "Task",
    "Template",
    "Ticket",
    "pattern_from",
]
