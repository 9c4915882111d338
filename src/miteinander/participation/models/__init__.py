"""What people say and what they hear back: calls, contributions, themes, answers."""

from miteinander.participation.models.answers import Answer
from miteinander.participation.models.beside import (
    ContributionPicture,
    ContributionPictureSize,
    ContributionPlace,
)
from miteinander.participation.models.calls import Call
from miteinander.participation.models.cards import CardRow
from miteinander.participation.models.contributions import Contribution, ContributionCount
from miteinander.participation.models.participants import Participant
from miteinander.participation.models.supports import Support
from miteinander.participation.models.themes import Theme

__all__ = [
    "Answer",
    "Call",
    "CardRow",
    "Contribution",
    "ContributionCount",
    "ContributionPicture",
    "ContributionPictureSize",
    "ContributionPlace",
    "Participant",
    "Support",
    "Theme",
]
