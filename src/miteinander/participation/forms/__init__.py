"""What people type: what they contribute, and what the coordination does with it."""

from miteinander.participation.forms.answering import (
    AnswerForm,
    AnswerTranslationForm,
    BlockChoiceForm,
    SupplementForm,
    TextBlockForm,
)
from miteinander.participation.forms.ballots import BallotsForm
from miteinander.participation.forms.board import BoardFilterForm
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
from miteinander.participation.forms.entering import CardTableForm, EntryForm
from miteinander.participation.forms.fields import LANGUAGES
from miteinander.participation.forms.ideas import IdeaForm, PictureForm, goes_along, point_in
from miteinander.participation.forms.live import QuestionTimeForm, RoomQuestionForm
from miteinander.participation.forms.moderating import BlackOutForm, ReasonsForm, RefuseForm
from miteinander.participation.forms.review import DraftForm, DraftWordsForm, PassageCommentForm
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
from miteinander.participation.forms.survey_answers import SurveyForm
from miteinander.participation.forms.survey_questions import (
    EmptyForm,
    EnteringForm,
    QuestionForm,
    ResultsForm,
    TakeOverForm,
)

__all__ = [
    "LANGUAGES",
    "AddForm",
    "AdoptForm",
    "AnswerForm",
    "AnswerTranslationForm",
    "BallotsForm",
    "BlackOutForm",
    "BlockChoiceForm",
    "BoardFilterForm",
    "CallForm",
    "CardTableForm",
    "CardsForm",
    "ContributeForm",
    "DraftForm",
    "DraftWordsForm",
    "EmptyForm",
    "EnteringForm",
    "EntryForm",
    "FilterForm",
    "IdeaForm",
    "LateForm",
    "MergeForm",
    "MoveThemeForm",
    "NoticeForm",
    "PassageCommentForm",
    "PictureForm",
    "ProposeForm",
    "QuestionForm",
    "QuestionTimeForm",
    "ReasonForm",
    "ReasonsForm",
    "ReceiptSearchForm",
    "RefuseForm",
    "ResultsForm",
    "RewordForm",
    "RoomCardForm",
    "RoomQuestionForm",
    "SplitForm",
    "StatementsForm",
    "SupplementForm",
    "SurveyForm",
    "TakeOverForm",
    "TextBlockForm",
    "ThemeForm",
    "WithdrawStatementForm",
    "goes_along",
    "point_in",
]
