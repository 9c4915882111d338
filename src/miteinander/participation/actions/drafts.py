"""Answers to a survey that were begun and never sent: kept as long as they are of use."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from miteinander.participation.models import Participant, SurveyResponse
from miteinander.participation.states import ResponseState

KEPT = timedelta(days=14)
"""After the survey has closed: until then, whoever holds the code can read what they had begun."""


def has_old_drafts(at: datetime) -> bool:
    """Whether there is something to let go of: two queries at most."""
    return _never_sent(at).exists() or _changed_unsent(at).exists()


@transaction.atomic
def forget_drafts(*, at: datetime) -> int:
    """Delete what nobody can send any more, with whoever began it; how many there were.

    Of answers that were sent and changed afterwards without sending, only the change goes.
    """
    begun = Participant.objects.filter(pk__in=_never_sent(at).values("participant"))
    _rows, kinds = begun.delete()
    return kinds.get(Participant._meta.label, 0) + _changed_unsent(at).update(draft={})


def _never_sent(at: datetime) -> QuerySet[SurveyResponse]:
    return SurveyResponse.objects.filter(state=ResponseState.DRAFT, call__closes_at__lt=at - KEPT)


def _changed_unsent(at: datetime) -> QuerySet[SurveyResponse]:
    sent = SurveyResponse.objects.filter(state=ResponseState.SENT, call__closes_at__lt=at - KEPT)
    return sent.exclude(draft={})
