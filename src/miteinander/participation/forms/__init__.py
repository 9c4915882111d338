"""What people type: what they contribute, and what the coordination does with it."""

from miteinander.participation.forms.answering import (
    AnswerForm,
    BlockChoiceForm,
    SupplementForm,
    TextBlockForm,
)
from miteinander.participation.forms.calls import CallForm
from miteinander.participation.forms.cards import CardsForm, RoomCardForm
from miteinander.participation.forms.contributing import (
    ContributeForm,
    FilterForm,
    ReceiptSearchForm,
)
from miteinander.participation.forms.entering import CardTableForm, EntryForm
from miteinander.participation.forms.fields import LANGUAGES
from miteinander.participation.forms.moderating import RefuseForm
from miteinander.participation.forms.sorting import (
    MergeForm,
    MoveThemeForm,
    ReasonForm,
    SplitForm,
    ThemeForm,
)

__all__ = [
    "LANGUAGES",
    "AnswerForm",
    "BlockChoiceForm",
    "CallForm",
    "CardTableForm",
    "CardsForm",
    "ContributeForm",
    "EntryForm",
    "FilterForm",
    "MergeForm",
    "MoveThemeForm",
    "ReasonForm",
    "ReceiptSearchForm",
    "RefuseForm",
    "RoomCardForm",
    "SplitForm",
    "SupplementForm",
    "TextBlockForm",
    "ThemeForm",
]
