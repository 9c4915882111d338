"""What may be done with a process: one verb, one transaction, one event.

Who may do it is asked by the faces (see rules); what fits is decided here.
"""

from __future__ import annotations

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
from miteinander.process.actions.meetings import announce_meeting, change_meeting
from miteinander.process.actions.minutes import Agreement, approve_minutes, record_minutes
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

__all__ = [
    "LIST_PANELS",
    "NOT_SAID",
    "Agreement",
    "Candidate",
    "ListOfPanels",
    "Mandate",
    "announce_draw",
    "announce_meeting",
    "approve_minutes",
    "attach_body",
    "change_draw",
    "change_meeting",
    "change_phase",
    "change_process",
    "close_phase",
    "create_process",
    "draw_panel",
    "erase_names",
    "finish_task",
    "give_up_list",
    "invite_drawn",
    "keep_list",
    "keep_sheet",
    "order_list",
    "plan_phase",
    "prepare_draw",
    "publish_process",
    "record_minutes",
    "replace_drawn",
    "require_public",
    "resolve",
    "seat_drawn",
    "set_milestone",
    "set_quotas",
    "take_pool",
]
