"""What shall be different, and the steps towards it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation
from miteinander.core.models import StageThing
from miteinander.strategy.models.concepts import CrossCuttingTheme
from miteinander.strategy.models.fields import FieldOfAction
from miteinander.strategy.states import Effect, Funding, LeadState, MeasureState


class Goal(StageThing):
    """What shall be different (Ziel), why, and how one would notice."""

    KIND = "goal"
    TRANSLATABLE = ("title", "text", "need")
    SEARCHED = ("evidence", "indicator")

    field = models.ForeignKey(FieldOfAction, models.PROTECT, related_name="goals")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("goal in full"), blank=True)
    need = models.TextField(_("need"), blank=True)
    evidence = models.TextField(_("evidence of the need"), blank=True)
    effect = models.CharField(_("kind of effect"), max_length=20, choices=Effect, blank=True)
    indicator = models.CharField(_("indicator"), max_length=300, blank=True)
    no_indicator_reason = models.CharField(
        _("why there is no indicator"), max_length=300, blank=True
    )

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")


class Measure(StageThing):
    """One concrete step towards a goal (Maßnahme).

    The state changes only through :mod:`miteinander.strategy.actions`.
    """

    KIND = "measure"
    TRANSLATABLE = ("title", "text", "first_steps")
    SEARCHED = ("target_groups", "retired_because")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="measures")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("description"), blank=True)
    first_steps = models.TextField(_("first steps"), blank=True)
    target_groups = models.CharField(_("target groups"), max_length=300, blank=True)
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures_led",
        verbose_name=_("lead"),
    )
    lead_state = models.CharField(max_length=10, choices=LeadState, default=LeadState.NONE)
    lead_reason = models.TextField(_("reason for declining"), blank=True)
    lead_answered_on = models.DateField(null=True, blank=True)
    partners = models.ManyToManyField(
        Organisation, related_name="measures_joined", blank=True, verbose_name=_("partners")
    )
    starts = models.DateField(_("start"), null=True, blank=True)
    ends = models.DateField(_("end"), null=True, blank=True)
    cost_once = models.PositiveIntegerField(_("one-off cost in euros"), null=True, blank=True)
    cost_yearly = models.PositiveIntegerField(_("yearly cost in euros"), null=True, blank=True)
    funding = models.CharField(_("funding"), max_length=20, choices=Funding, blank=True)
    cross_cutting_themes = models.ManyToManyField(
        CrossCuttingTheme,
        related_name="measures",
        blank=True,
        verbose_name=_("cross-cutting themes"),
    )
    is_key = models.BooleanField(_("key measure"), default=False)
    is_quick_win = models.BooleanField(_("quick win"), default=False)
    state = models.CharField(max_length=12, choices=MeasureState, default=MeasureState.DRAFT)
    retired_because = models.TextField(_("reason for retiring"), blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.CheckConstraint(
                name="measure_ends_after_it_starts",
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gte=F("starts")),
                violation_error_message=_("A measure cannot end before it starts."),
            )
        ]
