"""What can happen between review and resolution."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from miteinander.core.events.kinds import EventKind

VOICE_CAST = EventKind("voice.cast", _("%(seat)s has spoken on “%(title)s”."))
OBJECTION_RAISED = EventKind(
    "objection.raised", _("%(seat)s objects to “%(measure)s”."), public=True
)
OBJECTION_ANSWERED = EventKind(
    "objection.answered", _("The objection of %(seat)s was answered."), public=True
)
OBJECTION_WITHDRAWN = EventKind(
    "objection.withdrawn", _("%(seat)s has withdrawn the objection."), public=True
)
OBJECTION_CARRIED = EventKind(
    "objection.carried",
    _("The objection of %(seat)s travels along as a minority opinion."),
    public=True,
)
VERSION_FROZEN = EventKind(
    "version.frozen", _("“%(title)s” was frozen, with the checksum %(checksum)s."), public=True
)
VERSION_ADOPTED = EventKind(
    "version.adopted", _("“%(title)s” was adopted by %(body)s."), public=True
)
BALLOT_PREPARED = EventKind("ballot.prepared", _("The ballot “%(title)s” is being prepared."))
BALLOT_CHANGED = EventKind("ballot.changed", _("The ballot “%(title)s” was changed."))
BALLOT_PLACED = EventKind(
    "ballot.placed", _("The ballot “%(title)s” is on the agenda of “%(meeting)s”.")
)
BALLOT_OPENED = EventKind(
    "ballot.opened", _("The ballot “%(title)s” is open; %(seats)s seats may vote.")
)
BALLOT_CAST = EventKind("ballot.cast", _("%(seat)s has voted in “%(title)s”."))
BALLOT_PAPERS = EventKind("ballot.papers", _("%(count)s papers were handed out for “%(title)s”."))
BALLOT_PAPERS_COUNTED = EventKind(
    "ballot.papers_counted", _("%(count)s papers of “%(title)s” were counted by two.")
)
BALLOT_CLOSED = EventKind(
    "ballot.closed",
    _("The ballot “%(title)s” was counted, with the checksum %(checksum)s."),
    public=True,
)
BALLOT_DECIDED = EventKind(
    "ballot.decided", _("A resolution was recorded for the ballot “%(title)s”."), public=True
)
