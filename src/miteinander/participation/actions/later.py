"""After it was sent: somebody adds to it, was a moment too late, or wants all of it gone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed
from miteinander.core.standing import Standing
from miteinander.participation.actions.counting import locked
from miteinander.participation.actions.receipts import receipt_code
from miteinander.participation.actions.receiving import take_in, withdraw_contribution
from miteinander.participation.actions.words import cleaned, recognised
from miteinander.participation.models import (
    Addition,
    AnswerNotice,
    Call,
    Contribution,
    LateContribution,
)
from miteinander.participation.states import ContributionState

LATE = timedelta(hours=48)


def takes_late(call: Call, at: datetime) -> bool:
    """Whether somebody who was still writing when a call closed can send it to the office.

    Whoever was asked may: whether that is somebody, the address of the call has checked.
    """
    return call.closes_at <= at < call.closes_at + LATE


def submit_late(
    call: Call,
    *,
    text: str,
    form_key: str,
    by: Standing,
    at: datetime,
    page_language: str = "de",
) -> tuple[Contribution, str]:
    """Take in what was being written when the call closed: for the office, with a receipt.

    It is never published: everybody else kept to the end. It counts and is answered like all.
    """
    text = cleaned(text)
    language = recognised(text, otherwise=page_language)
    code = receipt_code(form_key, str(call.pk), text, "late")
    with transaction.atomic():
        call = Call.objects.select_related("phase").get(pk=call.pk)
        found = take_in(
            call,
            text=text,
            language=language,
            may_publish=False,
            code=code,
            by=by,
            at=at,
            state=ContributionState.INTERNAL,
            check=_require_late,
        )
        LateContribution.objects.get_or_create(contribution=found)
    return found, code


def _require_late(call: Call, at: datetime) -> None:
    if not takes_late(call, at):
        raise Closed(
            _("This call has been closed for more than two days, or it is not closed yet."),
            do=_("You can still write to the office. What you typed is kept: please copy it."),
        )


def can_be_added_to(contribution: Contribution) -> bool:
    """Whether its author may still add something; reads `call` and whether there is an answer."""
    return (
        contribution.call_id is not None
        and not contribution.is_answered
        and contribution.state
        not in {ContributionState.WITHDRAWN.value, ContributionState.REFUSED.value}
    )


def add_to_contribution(
    contribution: Contribution,
    *,
    text: str,
    form_key: str,
    by: Standing,
    at: datetime,
    page_language: str = "de",
) -> Contribution:
    """Add a further contribution to one's own: found under the same receipt.

    While the call is open it is read like every other and published if the first one may be;
    afterwards it is for the office only. What has been answered takes no addition: the answer
    would not be about it.
    """
    text = cleaned(text)
    language = recognised(text, otherwise=page_language)
    code = receipt_code(form_key, str(contribution.pk), text, "added")
    with transaction.atomic():
        contribution = locked(contribution)
        if not can_be_added_to(contribution):
            raise Closed(
                _("Nothing can be added to this contribution any more."),
                do=_("Please hand in what you want to say as a contribution of its own."),
            )
        assert contribution.call_id is not None, "checked above"
        call = Call.objects.select_related("phase").get(pk=contribution.call_id)
        is_open = call.is_open(at, localdate(at))
        found = take_in(
            call,
            text=text,
            language=language,
            may_publish=contribution.may_publish and is_open,
            code=code,
            by=by,
            at=at,
            state=ContributionState.SUBMITTED if is_open else ContributionState.INTERNAL,
            check=None,
        )
        Addition.objects.get_or_create(contribution=found, defaults={"adds_to_id": contribution.pk})
    return found


@transaction.atomic
def erase_contribution(contribution: Contribution, *, by: Standing, at: datetime) -> None:
    """Let go of everything that hangs on a receipt; afterwards its code opens nothing.

    The words of the contribution and of what was added to it, the address for the answer, and
    what is left of the code. What stays is an empty place that nobody can connect with anybody.
    """
    added = list(Contribution.objects.filter(addition__adds_to=contribution).order_by("pk"))
    for row in (contribution, *added):
        gone = withdraw_contribution(row, by=by, at=at)
        Contribution.objects.filter(pk=gone.pk).update(receipt_hash=None)
    AnswerNotice.objects.filter(contribution=contribution).delete()
    Addition.objects.filter(adds_to=contribution).delete()


@transaction.atomic
def withdraw_with_additions(contribution: Contribution, *, by: Standing, at: datetime) -> None:
    """Take back the words of a contribution and of what its author added; the receipt stays."""
    added = list(Contribution.objects.filter(addition__adds_to=contribution).order_by("pk"))
    for row in (contribution, *added):
        withdraw_contribution(row, by=by, at=at)
    AnswerNotice.objects.filter(contribution=contribution).delete()
