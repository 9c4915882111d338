"""What people type about processes, meetings and resolutions."""

from miteinander.process.forms.draws import (
    AnnounceForm,
    ColumnsForm,
    DrawForm,
    FromRegisterForm,
    InviteDrawnForm,
    NewDrawForm,
    QuotasForm,
    ReplaceForm,
    SeedForm,
    UploadForm,
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
from miteinander.process.forms.resolutions import ResolutionForm

__all__ = [
    "AnnounceForm",
    "AttachBodyForm",
    "ClosePhaseForm",
    "ColumnsForm",
    "DrawForm",
    "FromRegisterForm",
    "InviteDrawnForm",
    "MeetingForm",
    "MilestoneForm",
    "MinutesForm",
    "MovePhaseForm",
    "NewDrawForm",
    "NewMeetingForm",
    "NewProcessForm",
    "PhaseForm",
    "ProcessForm",
    "QuotasForm",
    "ReplaceForm",
    "ResolutionForm",
    "SeedForm",
    "UploadForm",
]
