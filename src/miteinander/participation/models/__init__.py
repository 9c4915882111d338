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
from miteinander.participation.models.calls import Call
from miteinander.participation.models.cards import CardRow
from miteinander.participation.models.contributions import Contribution, ContributionCount
from miteinander.participation.models.participants import Participant
from miteinander.participation.models.steps import SortingStep
from miteinander.participation.models.supports import Support
from miteinander.participation.models.themes import Theme

__all__ = [
    "Answer",
    "AnswerDays",
    "AnswerSupplement",
    "AnswerTranslation",
    "Call",
    "CardRow",
    "Contribution",
    "ContributionCount",
    "ContributionPicture",
    "ContributionPictureSize",
    "ContributionPlace",
    "Participant",
    "SortingStep",
    "Support",
    "TextBlock",
    "Theme",
]
