"""What may be done with a concept: one verb, one transaction, one event."""

from miteinander.strategy.actions.chapters import (
    add_chapter,
    leave_out_chapter,
    move_chapter,
    take_in_chapter,
    write_chapter,
)
from miteinander.strategy.actions.concepts import (
    begin_concept,
    name_cross_cutting_theme,
    renumber,
    save_process_as_template,
)
from miteinander.strategy.actions.evidence import name_evidence
from miteinander.strategy.actions.fields import (
    attach_theme_to_field,
    describe_field,
    keep_field,
    merge_field,
    propose_field,
    rename_field,
    retire_field,
)
from miteinander.strategy.actions.goals import edit_goal, grow_goal, move_goal
from miteinander.strategy.actions.handing import answer_hand_over, begin_review, hand_in
from miteinander.strategy.actions.importing import (
    allowed_decisions,
    choose_meanings,
    decide_lines,
    drop_document,
    finish_document,
    forget_in_documents,
    give_document_to_worker,
    hold_document,
    keep_document_preview,
    keep_sameness,
    receive_document,
    refuse_document,
    sweep_documents,
)
from miteinander.strategy.actions.leads import (
    accept_lead,
    answer_wish,
    ask_lead,
    decline_lead,
    wish_change,
)
from miteinander.strategy.actions.looking import forget_looks_of, note_look, note_room
from miteinander.strategy.actions.measures import (
    edit_measure,
    grow_measure,
    move_measure,
    retire_measure,
    submit_measure,
    take_back_measure,
)
from miteinander.strategy.actions.overlaps import (
    dismiss_overlap,
    keep_overlaps,
    link_overlap,
    merge_measure,
    merge_overlap,
)
from miteinander.strategy.actions.presence import be_present, forget_presence_of, sweep_presences
from miteinander.strategy.actions.proposals import propose_change, settle_proposal
from miteinander.strategy.actions.regrouping import undo_regrouping
from miteinander.strategy.actions.returning import say_again
from miteinander.strategy.actions.sheet import (
    drop_indicator,
    retire_own_field,
    write_indicator,
    write_own_field,
)
from miteinander.strategy.actions.splitting import split_field
from miteinander.strategy.actions.taking_in import take_in_document
from miteinander.strategy.actions.telling import note_answers_told, note_told

__all__ = [
    "accept_lead",
    "add_chapter",
    "allowed_decisions",
    "answer_hand_over",
    "answer_wish",
    "ask_lead",
    "attach_theme_to_field",
    "be_present",
    "begin_concept",
    "begin_review",
    "choose_meanings",
    "decide_lines",
    "decline_lead",
    "describe_field",
    "dismiss_overlap",
    "drop_document",
    "drop_indicator",
    "edit_goal",
    "edit_measure",
    "finish_document",
    "forget_in_documents",
    "forget_looks_of",
    "forget_presence_of",
    "give_document_to_worker",
    "grow_goal",
    "grow_measure",
    "hand_in",
    "hold_document",
    "keep_document_preview",
    "keep_field",
    "keep_overlaps",
    "keep_sameness",
    "leave_out_chapter",
    "link_overlap",
    "merge_field",
    "merge_measure",
    "merge_overlap",
    "move_chapter",
    "move_goal",
    "move_measure",
    "name_cross_cutting_theme",
    "name_evidence",
    "note_answers_told",
    "note_look",
    "note_room",
    "note_told",
    "propose_change",
    "propose_field",
    "receive_document",
    "refuse_document",
    "rename_field",
    "renumber",
    "retire_field",
    "retire_measure",
    "retire_own_field",
    "save_process_as_template",
    "say_again",
    "settle_proposal",
    "split_field",
    "submit_measure",
    "sweep_documents",
    "sweep_presences",
    "take_back_measure",
    "take_in_chapter",
    "take_in_document",
    "undo_regrouping",
    "wish_change",
    "write_chapter",
    "write_indicator",
    "write_own_field",
]
