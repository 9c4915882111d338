"""The room in which fields, goals and measures are written together."""

from miteinander.workspace.views.strategy.board import (
    concept,
    concept_new,
    concepts,
    cross_cutting_theme_new,
    renumber,
)
from miteinander.workspace.views.strategy.fields import (
    field_collect,
    field_edit,
    field_keep,
    field_new,
    field_rename,
    field_retire,
)
from miteinander.workspace.views.strategy.group_room import group_room
from miteinander.workspace.views.strategy.growing import (
    goal_edit,
    goal_evidence,
    goal_move,
    goal_new,
    measure_new,
    theme_grow,
)
from miteinander.workspace.views.strategy.handing import field_hand_in, hand_over
from miteinander.workspace.views.strategy.history import (
    chapter_history,
    field_history,
    goal_history,
    measure_history,
)
from miteinander.workspace.views.strategy.indicators import (
    indicator_drop,
    indicator_edit,
    indicator_new,
)
from miteinander.workspace.views.strategy.leads import (
    measure_answer_lead,
    measure_answer_wish,
    measure_ask_lead,
)
from miteinander.workspace.views.strategy.load import load, load_file
from miteinander.workspace.views.strategy.overview import brief, brief_file, overlap, overlaps
from miteinander.workspace.views.strategy.own_fields import (
    own_field_edit,
    own_field_new,
    own_field_retire,
    own_fields,
)
from miteinander.workspace.views.strategy.present import present
from miteinander.workspace.views.strategy.proposals import (
    chapter_proposals,
    field_proposals,
    goal_proposals,
    measure_proposals,
    proposal_settle,
)
from miteinander.workspace.views.strategy.regrouping import (
    field_merge,
    field_split,
    regrouping_undo,
)
from miteinander.workspace.views.strategy.sheet import (
    measure,
    measure_move,
    measure_points,
    measure_retire,
    measure_submit,
    measure_take_back,
)

__all__ = [
    "brief",
    "brief_file",
    "chapter_history",
    "chapter_proposals",
    "concept",
    "concept_new",
    "concepts",
    "cross_cutting_theme_new",
    "field_collect",
    "field_edit",
    "field_hand_in",
    "field_history",
    "field_keep",
    "field_merge",
    "field_new",
    "field_proposals",
    "field_rename",
    "field_retire",
    "field_split",
    "goal_edit",
    "goal_evidence",
    "goal_history",
    "goal_move",
    "goal_new",
    "goal_proposals",
    "group_room",
    "hand_over",
    "indicator_drop",
    "indicator_edit",
    "indicator_new",
    "load",
    "load_file",
    "measure",
    "measure_answer_lead",
    "measure_answer_wish",
    "measure_ask_lead",
    "measure_history",
    "measure_move",
    "measure_new",
    "measure_points",
    "measure_proposals",
    "measure_retire",
    "measure_submit",
    "measure_take_back",
    "overlap",
    "overlaps",
    "own_field_edit",
    "own_field_new",
    "own_field_retire",
    "own_fields",
    "present",
    "proposal_settle",
    "regrouping_undo",
    "renumber",
    "theme_grow",
]
