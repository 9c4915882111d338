"""That somebody was told by mail: remembered in the transaction that writes the mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from miteinander.strategy.models import ChangeProposal


def note_told(proposals: Iterable[ChangeProposal], *, at: datetime) -> None:
    """Those who write the text know of these."""
    ChangeProposal.objects.filter(pk__in=[one.pk for one in proposals]).update(told_at=at)


def note_answers_told(proposals: Iterable[ChangeProposal], *, at: datetime) -> None:
    """Their authors know of the answers."""
    ChangeProposal.objects.filter(pk__in=[one.pk for one in proposals]).update(answer_told_at=at)
