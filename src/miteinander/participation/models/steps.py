"""Steps of sorting that can be taken back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import Event
from miteinander.process.models import Process


class SortingStep(models.Model):
    """An operation of sorting that can be undone (Sortierschritt).

    The event says what happened, when and in which function; here is only what stood before.
    No words of contributions: they would outlive a withdrawal.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="sorting_steps")
    event = models.OneToOneField(Event, models.PROTECT, related_name="sorting_step")
    before = models.JSONField(default=dict)
    """By kind: keys of contributions with their former theme, or the former names of a theme."""
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("step of sorting")
        verbose_name_plural = _("steps of sorting")
        indexes = [models.Index(fields=["process", "-id"])]

    def __str__(self) -> str:
        return f"{self.pk}"
