"""Stations of a process, and what a phase may permit."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REMIND_DAYS = 2
"""So many days before a meeting whoever was invited is reminded, unless the meeting says else."""


class ProcessState(TextChoices):
    PREPARING = "preparing", _("in preparation")
    RUNNING = "running", _("running")
    ADOPTED = "adopted", _("adopted")


class Permit(TextChoices):
    """What a phase permits; phases carry lists of these as data."""

    CONTRIBUTE = "contribute", _("contribute")
    GATHER = "gather", _("gather into themes and answer")
    DRAFT = "draft", _("draft goals and measures")
    REVIEW = "review", _("agree and object")
    ADOPT = "adopt", _("freeze and adopt")
    REPORT = "report", _("report on the implementation")


PERMIT_MEANS = {
    Permit.CONTRIBUTE: _("Everybody can answer open calls; the office enters cards and letters."),
    Permit.GATHER: _("The office sorts contributions into themes and answers them."),
    Permit.DRAFT: _("Working groups write goals and measures and hand them in."),
    Permit.REVIEW: _("The steering group agrees or objects to what was handed in."),
    Permit.ADOPT: _("The office freezes a version, and records its adoption."),
    Permit.REPORT: _("Whoever leads a measure reports how it stands."),
}
"""What each permit opens, said where it is given."""


class PhaseKind(TextChoices):
    MANDATE = "mandate", _("mandate")
    KICK_OFF = "kickoff", _("kick-off")
    EXPERT_ROUNDS = "expert_rounds", _("expert rounds")
    PARTICIPATION = "participation", _("participation")
    WORKING_GROUPS = "working_groups", _("working groups")
    RESOLUTION = "resolution", _("resolution")
    IMPLEMENTATION = "implementation", _("implementation")


class MeetingKind(TextChoices):
    KICK_OFF = "kick_off", _("kick-off")
    STEERING_GROUP = "steering_group", _("meeting of the steering group")
    EXPERT_ROUND = "expert_round", _("expert round")
    WORKING_GROUP = "working_group", _("meeting of a working group")
    COMMITTEE = "committee", _("meeting of the committee")
    COUNCIL = "council", _("meeting of the council")
    OTHER = "other", pgettext_lazy("kind of meeting", "event")


class Registration(TextChoices):
    NONE = "none", _("nobody: by invitation only")
    MEMBERS = "members", _("whoever has an account")
    PUBLIC = "public", _("everybody, without an account")


class AttendanceState(TextChoices):
    SILENT = "silent", _("no answer yet")
    COMING = "coming", _("is coming")
    WAITING = "waiting", _("on the waiting list")
    DECLINED = "declined", _("is not coming")


class Need(TextChoices):
    INTERPRETER = "interpreter", _("an interpreter")
    SIGN_LANGUAGE = "sign_language", _("sign language")
    CHILD_CARE = "child_care", _("child care")
    STEP_FREE = "step_free", _("a way without steps")
    OTHER = "other", _("something else")


class NotedBy(TextChoices):
    TICK = "tick", _("ticked off")
    PHONE = "phone", _("by own phone")
    PAPER = "paper", _("from the paper list")


class PollState(TextChoices):
    OPEN = "open", _("is running")
    DECIDED = "decided", _("decided")
    DROPPED = "dropped", _("given up")


class Availability(TextChoices):
    YES = "yes", _("I can")
    MAYBE = "maybe", _("if need be")
    NO = "no", _("I cannot")


class MinutesState(TextChoices):
    """A draft is handed round for corrections, then approved; or approved at once by the body."""

    DRAFT = "draft", _("draft")
    ROUND = "round", _("handed round for corrections")
    APPROVED = "approved", _("approved")


class ApprovedBy(TextChoices):
    BODY = "body", _("The body approved them in a meeting.")
    SILENCE = "silence", _("Nobody objected within the time for corrections.")


class CorrectionState(TextChoices):
    OPEN = "open", _("waits for an answer")
    TAKEN = "taken", _("taken")
    DECLINED = "declined", _("not taken")


class ResolutionKind(TextChoices):
    MANDATE = "mandate", _("mandate")
    PRESENTED = "presented", _("presentation")
    ADOPTION = "adoption", _("adoption")
    OTHER = "other", _("resolution")


class Result(TextChoices):
    AGREED = "agreed", _("agreed")
    BROAD_CONSENT = "broad_consent", _("broad consent")
    UNANIMOUS = "unanimous", _("unanimous")
    MAJORITY = "majority", _("by majority")
    NO_OBJECTION = "no_objection", _("no objection")
    REJECTED = "rejected", _("rejected")


class DrawState(TextChoices):
    """A draw: prepared, its list computed, announced, and then drawn or called off."""

    PREPARING = "preparing", _("in preparation")
    COMPUTING = "computing", _("the list is being computed")
    LISTED = "listed", _("the list is there")
    ANNOUNCED = "announced", _("announced")
    DRAWN = "drawn", _("drawn")
    CALLED_OFF = "called_off", _("called off")


class LotSource(TextChoices):
    REGISTER = "register", _("people from the register")
    FILE = "file", _("people from a file")


class SeedFrom(TextChoices):
    DICE = "dice", _("thrown in public, at the draw")
    BEFORE = "before", _("made now, kept back until the draw")


class Gone(TextChoices):
    """Why somebody who was drawn does not come: never more exact than this."""

    DECLINED = "declined", pgettext_lazy("attendance", "declined")
    SILENT = "silent", _("could not be reached")
    MOVED = "moved", _("does not live or work here any more")
    NO_TIME = "no_time", _("has no time on the dates")
    OTHER = "other", _("for another reason")


class SeatedFrom(TextChoices):
    COMING = "coming", _("whoever has said they come")
    BODY = "body", _("whoever sits in the body")
    FILE = "file", _("people from a file")


class Leaning(TextChoices):
    """What a table plan gives way to."""

    BALANCED = "balanced", _("balanced")
    MIXING = "mixing", _("mixing first")
    WISHES = "wishes", _("wishes first")


class PlanState(TextChoices):
    WAITING = "waiting", _("is being computed")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be computed")
