"""What participation works out: who is missing, which statement comes next, what people think."""

from miteinander.participation.insights.coverage import (
    CallRadar,
    Way,
    proposals_for_call,
    radar_of_call,
)
from miteinander.participation.insights.next_statement import next_statement
from miteinander.participation.insights.opinion_map import DrawnMap, digest, drawn_map
from miteinander.participation.insights.similar_statements import similar_statements
from miteinander.participation.insights.surveys import (
    QuestionResult,
    SurveyResults,
    results_of,
)
from miteinander.participation.insights.tables import tables_of
from miteinander.participation.insights.themes import Guess, Guesses, grouped, sorted_like

__all__ = [
    "CallRadar",
    "DrawnMap",
    "Guess",
    "Guesses",
    "QuestionResult",
    "SurveyResults",
    "Way",
    "digest",
    "drawn_map",
    "grouped",
    "next_statement",
    "proposals_for_call",
    "radar_of_call",
    "results_of",
    "similar_statements",
    "sorted_like",
    "tables_of",
]
