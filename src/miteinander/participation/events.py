"""What is remembered of participation. Wordings never hold what somebody wrote."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from miteinander.core.events.kinds import EventKind

CALL_OPENED = EventKind("call.opened", _("New call: %(title)s"), public=True)
CALL_CHANGED = EventKind("call.changed", _("The call “%(title)s” was changed."), public=True)

CONTRIBUTION_SUBMITTED = EventKind("contribution.submitted", _("A contribution has come in."))
CONTRIBUTION_RECORDED = EventKind(
    "contribution.recorded", _("A contribution was entered: %(title)s"), public=True
)
CONTRIBUTION_PUBLISHED = EventKind(
    "contribution.published", _("A contribution was published: %(title)s"), public=True
)
CONTRIBUTION_KEPT_INTERNAL = EventKind(
    "contribution.kept_internal", _("A contribution stays with the office.")
)
CONTRIBUTION_REFUSED = EventKind(
    "contribution.refused", _("A contribution was not published. Reason: %(reason)s")
)
CONTRIBUTION_WITHDRAWN = EventKind(
    "contribution.withdrawn", _("A contribution was withdrawn by its author."), public=True
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
