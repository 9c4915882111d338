"""What people say and what they hear back: calls, contributions, themes, answers."""

from miteinander.participation.models.answers import (
    Answer,
    AnswerDays,
    AnswerSupplement,
    AnswerTranslation,
    TextBlock,
)
from miteinander.participation.models.beside import (
    ContributionPicture,
    ContributionPictureSize,
    ContributionPlace,
)
from miteinander.participation.models.blacked import BlackedOut
from miteinander.participation.models.calls import Call
from miteinander.participation.models.cards import CardRow
from miteinander.participation.models.contributions import Contribution, ContributionCount
from miteinander.participation.models.later import Addition, AnswerNotice, LateContribution
from miteinander.participation.models.live import QuestionTime, RoomQuestion
from miteinander.participation.models.participants import Participant
from miteinander.participation.models.reasons import RefusalReasons
from miteinander.participation.models.reminders import PromiseReminder
from miteinander.participation.models.review import Passage, PassageComment, PassageTranslation
from miteinander.participation.models.statements import KeptMap, Statement, Vote
from miteinander.participation.models.steps import SortingStep
from miteinander.participation.models.suggestions import (
    SuggestionRun,
    ThemeGroup,
    ThemeSuggestion,
)
from miteinander.participation.models.supports import Support
from miteinander.participation.models.surveys import (
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyResponse,
)
from miteinander.participation.models.themes import Theme

__all__ = [
    "Addition",
    "Answer",
    "AnswerDays",
    "AnswerNotice",
    "AnswerSupplement",
    "AnswerTranslation",
    "BlackedOut",
    "Call",
    "CardRow",
    "Contribution",
    "ContributionCount",
    "ContributionPicture",
    "ContributionPictureSize",
    "ContributionPlace",
    "KeptMap",
    "LateContribution",
    "Participant",
    "Passage",
    "PassageComment",
    "PassageTranslation",
    "PromiseReminder",
    "QuestionTime",
    "RefusalReasons",
    "RoomQuestion",
    "SortingStep",
    "Statement",
    "SuggestionRun",
    "Support",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyResponse",
    "TextBlock",
    "Theme",
    "ThemeGroup",
    "ThemeSuggestion",
    "Vote",
]
