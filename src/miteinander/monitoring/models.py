"""What became of the measures: status reports by those responsible."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import StageThing
from miteinander.monitoring.states import Light
from miteinander.strategy.models import Measure


class StatusReport(StageThing):
    """What the lead says about a measure (Umsetzungsstand) at one moment."""

    KIND = "report"
    TRANSLATABLE = ("text", "next_step")

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="reports")
    light = models.CharField(_("status"), max_length=12, choices=Light)
    text = models.TextField(_("what has happened"), blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    function = models.CharField(max_length=160)
    reported_at = models.DateTimeField()
    is_latest = models.BooleanField(default=True)
    """Kept by the reporting action, so that lists need no subquery."""

    class Meta:
        verbose_name = _("status report")
        verbose_name_plural = _("status reports")
        constraints = [
            models.UniqueConstraint(
                fields=["measure"],
                condition=models.Q(is_latest=True),
                name="one_latest_report_per_measure",
            )
        ]
        indexes = [models.Index(fields=["measure", "-reported_at"])]
