"""What became of a contribution."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.participation.models.contributions import Contribution
from miteinander.participation.states import Outcome


class Answer(models.Model):
    """What became of a contribution (Rückmeldung): the outcome and why."""

    contribution = models.OneToOneField(Contribution, models.PROTECT, related_name="answer")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    reason = models.TextField(_("reason"))
    language = models.CharField(max_length=12, default="de")
    function = models.CharField(max_length=120)
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}"
