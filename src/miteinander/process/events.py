"""What is remembered of a process."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from miteinander.core.events.kinds import EventKind

PROCESS_CREATED = EventKind(
    "process.created", _("The process “%(title)s” was set up."), public=True
)
PROCESS_CHANGED = EventKind(
    "process.changed", _("The details of the process “%(title)s” were changed."), public=True
)
PROCESS_PUBLISHED = EventKind(
    "process.published", _("The process “%(title)s” is public."), public=True
)
BODY_ATTACHED = EventKind(
    "process.body_attached", _("A body takes part in “%(title)s”: %(body)s."), public=True
)
MILESTONE_SET = EventKind(
    "process.milestone_set", _("“%(title)s” has a milestone: %(milestone)s."), public=True
)
PHASE_PLANNED = EventKind(
    "phase.planned", _("“%(title)s” has a new phase: %(phase)s."), public=True
)
PHASE_CHANGED = EventKind(
    "phase.changed", _("A phase of “%(title)s” was changed: %(phase)s."), public=True
)
PHASE_MOVED = EventKind(
    "phase.moved", _("A phase of “%(title)s” was moved: %(phase)s."), public=True
)
PHASE_MOVE_UNDONE = EventKind(
    "phase.move_undone",
    _("A phase of “%(title)s” is back where it was: %(phase)s."),
    public=True,
)
PHASE_CLOSED = EventKind(
    "phase.closed", _("A phase of “%(title)s” was closed: %(phase)s."), public=True
)
MEETING_ANNOUNCED = EventKind(
    "meeting.announced", _("A meeting was announced: %(title)s."), public=True
)
MEETING_CHANGED = EventKind(
    "meeting.changed", _("Date, place or agenda was changed: %(title)s."), public=True
)
MEETING_CANCELLED = EventKind(
    "meeting.cancelled", _("A meeting was cancelled: %(title)s."), public=True
)
MEETING_INVITED = EventKind("meeting.invited", _("Invitations went out: %(title)s."))
MEETING_INVITED_BY_LETTER = EventKind(
    "meeting.invited_by_letter", _("Somebody was invited by letter or telephone: %(title)s.")
)
MEETING_ANSWERED = EventKind("meeting.answered", _("An invitation was answered: %(title)s."))
MEETING_DEPUTY_CALLED = EventKind(
    "meeting.deputy_called", _("A deputy was invited (%(seat)s): %(title)s.")
)
GUEST_ADDED = EventKind("meeting.guest_added", _("A guest was put on the list: %(title)s."))
GUEST_DROPPED = EventKind("meeting.guest_dropped", _("A guest was taken off the list: %(title)s."))
FILE_ADDED = EventKind(
    "meeting.file_added", _("A file was added (%(file)s): %(title)s."), seen=True
)
FILE_CHANGED = EventKind(
    "meeting.file_changed", _("Who may see a file was changed (%(file)s): %(title)s."), seen=True
)
FILE_REMOVED = EventKind(
    "meeting.file_removed", _("A file was removed (%(file)s): %(title)s."), seen=True
)
POLL_OPENED = EventKind("poll.opened", _("%(body)s looks for a date: %(poll)s."))
POLL_ANSWERED = EventKind("poll.answered", _("Somebody said when they can: %(poll)s."))
POLL_DECIDED = EventKind("poll.decided", _("A date was found: %(poll)s."))
POLL_DROPPED = EventKind("poll.dropped", _("The search for a date was given up: %(poll)s."))
CALENDAR_RENEWED = EventKind("calendar.renewed", _("Somebody has a new private calendar address."))
REGISTRATION_SET = EventKind(
    "meeting.registration_set",
    _("Places or the time for registering were changed: %(title)s."),
    public=True,
)
# Of whoever registers the record says that they did, and of guests not even who.
REGISTERED = EventKind("meeting.registered", _("Somebody registered: %(title)s."))
REGISTRATION_CANCELLED = EventKind(
    "meeting.registration_cancelled", _("Somebody cancelled: %(title)s.")
)
MOVED_UP = EventKind("meeting.moved_up", _("Somebody moved up from the waiting list: %(title)s."))
MEETING_FULL = EventKind("meeting.full", _("All places are taken: %(title)s."), seen=True)
MEETING_FREE_AGAIN = EventKind(
    "meeting.free_again", _("There are places again: %(title)s."), seen=True
)
ATTENDANCE_NOTED = EventKind(
    "meeting.attendance_noted", _("It was noted who came: %(title)s."), seen=True
)
# Drafts are nobody's business outside the body; the approval is.
MINUTES_RECORDED = EventKind("minutes.recorded", _("Minutes were written: %(title)s."))
MINUTES_CHANGED = EventKind("minutes.changed", _("Minutes were edited: %(title)s."))
MINUTES_APPROVED = EventKind(
    "minutes.approved", _("Minutes were approved: %(title)s."), public=True
)
ITEM_BEGUN = EventKind("meeting.item_begun", _("%(title)s: now it is about “%(item)s”."))
ITEM_ENDED = EventKind("meeting.item_ended", _("%(title)s: “%(item)s” has been dealt with."))
MINUTES_HANDED_ROUND = EventKind(
    "minutes.handed_round", _("Minutes were handed round for corrections: %(title)s.")
)
CORRECTION_PROPOSED = EventKind(
    "minutes.correction_proposed", _("A correction was proposed: %(title)s.")
)
CORRECTION_TAKEN = EventKind("minutes.correction_taken", _("A correction was taken: %(title)s."))
CORRECTION_DECLINED = EventKind(
    "minutes.correction_declined", _("A correction was not taken, with a reason: %(title)s.")
)
MINUTES_REMARKED = EventKind(
    "minutes.remarked", _("A remark was added to approved minutes: %(title)s."), public=True
)
TASK_AGREED = EventKind("task.agreed", _("A task was agreed (%(title)s): %(task)s"))
TASK_MOVED = EventKind("task.moved", _("A task was moved (%(title)s): %(task)s"), seen=True)
TASK_HANDED_OVER = EventKind(
    "task.handed_over", _("A task was handed over (%(title)s): %(task)s"), seen=True
)
TASK_REOPENED = EventKind(
    "task.reopened", _("A task is open again (%(title)s): %(task)s"), seen=True
)
TASK_FINISHED = EventKind("task.finished", _("A task is done (%(title)s): %(task)s"), seen=True)
RESOLVED = EventKind("resolution.taken", _("%(body)s decided: %(title)s."), public=True)
# Of a draw only numbers are told: whose they are stands nowhere in the memory.
DRAW_PREPARED = EventKind("draw.prepared", _("A draw by lot is being prepared: %(title)s."))
DRAW_CHANGED = EventKind("draw.changed", _("A draw by lot was changed: %(title)s."))
DRAW_POOL_TAKEN = EventKind("draw.pool_taken", _("%(people)s people can be drawn: %(title)s."))
DRAW_QUOTAS_SET = EventKind("draw.quotas_set", _("The quotas of a draw were set: %(title)s."))
DRAW_LIST_ORDERED = EventKind(
    "draw.list_ordered", _("The list of panels is being computed: %(title)s.")
)
DRAW_LISTED = EventKind(
    "draw.listed", _("The list of panels is there (checksum %(digest)s): %(title)s.")
)
DRAW_ANNOUNCED = EventKind(
    "draw.announced",
    _("A draw by lot was announced, with the checksum of its list (%(digest)s): %(title)s."),
    public=True,
)
DRAW_CALLED_OFF = EventKind(
    "draw.called_off",
    _("A draw by lot was called off before anybody was drawn: %(title)s."),
    public=True,
)
DRAW_DRAWN = EventKind(
    "draw.drawn",
    _("Panel number %(number)s was drawn with the seed “%(seed)s”: %(title)s."),
    public=True,
)
DRAW_REPLACED = EventKind(
    "draw.replaced", _("Number %(gone)s left, number %(new)s moved up: %(title)s."), public=True
)
DRAW_SEATED = EventKind(
    "draw.seated", _("Those drawn have become seats of the body (%(people)s): %(title)s.")
)
DRAW_INVITED = EventKind(
    "draw.invited", _("Those drawn are expected at a meeting (%(meeting)s): %(title)s.")
)
DRAW_NAMES_ERASED = EventKind(
    "draw.names_erased", _("The names of those who were not drawn were erased: %(title)s.")
)
TABLES_PLANNED = EventKind("tables.planned", _("A table plan was made: %(title)s."))
TABLES_CHANGED = EventKind("tables.changed", _("A table plan was changed: %(title)s."))
TABLES_DROPPED = EventKind("tables.dropped", _("A table plan was thrown away: %(title)s."))
TEMPLATE_SAVED = EventKind(
    "template.saved", _("“%(title)s” was saved as a template: %(template)s.")
)
TEMPLATE_DROPPED = EventKind("template.dropped", _("A template was given up: %(template)s."))
