"""Processes and their phases and milestones."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body, Office
from miteinander.core.models import StageThing
from miteinander.process.states import (
    PhaseKind,
    ProcessState,
)


class Process(StageThing):
    """The making of one concept (Prozess), from the mandate to the adoption and beyond."""

    KIND = "process"
    TRANSLATABLE = ("title", "question", "text")
    SEARCHED = ("aims", "phases__title", "milestones__title")

    question = models.CharField(_("core question"), max_length=300)
    text = models.TextField(_("what it is about"), blank=True)
    aims = models.JSONField(_("aims"), default=list, blank=True)
    lead_office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("lead office"), related_name="processes"
    )
    planned_months = models.PositiveSmallIntegerField(_("planned duration in months"))
    starts = models.DateField(_("start"))
    ended = models.DateField(_("actual end"), null=True, blank=True)
    state = models.CharField(max_length=12, choices=ProcessState, default=ProcessState.PREPARING)
    bodies = models.ManyToManyField(Body, related_name="processes", blank=True)
    counts = models.JSONField(_("published figures"), default=dict, blank=True)
    """Figures known from elsewhere, such as participants: {"people": 200, "approx": true}."""
    pattern = models.JSONField(_("template"), default=dict, blank=True, editable=False)
    """What it began with (see `Template`); some of it waits here for the concept."""

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")

    def current_phases(self, day: date) -> list[Phase]:
        """Return the phases that run on a day: one query unless they are prefetched."""
        return [phase for phase in self.phases.all() if phase.runs(day)]

    def permits(self, what: str, day: date) -> bool:
        """Whether any phase that runs on this day permits it; see :meth:`current_phases`."""
        return any(what in phase.permits for phase in self.current_phases(day))


class Phase(models.Model):
    """A stretch of a process (Phase); what it permits is data."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="phases")
    title = models.CharField(_("title"), max_length=120)
    phase_kind = models.CharField(_("kind"), max_length=16, choices=PhaseKind)
    starts = models.DateField(_("start"))
    ends = models.DateField(_("end"), null=True, blank=True)
    precision = models.CharField(max_length=5, default="day")
    permits = models.JSONField(_("permits"), default=list, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_despite = models.TextField(_("reason for closing despite open answers"), blank=True)
    """Public: set when a phase was closed although contributions were unanswered."""

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                name="phase_ends_after_it_starts",
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                violation_error_message=_("A phase cannot end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def runs(self, day: date) -> bool:
        return (
            self.starts <= day
            and (self.ends is None or day <= self.ends)
            and (self.closed_on is None or day <= self.closed_on)
        )

    def is_closed(self) -> bool:
        return self.closed_on is not None


class Milestone(models.Model):
    """A day to be reached (Meilenstein)."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="milestones")
    title = models.CharField(_("title"), max_length=160)
    on = models.DateField(_("date"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.title
