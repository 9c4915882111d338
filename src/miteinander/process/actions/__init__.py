"""What may be done with a process: one verb, one transaction, one event.

Who may do it is asked by the faces (see rules); what fits is decided here.
"""

from __future__ import annotations

from miteinander.process.actions.approving import (
    add_remark,
    approve_minutes,
    decline_correction,
    hand_round_minutes,
    propose_correction,
    take_correction,
)
from miteinander.process.actions.drawn import (
    draw_panel,
    erase_names,
    invite_drawn,
    replace_drawn,
    seat_drawn,
)
from miteinander.process.actions.draws import (
    LIST_PANELS,
    NOT_SAID,
    Candidate,
    ListOfPanels,
    announce_draw,
    change_draw,
    give_up_list,
    keep_list,
    keep_sheet,
    order_list,
    prepare_draw,
    set_quotas,
    take_pool,
)
from miteinander.process.actions.holding import begin_item, end_item
from miteinander.process.actions.meetings import announce_meeting, change_meeting
from miteinander.process.actions.minutes import record_minutes, write_passage
from miteinander.process.actions.moving import move_phase, require_movable, undo_move
from miteinander.process.actions.processes import (
    Mandate,
    attach_body,
    change_phase,
    change_process,
    close_phase,
    create_process,
    plan_phase,
    publish_process,
    require_public,
    set_milestone,
)
from miteinander.process.actions.resolutions import Dissenting, resolve
from miteinander.process.actions.tasks import (
    Agreement,
    agree_task,
    finish_task,
    hand_over_task,
    move_task,
    note_reminded,
    reopen_task,
)

__all__ = [
    "LIST_PANELS",
    "NOT_SAID",
    "Agreement",
    "Candidate",
    "Dissenting",
    "ListOfPanels",
    "Mandate",
    "add_remark",
    "agree_task",
    "announce_draw",
    "announce_meeting",
    "approve_minutes",
    "attach_body",
    "begin_item",
    "change_draw",
    "change_meeting",
    "change_phase",
    "change_process",
    "close_phase",
    "create_process",
    "decline_correction",
    "draw_panel",
    "end_item",
    "erase_names",
    "finish_task",
    "give_up_list",
    "hand_over_task",
    "hand_round_minutes",
    "invite_drawn",
    "keep_list",
    "keep_sheet",
    "move_phase",
    "move_task",
    "note_reminded",
    "order_list",
    "plan_phase",
    "prepare_draw",
    "propose_correction",
    "publish_process",
    "record_minutes",
    "reopen_task",
    "replace_drawn",
    "require_movable",
    "require_public",
    "resolve",
    "seat_drawn",
    "set_milestone",
    "set_quotas",
    "take_correction",
    "take_pool",
    "undo_move",
    "write_passage",
]
