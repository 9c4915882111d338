"""What was decided."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body
from miteinander.core.models import StageThing
from miteinander.process.models.meetings import AgendaItem, Meeting
from miteinander.process.models.processes import Process
from miteinander.process.states import (
    ResolutionKind,
    Result,
)


class Resolution(StageThing):
    """What a body decided (Beschluss). The mandate is the first resolution of a process."""

    KIND = "resolution"
    TRANSLATABLE = ("title", "text")

    process = models.ForeignKey(Process, models.PROTECT, related_name="resolutions")
    body = models.ForeignKey(Body, models.PROTECT, related_name="resolutions")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="resolutions"
    )
    resolution_kind = models.CharField(_("kind"), max_length=12, choices=ResolutionKind)
    text = models.TextField(_("wording"), blank=True)
    result = models.CharField(_("result"), max_length=16, choices=Result)
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")


class Dissent(models.Model):
    """What somebody put on record against a resolution (abweichende Meinung)."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="dissents")
    function = models.CharField(_("whose opinion"), max_length=160)
    """A function or an organisation, never a name."""
    text = models.TextField(_("dissenting opinion"))

    class Meta:
        verbose_name = _("dissenting opinion")
        verbose_name_plural = _("dissenting opinions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.function
