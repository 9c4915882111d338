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
from miteinander.process.forms.holding import DecisionForm, PassageForm, TaskForm
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
from miteinander.process.forms.registering import (
    NeedsForm,
    RegisterForm,
    RegistrationForm,
)
from miteinander.process.forms.resolutions import ResolutionForm
from miteinander.process.forms.tables import FilledTableForm
from miteinander.process.forms.tasks import HandOverTaskForm, MoveTaskForm

__all__ = [
    "AnswerCorrectionForm",
    "ApproveForm",
    "AttachBodyForm",
    "ClosePhaseForm",
    "CorrectionForm",
    "DecisionForm",
    "DoorForm",
    "FilledTableForm",
    "GuestForm",
    "HandOverTaskForm",
    "HandRoundForm",
    "KeepingForm",
    "MeetingForm",
    "MilestoneForm",
    "MinutesForm",
    "MovePhaseForm",
    "MoveTaskForm",
    "NeedsForm",
    "NewMeetingForm",
    "NewProcessForm",
    "PaperForm",
    "PassageForm",
    "PhaseForm",
    "ProcessForm",
    "RegisterForm",
    "RegistrationForm",
    "RemarkForm",
    "ResolutionForm",
    "SaveTemplateForm",
    "TaskForm",
]
