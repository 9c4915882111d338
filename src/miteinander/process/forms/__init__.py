"""What people type about processes, meetings and resolutions."""

from miteinander.process.forms.meetings import MeetingForm, NewMeetingForm
from miteinander.process.forms.minutes import MinutesForm
from miteinander.process.forms.phases import (
    ClosePhaseForm,
    MilestoneForm,
    MovePhaseForm,
    PhaseForm,
)
from miteinander.process.forms.processes import (
    AttachBodyForm,
    NewProcessForm,
    ProcessForm,
    SaveTemplateForm,
)
from miteinander.process.forms.resolutions import ResolutionForm
from miteinander.process.forms.tables import FilledTableForm

__all__ = [
    "AttachBodyForm",
    "ClosePhaseForm",
    "FilledTableForm",
    "MeetingForm",
    "MilestoneForm",
    "MinutesForm",
    "MovePhaseForm",
    "NewMeetingForm",
    "NewProcessForm",
    "PhaseForm",
    "ProcessForm",
    "ResolutionForm",
    "SaveTemplateForm",
]
