"""What may be read of review, objections and versions; and what a version contains."""

from miteinander.adoption.queries.content import FORMAT, content_of, draft_content
from miteinander.adoption.queries.lists import (
    TRAVELLING,
    ReviewLine,
    content_frozen_in,
    latest_adopted,
    objections_to,
    objections_visible_to,
    objections_waiting,
    own_seat,
    resolutions_for,
    review_of,
    reviews_waiting,
    standing_objection,
    version_json,
    versions_of,
    versions_visible_to,
    voting_seats,
)
from miteinander.adoption.queries.papers import PAPERS, Paper, papers_in, public_papers

__all__ = [
    "FORMAT",
    "PAPERS",
    "TRAVELLING",
    "Paper",
    "ReviewLine",
    "content_frozen_in",
    "content_of",
    "draft_content",
    "latest_adopted",
    "objections_to",
    "objections_visible_to",
    "objections_waiting",
    "own_seat",
    "papers_in",
    "public_papers",
    "resolutions_for",
    "review_of",
    "reviews_waiting",
    "standing_objection",
    "version_json",
    "versions_of",
    "versions_visible_to",
    "voting_seats",
]
