"""What may be done with a process: one verb, one transaction, one event.

Who may do it is asked by the faces (see rules); what fits is decided here.
"""

from __future__ import annotations

from miteinander.process.actions.agenda import Point, arrange_agenda
from miteinander.process.actions.approving import (
    add_remark,
    approve_minutes,
    decline_correction,
    hand_round_minutes,
    propose_correction,
    take_correction,
)
from miteinander.process.actions.calendars import (
    Entered,
    Found,
    differs,
    enter_dates,
    forget_calendars_and_polls,
    renew_calendar,
)
from miteinander.process.actions.files import add_file, remove_file, show_file
from miteinander.process.actions.holding import begin_item, end_item
from miteinander.process.actions.inviting import (
    Invited,
    add_guest,
    answer_invitation,
    call_deputy,
    drop_guest,
    invite,
    note_invited,
    remind,
)
from miteinander.process.actions.meetings import announce_meeting, cancel_meeting, change_meeting
from miteinander.process.actions.minutes import record_minutes, write_passage
from miteinander.process.actions.moving import move_phase, require_movable, undo_move
from miteinander.process.actions.polls import Slot, answer_poll, decide_poll, drop_poll, open_poll
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
    "Agreement",
    "Dissenting",
    "Entered",
    "Found",
    "Invited",
    "Mandate",
    "Point",
    "Slot",
    "add_file",
    "add_guest",
    "add_remark",
    "agree_task",
    "announce_meeting",
    "answer_invitation",
    "answer_poll",
    "approve_minutes",
    "arrange_agenda",
    "attach_body",
    "begin_item",
    "call_deputy",
    "cancel_meeting",
    "change_meeting",
    "change_phase",
    "change_process",
    "close_phase",
    "create_process",
    "decide_poll",
    "decline_correction",
    "differs",
    "drop_guest",
    "drop_poll",
    "end_item",
    "enter_dates",
    "finish_task",
    "forget_calendars_and_polls",
    "hand_over_task",
    "hand_round_minutes",
    "invite",
    "move_phase",
    "move_task",
    "note_invited",
    "note_reminded",
    "open_poll",
    "plan_phase",
    "propose_correction",
    "publish_process",
    "record_minutes",
    "remind",
    "remove_file",
    "renew_calendar",
    "reopen_task",
    "require_movable",
    "require_public",
    "resolve",
    "set_milestone",
    "show_file",
    "take_correction",
    "undo_move",
    "write_passage",
]
