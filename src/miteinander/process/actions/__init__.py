"""What may be done with a process: one verb, one transaction, one event.

Who may do it is asked by the faces (see rules); what fits is decided here.
"""

from __future__ import annotations

from miteinander.process.actions.meetings import announce_meeting, change_meeting
from miteinander.process.actions.minutes import Agreement, approve_minutes, record_minutes
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
from miteinander.process.actions.resolutions import resolve
from miteinander.process.actions.tasks import finish_task
from miteinander.process.actions.templates import (
    begin_process,
    begin_with,
    drop_template,
    save_as_template,
)

__all__ = [
    "Agreement",
    "Mandate",
    "announce_meeting",
    "approve_minutes",
    "attach_body",
    "begin_process",
    "begin_with",
    "change_meeting",
    "change_phase",
    "change_process",
    "close_phase",
    "create_process",
    "drop_template",
    "finish_task",
    "move_phase",
    "plan_phase",
    "publish_process",
    "record_minutes",
    "require_movable",
    "require_public",
    "resolve",
    "save_as_template",
    "set_milestone",
    "undo_move",
]
