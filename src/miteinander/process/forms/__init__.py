"""What people type about processes, meetings and resolutions."""

from miteinander.process.forms.meetings import MeetingForm, NewMeetingForm
from miteinander.process.forms.minutes import MinutesForm
from miteinander.process.forms.phases import (
    ClosePhaseForm,
    MilestoneForm,
    MovePhaseForm,
    PhaseForm,
)
from miteinander.process.forms.processes import AttachBodyForm, NewProcessForm, ProcessForm
from miteinander.process.forms.resolutions import ResolutionForm

__all__ = [
    "AttachBodyForm",
    "ClosePhaseForm",
    "MeetingForm",
    "MilestoneForm",
    "MinutesForm",
    "MovePhaseForm",
    "NewMeetingForm",
    "NewProcessForm",
    "PhaseForm",
    "ProcessForm",
    "ResolutionForm",
]
