"""Somebody has read it: published, kept with the office, or refused with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import advance_public_version, record
from miteinander.core.standing import Standing
from miteinander.participation.actions.appearing import appears_to_all
from miteinander.participation.actions.beside import drop_pictures, require_described
from miteinander.participation.actions.counting import Recount, locked, settle
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.models import Contribution
from miteinander.participation.states import ROADS, ContributionState


@transaction.atomic
def publish_contribution(contribution: Contribution, *, by: Standing, at: datetime) -> Contribution:
    """Show it to whoever may see its call; refused when its author wants only the office to."""
    if not contribution.may_publish:
        raise Closed(
            _("Its author wants only the office to read this."),
            do=_("Keep it with the office. It will be answered all the same."),
        )
    require_described(contribution)
    return _moderate(
        contribution, ContributionState.PUBLISHED, "contribution.published", by=by, at=at
    )


@transaction.atomic
def keep_internal(contribution: Contribution, *, by: Standing, at: datetime) -> Contribution:
    """Work with it and answer it, but do not show it."""
    return _moderate(
        contribution, ContributionState.INTERNAL, "contribution.kept_internal", by=by, at=at
    )


@transaction.atomic
def refuse_contribution(
    contribution: Contribution, *, reason: str, by: Standing, at: datetime
) -> Contribution:
    """Do not publish it and do not work with it; the author reads why under the receipt."""
    reason = reason.strip()
    if not reason:
        raise Invalid({"reason": _("Please give the reason. The author will read it.")})
    return _moderate(
        contribution,
        ContributionState.REFUSED,
        "contribution.refused",
        by=by,
        at=at,
        refusal=reason,
    )


def _moderate(
    contribution: Contribution,
    state: ContributionState,
    event: str,
    *,
    by: Standing,
    at: datetime,
    refusal: str = "",
) -> Contribution:
    contribution = locked(contribution)
    if contribution.state == state:
        return contribution  # pressed twice
    if state not in ROADS[contribution.state]:
        raise Closed(
            _("This contribution is in the state “%(state)s” now.")
            % {"state": contribution.get_state_display()},
            do=_("Somebody may have been faster. Please reload the list."),
        )
    recount = Recount()
    public = state == ContributionState.PUBLISHED and appears_to_all(
        contribution.process, contribution.call
    )
    vanishes = contribution.is_public and not public
    recount.change(contribution, state=state, is_public=public, refusal=refusal)
    contribution.refresh_from_db(fields=["is_counted"])
    settle([contribution.pk], recount)
    recount.write()
    if state == ContributionState.REFUSED:
        drop_pictures([contribution])
    record(
        event,
        contribution,
        by=by,
        at=told_at(contribution.call, at),
        data={"reason": refusal} if refusal else {},
    )
    if vanishes:
        advance_public_version(contribution.municipality_id)
    return contribution
