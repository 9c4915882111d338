"""Comments: contributions to what somebody else said, one level deep; and answers for them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed
from miteinander.core.events.record import record
from miteinander.core.standing import Standing
from miteinander.participation.actions.clock import count_days
from miteinander.participation.actions.counting import Recount, locked, settle
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.actions.replies import Reply, give
from miteinander.participation.models import Answer, Call, Contribution
from miteinander.participation.states import Allowed, ContributionState


def require_commentable(contribution: Contribution, call: Call) -> None:
    """Refuse what cannot be commented on now, and say why; looks at the row as it is now."""
    contribution = Contribution.objects.get(pk=contribution.pk)
    assert contribution.call_id == call.pk, "a comment belongs to the call of what it is about"
    kept = _("What you typed is kept below. You can send it as a contribution of your own.")
    if not call.allowed(Allowed.COMMENTS):
        raise Closed(_("This call does not take comments."), do=kept)
    if contribution.replies_to_id is not None:
        raise Closed(
            _("This is a comment itself."),
            do=_("Please comment on the contribution that it is about. What you typed is kept."),
        )
    if contribution.state == ContributionState.WITHDRAWN:
        raise Closed(_("Its author has taken this contribution back."), do=kept)
    if contribution.state != ContributionState.PUBLISHED:
        raise Closed(_("This contribution is not published."), do=kept)
    if contribution.is_merged or contribution.is_split:
        raise Closed(_("This contribution lives on in another one."), do=kept)


@transaction.atomic
def answer_comments(contribution: Contribution, *, by: Standing, at: datetime) -> int:
    """Give the comments on an answered contribution its answer, as far as they have none.

    Returns how many. Pressed twice, the second time changes nothing.
    """
    contribution = locked(contribution)
    answer = Answer.objects.filter(contribution=contribution).first()
    if answer is None:
        raise Closed(
            _("This contribution has not been answered yet."),
            do=_("Answer it first. Its comments can then get the same answer."),
        )
    found = Contribution.objects.select_related("call").select_for_update(of=("self",))
    waiting = found.filter(
        replies_to=contribution, is_counted=True, is_answered=False, is_merged=False, is_split=False
    )
    recount = Recount()
    comments = list(waiting.order_by("pk"))
    the_same = Reply.of(answer)
    for comment in comments:
        give(comment, the_same, recount, by=by, at=at)
        when = told_at(contribution.call, at)
        record("contribution.answered", comment, by=by, at=when, data={"outcome": answer.outcome})
    settle([comment.pk for comment in comments], recount)
    recount.write()
    count_days(comments, at=at)
    return len(comments)
