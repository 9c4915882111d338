"""From review to resolution: voices of seats, objections, frozen versions, ballots."""

from miteinander.adoption.models.ballots import (
    Ballot,
    BallotOption,
    CastPaper,
    Cell,
    Elector,
    PaperCount,
)
from miteinander.adoption.models.reviewing import ConceptVersion, Objection, Voice

__all__ = [
    "Ballot",
    "BallotOption",
    "CastPaper",
    "Cell",
    "ConceptVersion",
    "Elector",
    "Objection",
    "PaperCount",
    "Voice",
]
