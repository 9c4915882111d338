"""The overview before the decision: what may overlap."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.strategy.models.concepts import Concept
from miteinander.strategy.models.measures import Measure
from miteinander.strategy.states import OverlapState


class OverlapRun(models.Model):
    """When the measures of an edition were last compared (Vergleichslauf), and how they stood."""

    concept = models.OneToOneField(
        Concept, models.CASCADE, primary_key=True, related_name="overlap_run"
    )
    seen = models.CharField(max_length=60)
    """How many measures there were and how often they had been saved: another mark, new work."""
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("run of the comparison")
        verbose_name_plural = _("runs of the comparison")

    def __str__(self) -> str:
        return f"{self.concept_id}"


class Overlap(models.Model):
    """Two measures of different fields that may be about the same (mögliche Überschneidung).

    What people decided stays, so that nobody has to say it twice; the rest goes with the next run.
    """

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="overlaps")
    first = models.ForeignKey(Measure, models.CASCADE, related_name="+")
    second = models.ForeignKey(Measure, models.CASCADE, related_name="+")
    score = models.FloatField()
    """The probability that both say the same, by their words."""
    why = models.JSONField(default=list)
    """Of “words”, “lead” and “target_groups”, those that they share."""
    groups = models.CharField(max_length=300, blank=True)
    """The target groups that both name."""
    state = models.CharField(max_length=10, choices=OverlapState, default=OverlapState.OPEN)
    word = models.TextField(_("why"), blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("possible overlap")
        verbose_name_plural = _("possible overlaps")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_overlap_of_two_measures"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="overlap_of_two_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"
