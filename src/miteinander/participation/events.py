"""What is remembered of participation. Wordings never hold what somebody wrote."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from miteinander.core.events.kinds import EventKind

CALL_OPENED = EventKind("call.opened", _("New call: %(title)s"), public=True)
CALL_CHANGED = EventKind("call.changed", _("The call “%(title)s” was changed."), public=True)
CALL_PROMISE_MOVED = EventKind(
    "call.promise_moved",
    _("Answers to “%(title)s” are promised by %(now)s now; before, it was %(before)s."),
    public=True,
)
CALL_CODE_RENEWED = EventKind("call.code_renewed", _("The call “%(title)s” has a new code."))

CALL_DRAFT_LAID_OUT = EventKind(
    "call.draft_laid_out", _("A draft to comment on is in “%(title)s”."), public=True
)

CALL_DRAFT_TRANSLATED = EventKind(
    "call.draft_translated", _("The draft in “%(title)s” was translated (%(language)s)."), seen=True
)

CALL_QUESTIONS_SET_UP = EventKind(
    "call.questions_set_up",
    _("How questions from the room are taken in “%(title)s” was set."),
    seen=True,
)
QUESTION_TAKEN_UP = EventKind(
    "question.taken_up", _("A question from the room was taken up: %(title)s"), public=True
)
QUESTION_PUT_BACK = EventKind(
    "question.put_back", _("A question from the room waits again: %(title)s"), seen=True
)

CONTRIBUTION_SUBMITTED = EventKind("contribution.submitted", _("A contribution has come in."))
CONTRIBUTION_RECORDED = EventKind(
    "contribution.recorded", _("A contribution was entered: %(title)s"), public=True
)
CONTRIBUTION_PUBLISHED = EventKind(
    "contribution.published", _("A contribution was published: %(title)s"), public=True
)
CONTRIBUTION_BLACKED_OUT = EventKind(
    "contribution.blacked_out", _("Parts of a contribution were blacked out."), public=True
)
CONTRIBUTION_SHOWN_AGAIN = EventKind(
    "contribution.shown_again",
    _("What had been blacked out in a contribution is shown again."),
    public=True,
)
CONTRIBUTION_KEPT_INTERNAL = EventKind(
    "contribution.kept_internal", _("A contribution stays with the office.")
)
CONTRIBUTION_REFUSED = EventKind(
    "contribution.refused", _("A contribution was not published. Reason: %(reason)s")
)
CONTRIBUTION_RECONSIDERED = EventKind(
    "contribution.reconsidered", _("A contribution was put back to be read once more.")
)
CONTRIBUTION_LANGUAGE_CORRECTED = EventKind(
    "contribution.language_corrected",
    _("The language of a contribution was corrected: %(before)s became %(language)s."),
)
CONTRIBUTION_WITHDRAWN = EventKind(
    "contribution.withdrawn", _("A contribution was withdrawn by its author."), public=True
)
CONTRIBUTION_ENTRY_UNDONE = EventKind(
    "contribution.entry_undone",
    _("A contribution that had been entered by mistake was taken back."),
    public=True,
)
CONTRIBUTION_PICTURE_DESCRIBED = EventKind(
    "contribution.picture_described", _("The picture of a contribution was described.")
)
CONTRIBUTION_PICTURE_LEFT_OUT = EventKind(
    "contribution.picture_left_out", _("A picture was left out of a contribution."), public=True
)
CONTRIBUTIONS_MERGED = EventKind(
    "contributions.merged",
    _("%(count)s contributions were merged into “%(title)s”. Reason: %(reason)s"),
    public=True,
)
CONTRIBUTION_SPLIT = EventKind(
    "contribution.split",
    _("“%(title)s” was split into %(count)s parts. Reason: %(reason)s"),
    public=True,
)
CONTRIBUTION_ANSWERED = EventKind(
    "contribution.answered", _("“%(title)s” has been answered."), public=True
)
CONTRIBUTIONS_ANSWERED = EventKind(
    "contributions.answered", _("%(count)s contributions were answered together."), public=True
)
ANSWER_SUPPLEMENTED = EventKind(
    "answer.supplemented", _("The answer to “%(title)s” has a supplement."), public=True
)
ANSWER_TRANSLATED = EventKind(
    "answer.translated", _("The answer to “%(title)s” was translated (%(language)s)."), seen=True
)

THEME_NAMED = EventKind("theme.named", _("New theme: %(title)s"), public=True)
THEME_RENAMED = EventKind(
    "theme.renamed", _("The theme “%(before)s” is now called “%(title)s”."), public=True
)
THEME_RETIRED = EventKind(
    "theme.retired", _("The theme “%(title)s” was closed. Reason: %(reason)s"), public=True
)
THEME_MOVED = EventKind(
    "theme.moved", _("The theme “%(title)s” went into “%(into)s”. Reason: %(reason)s"), public=True
)
CONTRIBUTIONS_GATHERED = EventKind(
    "contributions.gathered", _("%(count)s contributions were put into “%(title)s”."), public=True
)
CONTRIBUTIONS_RELEASED = EventKind(
    "contributions.released",
    _("%(count)s contributions were taken out of “%(title)s”."),
    public=True,
)
THEME_ANSWERED = EventKind(
    "theme.answered", _("%(count)s contributions to “%(title)s” were answered."), public=True
)
PHASE_CLOSED_DESPITE = EventKind(
    "phase.closed_despite",
    _(
        "The phase “%(phase)s” was closed although %(count)s contributions had no answer. "
        "Reason: %(reason)s"
    ),
    public=True,
)
STATEMENTS_WRITTEN = EventKind(
    "statements.written", _("%(count)s statements were put up for a vote."), public=True
)
STATEMENT_CHANGED = EventKind(
    "statement.changed", _("A statement was worded anew: %(title)s"), public=True
)
STATEMENT_WITHDRAWN = EventKind(
    "statement.withdrawn",
    _("The statement “%(title)s” was taken out. Reason: %(reason)s"),
    public=True,
)
STATEMENT_PROPOSED = EventKind(
    "statement.proposed", _("A proposed statement was put up for a vote: %(title)s"), public=True
)
BALLOTS_ENTERED = EventKind("ballots.entered", _("%(count)s sheets with votes were entered."))
MAP_SETTLED = EventKind(
    "map.settled",
    _("The opinion map is final: %(people)s people cast %(votes)s votes."),
    public=True,
)

SURVEY_BUILT = EventKind("survey.built", _("The questions of “%(title)s” were changed."), seen=True)
SURVEY_CORRECTED = EventKind(
    "survey.corrected",
    _("A wording in “%(title)s” was corrected after answers had come in: %(question)s"),
    public=True,
)
SURVEY_RESULTS_SET = EventKind(
    "survey.results_set", _("It was decided when the results of “%(title)s” are shown."), seen=True
)
SURVEY_RECORDED = EventKind(
    "survey.recorded", _("Answers on paper or by phone were entered: %(title)s")
)
GATHERING_UNDONE = EventKind(
    "contributions.gathering_undone",
    _("Putting %(count)s contributions into “%(title)s” was undone."),
    public=True,
)
RELEASING_UNDONE = EventKind(
    "contributions.releasing_undone",
    _("Taking %(count)s contributions out of “%(title)s” was undone."),
    public=True,
)
MERGING_UNDONE = EventKind(
    "contributions.merging_undone",
    _("Merging %(count)s contributions into “%(title)s” was undone."),
    public=True,
)
SPLITTING_UNDONE = EventKind(
    "contribution.splitting_undone", _("Splitting “%(title)s” was undone."), public=True
)
NAMING_UNDONE = EventKind("theme.naming_undone", _("The new theme “%(title)s” was undone."))
RENAMING_UNDONE = EventKind(
    "theme.renaming_undone",
    _("Undone: the theme is called “%(title)s” again, not “%(before)s”."),
    public=True,
)
CLOSING_UNDONE = EventKind(
    "theme.closing_undone", _("The theme “%(title)s” is open again."), public=True
)
MOVING_UNDONE = EventKind(
    "theme.moving_undone",
    _("Moving the theme “%(title)s” into “%(into)s” was undone."),
    public=True,
)
