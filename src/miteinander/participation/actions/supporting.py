"""Standing behind what others say: once each, without an account, taken back at any time.

The same for every method of a call: ideas, comments, and questions from the room. Nothing of it
is remembered as an event; what counts is the number, kept with the contribution.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed
from miteinander.participation.actions.carrying import carry_supports, sources_of, targets_of
from miteinander.participation.actions.counting import locked
from miteinander.participation.actions.guards import one_at_a_time
from miteinander.participation.models import Call, Contribution, Participant, Support
from miteinander.participation.states import Allowed, ContributionState


@transaction.atomic
def support(contribution: Contribution, participant: Participant, *, at: datetime) -> bool:
    """Note that somebody stands behind a contribution, also behind their own; twice is once.

    Returns whether it is new. Refused unless it is published and its call is open and allows it.
    """
    contribution = locked(contribution)
    require_supportable(contribution, at=at)
    assert participant.call_id == contribution.call_id, "a participant of this call"
    there = Support.objects.filter(contribution=contribution, participant=participant)
    if there.exists():
        there.update(came_along=False)  # pressed here as well: it stays when a merge is undone
        return False
    Support.objects.create(contribution=contribution, participant=participant)
    Contribution.objects.filter(pk=contribution.pk).update(supports=F("supports") + 1)
    return True


@transaction.atomic
def take_back_support(contribution: Contribution, participant: Participant) -> bool:
    """Take it back, also after the call has closed; returns whether there was one.

    Also from what was merged into it: else it would come along again.
    """
    everywhere = {contribution.pk, *sources_of(contribution.pk)}
    if everywhere > {contribution.pk} or targets_of(everywhere):
        one_at_a_time(contribution.process_id)  # several rows, as when somebody merges them
        everywhere = {contribution.pk, *sources_of(contribution.pk)}
    contribution = locked(contribution)
    rows = Support.objects.filter(contribution__in=everywhere, participant=participant)
    held = set(rows.values_list("contribution_id", flat=True))
    if not held:
        return False
    rows.delete()
    Contribution.objects.filter(pk__in=held).update(supports=F("supports") - 1)
    carry_supports(targets_of(everywhere) - everywhere)
    return True


def require_supportable(contribution: Contribution, *, at: datetime) -> None:
    """Refuse what nobody can stand behind now, and say why: one query for the call."""
    if contribution.state == ContributionState.WITHDRAWN:
        raise Closed(
            _("Its author has taken this contribution back."),
            do=_("There is nothing left to support."),
        )
    if contribution.state != ContributionState.PUBLISHED:
        raise Closed(
            _("This contribution is not published."),
            do=_("Only what everybody can read can be supported."),
        )
    if contribution.is_merged or contribution.is_split:
        raise Closed(
            _("This contribution lives on in another one."),
            do=_("Its page shows in which. Please support that one."),
        )
    asked = [] if contribution.call_id is None else [contribution.call_id]
    call = Call.objects.select_related("phase").filter(pk__in=asked).first()
    if call is None or not call.allowed(Allowed.SUPPORT):
        raise Closed(
            _("This call does not collect support."),
            do=_("You can write a contribution of your own."),
        )
    if not call.is_open(at, localdate(at)):
        raise Closed(
            _("This call is not open now. It takes no support."),
            do=_("You can read everything that was said, and the answers to it."),
        )
