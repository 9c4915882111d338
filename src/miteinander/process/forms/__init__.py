"""What people type about processes, meetings and resolutions."""

from miteinander.process.forms.approving import (
    AnswerCorrectionForm,
    ApproveForm,
    CorrectionForm,
    HandRoundForm,
    RemarkForm,
)
from miteinander.process.forms.attending import (
    DoorForm,
    GuestForm,
    KeepingForm,
    PaperForm,
)
from miteinander.process.forms.draws import (
    AnnounceForm,
    CallOffForm,
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
from miteinander.process.forms.holding import DecisionForm, PassageForm, TaskForm
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
    InviteeForm,
    PollAnswerForm,
    PollForm,
)
from miteinander.process.forms.processes import (
    AttachBodyForm,
    NewProcessForm,
    ProcessForm,
    SaveTemplateForm,
)
from miteinander.process.forms.registering import (
    NeedsForm,
    RegisterForm,
    RegistrationForm,
)
from miteinander.process.forms.resolutions import ResolutionForm
from miteinander.process.forms.seating import (
    LatecomerForm,
    MoveGuestForm,
    NewPlanForm,
    SeatingWishForm,
)
from miteinander.process.forms.tables import FilledTableForm
from miteinander.process.forms.tasks import HandOverTaskForm, MoveTaskForm

__all__ = [
    "AgendaForm",
    "AnnounceForm",
    "AnswerCorrectionForm",
    "ApproveForm",
    "AttachBodyForm",
    "CalendarEntryForm",
    "CalendarFileForm",
    "CallOffForm",
    "CancelForm",
    "ClosePhaseForm",
    "ColumnsForm",
    "CorrectionForm",
    "DecisionForm",
    "DoorForm",
    "DrawForm",
    "FileForm",
    "FilledTableForm",
    "FromRegisterForm",
    "GuestForm",
    "HandOverTaskForm",
    "HandRoundForm",
    "InviteDrawnForm",
    "InviteeForm",
    "KeepingForm",
    "LatecomerForm",
    "MeetingForm",
    "MilestoneForm",
    "MinutesForm",
    "MoveGuestForm",
    "MovePhaseForm",
    "MoveTaskForm",
    "NeedsForm",
    "NewDrawForm",
    "NewMeetingForm",
    "NewPlanForm",
    "NewProcessForm",
    "PaperForm",
    "PassageForm",
    "PhaseForm",
    "PollAnswerForm",
    "PollForm",
    "ProcessForm",
    "QuotasForm",
    "RegisterForm",
    "RegistrationForm",
    "RemarkForm",
    "ReplaceForm",
    "ResolutionForm",
    "SaveTemplateForm",
    "SeatingWishForm",
    "SeedForm",
    "TaskForm",
    "UploadForm",
]
