from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models.municipality import Municipality
from miteinander.core.models.people import User
from miteinander.core.models.things import Thing


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Job(models.Model):
    """Work in the background (Auftrag), with an owner and a state that people can see."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, null=True, related_name="jobs")
    name = models.CharField(max_length=80)
    schedule = models.CharField(  # noqa: DJ001 -- NULL is "no schedule", and unique only so
        max_length=80, unique=True, null=True
    )
    """Set on the one row that remembers when a scheduled job ran last."""
    arguments = models.JSONField(default=dict)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="jobs")
    thing = models.ForeignKey(Thing, models.CASCADE, null=True, related_name="jobs")
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    """0 to 100 per cent."""
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [models.Index(fields=["owner", "-queued_at"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
