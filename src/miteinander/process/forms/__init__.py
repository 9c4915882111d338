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
from miteinander.process.forms.seating import (
    LatecomerForm,
    MoveGuestForm,
    NewPlanForm,
    SeatingWishForm,
)

__all__ = [
    "AnnounceForm",
    "AttachBodyForm",
    "ClosePhaseForm",
    "ColumnsForm",
    "DrawForm",
    "FromRegisterForm",
    "InviteDrawnForm",
    "LatecomerForm",
    "MeetingForm",
    "MilestoneForm",
    "MinutesForm",
    "MoveGuestForm",
    "MovePhaseForm",
    "NewDrawForm",
    "NewMeetingForm",
    "NewPlanForm",
    "NewProcessForm",
    "PhaseForm",
    "ProcessForm",
    "QuotasForm",
    "ReplaceForm",
    "ResolutionForm",
    "SeatingWishForm",
    "SeedForm",
    "UploadForm",
]
