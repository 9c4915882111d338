"""What people type about processes, meetings and resolutions."""

from miteinander.process.forms.attending import (
    DoorForm,
    GuestForm,
    KeepingForm,
    PaperForm,
)
from miteinander.process.forms.meetings import MeetingForm, NewMeetingForm
from miteinander.process.forms.minutes import MinutesForm
from miteinander.process.forms.phases import (
    ClosePhaseForm,
    MilestoneForm,
    MovePhaseForm,
    PhaseForm,
)
from miteinander.process.forms.processes import AttachBodyForm, NewProcessForm, ProcessForm
from miteinander.process.forms.registering import (
    NeedsForm,
    RegisterForm,
    RegistrationForm,
)
from miteinander.process.forms.resolutions import ResolutionForm

__all__ = [
    "AttachBodyForm",
    "ClosePhaseForm",
    "DoorForm",
    "GuestForm",
    "KeepingForm",
    "MeetingForm",
    "MilestoneForm",
    "MinutesForm",
    "MovePhaseForm",
    "NeedsForm",
    "NewMeetingForm",
    "NewProcessForm",
    "PaperForm",
    "PhaseForm",
    "ProcessForm",
    "RegisterForm",
    "RegistrationForm",
    "ResolutionForm",
]
