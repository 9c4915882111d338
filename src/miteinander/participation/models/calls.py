"""Calls: a question, put to somebody, for a time."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import StageThing
from miteinander.process.models import Phase, Process


class Call(StageThing):
    """A question put to somebody for a time (Beteiligungsaufruf)."""

    KIND = "call"
    TRANSLATABLE = ("title", "question", "text")

    process = models.ForeignKey(Process, models.PROTECT, related_name="calls")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="calls")
    question = models.CharField(_("question"), max_length=300)
    text = models.TextField(_("what it is about"), blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    answer_by = models.DateField(_("answers until"))
    ways = models.JSONField(_("other ways to answer"), default=list, blank=True)
    """Beside the form: a list of {"title": "On paper", "text": "Cards in the libraries"}."""

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("A call cannot close before it opens."),
            )
        ]

    def is_open(self, at: datetime, day: date) -> bool:
        """Within its time, and its phase permits contributions; reads `phase` (select it)."""
        return (
            self.opens_at <= at < self.closes_at
            and self.phase.runs(day)
            and "contribute" in self.phase.permits
        )
