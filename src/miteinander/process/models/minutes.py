"""What was said and agreed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import StageThing
from miteinander.process.models.meetings import Meeting
from miteinander.process.states import (
    MinutesState,
)


class Minutes(StageThing):
    """What was said and agreed (Protokoll); frozen once the body has approved it."""

    KIND = "minutes"
    TRANSLATABLE = ("title", "text")

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    text = models.TextField(_("minutes"))
    state = models.CharField(max_length=8, choices=MinutesState, default=MinutesState.DRAFT)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")


class Task(models.Model):
    """Something agreed in a meeting (Aufgabe), with an owner and a deadline."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks")
    what = models.CharField(_("what"), max_length=300)
    owner_function = models.CharField(_("who"), max_length=160)
    due = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.what
