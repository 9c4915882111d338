"""What can happen to a concept, its fields, goals and measures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from miteinander.core.events.kinds import EventKind

CONCEPT_BEGUN = EventKind("concept.begun", _("Work on “%(title)s” has begun."), public=True)
THEME_NAMED = EventKind(
    "cross_cutting_theme.named", _("“%(title)s” is a cross-cutting theme."), public=True
)
CHAPTER_WRITTEN = EventKind(
    "chapter.written", _("The chapter “%(chapter)s” of “%(title)s” was written.")
)
CHAPTER_ADDED = EventKind("chapter.added", _("“%(title)s” has a further chapter: “%(chapter)s”."))
CHAPTER_MOVED = EventKind(
    "chapter.moved", _("The chapter “%(chapter)s” of “%(title)s” has another place.")
)
CHAPTER_LEFT_OUT = EventKind(
    "chapter.left_out", _("The chapter “%(chapter)s” is left out of “%(title)s”.")
)
CHAPTER_TAKEN_IN = EventKind(
    "chapter.taken_in", _("The chapter “%(chapter)s” is part of “%(title)s” again.")
)
FIELD_PROPOSED = EventKind(
    "field.proposed", _("“%(title)s” was proposed as a field of action."), public=True
)
FIELD_KEPT = EventKind("field.kept", _("“%(title)s” is a field of action."), public=True)
FIELD_RENAMED = EventKind(
    "field.renamed",
    _("The field of action “%(before)s” is now called “%(after)s”."),
    public=True,
)
FIELD_DESCRIBED = EventKind(
    "field.described", _("The field of action “%(title)s” was described anew."), seen=True
)
FIELD_MERGED = EventKind(
    "field.merged",
    _("The field of action “%(title)s” was merged into “%(into)s”: %(reason)s"),
    public=True,
)
FIELD_SPLIT = EventKind(
    "field.split",
    _("“%(into)s” was split off the field of action “%(title)s”: %(reason)s"),
    public=True,
)
FIELD_MERGE_UNDONE = EventKind(
    "field.merging_undone",
    _("The field of action “%(title)s” is no longer part of “%(into)s”: the merge was taken back."),
    public=True,
)
FIELD_SPLIT_UNDONE = EventKind(
    "field.splitting_undone",
    _("“%(into)s” is part of the field of action “%(title)s” again: the split was taken back."),
    public=True,
)
FIELD_RETIRED = EventKind(
    "field.retired", _("The field of action “%(title)s” was retired: %(reason)s"), public=True
)
FIELD_COLLECTED = EventKind(
    "field.collected", _("The theme “%(theme)s” was assigned to “%(title)s”."), public=True
)
CONCEPT_IMPORTED = EventKind(
    "concept.imported",
    _(
        "A document was taken over into “%(title)s”: %(fields)s fields, %(goals)s goals and "
        "%(measures)s measures are new, %(changed)s changed (checksum %(checksum)s)."
    ),
)
CONCEPT_RENUMBERED = EventKind("concept.renumbered", _("“%(title)s” was numbered anew."), seen=True)
GOAL_GROWN = EventKind("goal.grown", _("The goal “%(title)s” was written."), public=True)
GOAL_EDITED = EventKind("goal.edited", _("The goal “%(title)s” was changed."), seen=True)
GOAL_EVIDENCED = EventKind(
    "goal.evidenced", _("What the goal “%(title)s” rests on was named."), seen=True
)
GOAL_MOVED = EventKind(
    "goal.moved", _("The goal “%(title)s” moved from “%(before)s” to “%(after)s”."), public=True
)
MEASURE_GROWN = EventKind("measure.grown", _("The measure “%(title)s” was written."), public=True)
MEASURE_EDITED = EventKind("measure.edited", _("The measure “%(title)s” was changed."), seen=True)
MEASURE_MOVED = EventKind(
    "measure.moved",
    _("The measure “%(title)s” moved: its number was %(before)s and is now %(after)s."),
    public=True,
)
MEASURE_SUBMITTED = EventKind(
    "measure.submitted", _("The measure “%(title)s” was handed in."), public=True
)
MEASURE_TAKEN_BACK = EventKind(
    "measure.taken_back", _("The measure “%(title)s” was taken back to be revised."), public=True
)
FIELD_HANDED_IN = EventKind(
    "field.handed_in",
    _("Of “%(title)s”, %(count)s texts were handed in for review."),
    public=True,
)
REVIEW_BEGUN = EventKind("field.review_begun", _("The review of “%(title)s” has begun."))
FIELD_TAKEN_ON = EventKind(
    "field.taken_on", _("What was handed in of “%(title)s” was taken on."), public=True
)
FIELD_GIVEN_BACK = EventKind(
    "field.given_back",
    _("What was handed in of “%(title)s” was given back to the working group to be revised."),
    public=True,
)
FIELD_TAKEN_BACK = EventKind(
    "field.taken_back",
    _("The working group took back what it had handed in of “%(title)s”."),
    public=True,
)
LEAD_ASKED = EventKind(
    "measure.lead_asked", _("%(lead)s was asked to take the lead for “%(title)s”."), public=True
)
LEAD_ACCEPTED = EventKind(
    "measure.lead_accepted", _("%(lead)s has accepted the lead for “%(title)s”."), public=True
)
LEAD_DECLINED = EventKind(
    "measure.lead_declined",
    _("%(lead)s has declined the lead for “%(title)s”: %(reason)s"),
    public=True,
)
LEAD_WISHED = EventKind(
    "measure.lead_wished",
    _("%(lead)s asks for a change before it takes the lead for “%(title)s”: %(reason)s"),
    public=True,
)
LEAD_ASKED_AGAIN = EventKind(
    "measure.lead_asked_again",
    _("%(lead)s was asked again to take the lead for “%(title)s”: %(note)s"),
    public=True,
)
LEAD_RELEASED = EventKind(
    "measure.lead_released",
    _("%(lead)s does not have the lead for “%(title)s” any more: %(reason)s"),
    public=True,
)
MEASURE_RETIRED = EventKind(
    "measure.retired", _("The measure “%(title)s” was retired: %(reason)s"), public=True
)
MEASURE_MERGED = EventKind(
    "measure.merged",
    _("The measure “%(title)s” was merged into “%(into)s”: %(reason)s"),
    public=True,
)
MEASURE_MERGE_UNDONE = EventKind(
    "measure.merging_undone",
    _("The measure “%(title)s” is no longer part of “%(into)s”: the merge was taken back."),
    public=True,
)
OVERLAP_DECIDED = EventKind(
    "overlap.decided", _("Two measures that may overlap: “%(title)s” and “%(other)s”: %(reason)s")
)
INDICATORS_CHANGED = EventKind(
    "measure.indicators_changed", _("The indicators of “%(title)s” were changed."), seen=True
)
CHANGE_PROPOSED = EventKind("draft.change_proposed", _("A change of “%(title)s” was proposed."))
CHANGE_ACCEPTED = EventKind(
    "draft.change_accepted", _("A proposed change of “%(title)s” was taken as proposed.")
)
CHANGE_ADAPTED = EventKind(
    "draft.change_adapted", _("A proposed change of “%(title)s” was taken in other words.")
)
CHANGE_DECLINED = EventKind(
    "draft.change_declined", _("A proposed change of “%(title)s” was not taken.")
)
REMARK_MADE = EventKind("draft.remark_made", _("There is a remark on “%(title)s”."))
REMARK_SETTLED = EventKind("draft.remark_settled", _("A remark on “%(title)s” was settled."))
OWN_FIELD_ADDED = EventKind("own_field.added", _("Measure sheets ask for “%(label)s” as well."))
OWN_FIELD_CHANGED = EventKind("own_field.changed", _("The own field “%(label)s” was changed."))
OWN_FIELD_RETIRED = EventKind(
    "own_field.retired", _("Measure sheets do not ask for “%(label)s” any more.")
)
