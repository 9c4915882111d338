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

__all__ = [
    "CallRadar",
    "DrawnMap",
    "Way",
    "digest",
    "drawn_map",
    "next_statement",
    "proposals_for_call",
    "radar_of_call",
    "similar_statements",
]
