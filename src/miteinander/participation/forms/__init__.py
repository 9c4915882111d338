"""What people type: what they contribute, and what the coordination does with it."""

from miteinander.participation.forms.answering import (
    AnswerForm,
    BlockChoiceForm,
    SupplementForm,
    TextBlockForm,
)
from miteinander.participation.forms.ballots import BallotsForm
from miteinander.participation.forms.calls import CallForm
from miteinander.participation.forms.cards import CardsForm, RoomCardForm
from miteinander.participation.forms.contributing import (
    AddForm,
    ContributeForm,
    FilterForm,
    LateForm,
    NoticeForm,
    ReceiptSearchForm,
)
from miteinander.participation.forms.fields import LANGUAGES
from miteinander.participation.forms.moderating import RefuseForm
from miteinander.participation.forms.review import DraftForm, PassageCommentForm
from miteinander.participation.forms.sorting import (
    MergeForm,
    MoveThemeForm,
    ReasonForm,
    SplitForm,
    ThemeForm,
)
from miteinander.participation.forms.statements import (
    AdoptForm,
    ProposeForm,
    RewordForm,
    StatementsForm,
    WithdrawStatementForm,
)

__all__ = [
    "LANGUAGES",
    "AddForm",
    "AdoptForm",
    "AnswerForm",
    "BallotsForm",
    "BlockChoiceForm",
    "CallForm",
    "CardsForm",
    "ContributeForm",
    "DraftForm",
    "FilterForm",
    "LateForm",
    "MergeForm",
    "MoveThemeForm",
    "NoticeForm",
    "PassageCommentForm",
    "ProposeForm",
    "ReasonForm",
    "ReceiptSearchForm",
    "RefuseForm",
    "RewordForm",
    "RoomCardForm",
    "SplitForm",
    "StatementsForm",
    "SupplementForm",
    "TextBlockForm",
    "ThemeForm",
    "WithdrawStatementForm",
]
