"""What people type about processes, meetings and resolutions."""

from miteinander.process.forms.meetings import MeetingForm, NewMeetingForm
from miteinander.process.forms.minutes import MinutesForm
from miteinander.process.forms.phases import (
    ClosePhaseForm,
    MilestoneForm,
    MovePhaseForm,
    PhaseForm,
)
from miteinander.process.forms.planning import (
    AgendaForm,
    CalendarEntryForm,
    CalendarFileForm,
    CancelForm,
    FileForm,
    GuestForm,
    PollAnswerForm,
    PollForm,
)
from miteinander.process.forms.processes import AttachBodyForm, NewProcessForm, ProcessForm
from miteinander.process.forms.resolutions import ResolutionForm

__all__ = [
    "AgendaForm",
    "AttachBodyForm",
    "CalendarEntryForm",
    "CalendarFileForm",
    "CancelForm",
    "ClosePhaseForm",
    "FileForm",
    "GuestForm",
    "MeetingForm",
    "MilestoneForm",
    "MinutesForm",
    "MovePhaseForm",
    "NewMeetingForm",
    "NewProcessForm",
    "PhaseForm",
    "PollAnswerForm",
    "PollForm",
    "ProcessForm",
    "ResolutionForm",
]
