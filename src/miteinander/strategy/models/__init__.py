"""The concept itself: fields of action, goals, measures, cross-cutting themes."""

from miteinander.strategy.models.concepts import Chapter, Concept, CrossCuttingTheme
from miteinander.strategy.models.fields import FieldOfAction
from miteinander.strategy.models.handing import HandedPart, HandOver
from miteinander.strategy.models.imports import (
    ConceptImport,
    ConceptLine,
    ConceptSource,
    SourcePart,
)
from miteinander.strategy.models.looks import BriefLook, RoomLook
from miteinander.strategy.models.measures import COSTS, TERMS, Goal, Measure
from miteinander.strategy.models.overview import Overlap, OverlapRun
from miteinander.strategy.models.presence import Presence
from miteinander.strategy.models.proposals import ChangeProposal
from miteinander.strategy.models.sheet import Indicator, OwnField
from miteinander.strategy.models.wordings import Wording

__all__ = [
    "COSTS",
    "TERMS",
    "BriefLook",
    "ChangeProposal",
    "Chapter",
    "Concept",
    "ConceptImport",
    "ConceptLine",
    "ConceptSource",
    "CrossCuttingTheme",
    "FieldOfAction",
    "Goal",
    "HandOver",
    "HandedPart",
    "Indicator",
    "Measure",
    "Overlap",
    "OverlapRun",
    "OwnField",
    "Presence",
    "RoomLook",
    "SourcePart",
    "Wording",
]
