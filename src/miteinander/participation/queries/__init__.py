"""What may be read of participation, and by whom."""

from miteinander.participation.queries.answers import (
    answers_to,
    calls_with_open_answers,
    merged_into,
    open_answers,
    unanswered,
)
from miteinander.participation.queries.calls import (
    call_at,
    call_with_code,
    calls_of,
    calls_of_all,
    calls_put_to,
    calls_turning,
    calls_visible_to,
    has_answers,
    open_calls,
    open_calls_and_next,
)
from miteinander.participation.queries.cards import compared
from miteinander.participation.queries.comments import (
    Comments,
    can_be_commented,
    comment_counts,
    comments_of,
    comments_on,
    comments_waiting,
)
from miteinander.participation.queries.contributions import (
    chosen_contributions,
    contribution_at,
    contributions_of_theme,
    contributions_visible_to,
    loose_contributions,
    published_in,
    waiting_for_moderation,
)
from miteinander.participation.queries.course import Course, course_of, entered_last, entry_of
from miteinander.participation.queries.export import Exported, TableOfCall, tables_of
from miteinander.participation.queries.figures import Figures, figures, figures_of
from miteinander.participation.queries.heard import heard_in
from miteinander.participation.queries.moving import calls_left_out
from miteinander.participation.queries.participants import (
    participant_with,
    participant_with_receipt,
)
from miteinander.participation.queries.processes import (
    meetings_of,
    newest_process,
    processes_taking_part,
)
from miteinander.participation.queries.receipts import contribution_with_receipt, receipt_hash
from miteinander.participation.queries.room import open_calls_of, said_in
from miteinander.participation.queries.slices import sliced
from miteinander.participation.queries.steps import (
    chosen_steps,
    latest_steps,
    steps_of_moment,
)
from miteinander.participation.queries.supports import can_be_supported, supported_by
from miteinander.participation.queries.textblocks import filled_block, text_blocks_visible_to
from miteinander.participation.queries.themes import theme_at, themes_of, themes_visible_to

__all__ = [
    "Comments",
    "Course",
    "Exported",
    "Figures",
    "TableOfCall",
    "answers_to",
    "call_at",
    "call_with_code",
    "calls_left_out",
    "calls_of",
    "calls_of_all",
    "calls_put_to",
    "calls_turning",
    "calls_visible_to",
    "calls_with_open_answers",
    "can_be_commented",
    "can_be_supported",
    "chosen_contributions",
    "chosen_steps",
    "comment_counts",
    "comments_of",
    "comments_on",
    "comments_waiting",
    "compared",
    "contribution_at",
    "contribution_with_receipt",
    "contributions_of_theme",
    "contributions_visible_to",
    "course_of",
    "entered_last",
    "entry_of",
    "figures",
    "figures_of",
    "filled_block",
    "has_answers",
    "heard_in",
    "latest_steps",
    "loose_contributions",
    "meetings_of",
    "merged_into",
    "newest_process",
    "open_answers",
    "open_calls",
    "open_calls_and_next",
    "open_calls_of",
    "participant_with",
    "participant_with_receipt",
    "processes_taking_part",
    "published_in",
    "receipt_hash",
    "said_in",
    "sliced",
    "steps_of_moment",
    "supported_by",
    "tables_of",
    "text_blocks_visible_to",
    "theme_at",
    "themes_of",
    "themes_visible_to",
    "unanswered",
    "waiting_for_moderation",
]
