"""The parts of life into which a concept is divided."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body
from miteinander.core.models import StageThing
from miteinander.strategy.models.concepts import Concept
from miteinander.strategy.states import FieldState


class FieldOfAction(StageThing):
    """A part of life in which something shall happen (Handlungsfeld)."""

    KIND = "field"
    TRANSLATABLE = ("title", "scope", "guiding_goal")
    SEARCHED = ("retired_because",)

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="fields")
    working_group = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fields",
        verbose_name=_("working group"),
    )
    position = models.PositiveSmallIntegerField(default=0)
    scope = models.TextField(_("scope"), blank=True)
    guiding_goal = models.TextField(_("guiding goal"), blank=True)
    state = models.CharField(max_length=10, choices=FieldState, default=FieldState.CANDIDATE)
    handed_in = models.ForeignKey(
        "strategy.HandOver", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """What it was handed in with; while that lies with the review, nobody changes its wording."""
    retired_because = models.TextField(_("reason for retiring"), blank=True)

    class Meta:
        verbose_name = _("field of action")
        verbose_name_plural = _("fields of action")
