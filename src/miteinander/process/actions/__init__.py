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
from miteinander.process.actions.attended import note_attendance
from miteinander.process.actions.attending import (
    PaperRow,
    Typed,
    enter_by_phone,
    note_came,
    note_guest,
    note_paper,
)
from miteinander.process.actions.holding import begin_item, end_item
from miteinander.process.actions.keeping import (
    forget_attendances,
    forget_guests,
    forget_needs,
)
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
from miteinander.process.actions.registering import (
    HAS_A_PLACE,
    Registered,
    cancel_registration,
    change_registration,
    register_guest,
    register_member,
    set_registration,
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
from miteinander.process.actions.templates import (
    begin_process,
    begin_with,
    drop_template,
    save_as_template,
)

__all__ = [
    "HAS_A_PLACE",
    "Agreement",
    "Dissenting",
    "Mandate",
    "PaperRow",
    "Registered",
    "Typed",
    "add_remark",
    "agree_task",
    "announce_meeting",
    "approve_minutes",
    "attach_body",
    "begin_item",
    "begin_process",
    "begin_with",
    "cancel_registration",
    "change_meeting",
    "change_phase",
    "change_process",
    "change_registration",
    "close_phase",
    "create_process",
    "decline_correction",
    "drop_template",
    "end_item",
    "enter_by_phone",
    "finish_task",
    "forget_attendances",
    "forget_guests",
    "forget_needs",
    "hand_over_task",
    "hand_round_minutes",
    "move_phase",
    "move_task",
    "note_attendance",
    "note_came",
    "note_guest",
    "note_paper",
    "note_reminded",
    "plan_phase",
    "propose_correction",
    "publish_process",
    "record_minutes",
    "register_guest",
    "register_member",
    "reopen_task",
    "require_movable",
    "require_public",
    "resolve",
    "save_as_template",
    "set_milestone",
    "set_registration",
    "take_correction",
    "undo_move",
    "write_passage",
]
