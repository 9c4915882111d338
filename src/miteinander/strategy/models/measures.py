"""What shall be different, and the steps towards it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation
from miteinander.core.models import StageThing
from miteinander.strategy.models.concepts import CrossCuttingTheme
from miteinander.strategy.models.fields import FieldOfAction
from miteinander.strategy.states import (
    Effect,
    Funding,
    Horizon,
    LeadState,
    MeasureState,
    Novelty,
    Service,
)

TERMS = ("text", "starts", "ends", "cost_once", "cost_yearly", "staff_need")
"""What a lead may ask to be written differently before it accepts."""
COSTS = ("cost_once", "cost_yearly")


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
    handed_in = models.ForeignKey(
        "strategy.HandOver", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """What it was handed in with; while that lies with the review, nobody changes its wording."""

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")


class Measure(StageThing):
    """One concrete step towards a goal (Maßnahme).

    The state changes only through :mod:`miteinander.strategy.actions`.
    """

    KIND = "measure"
    TRANSLATABLE = ("title", "summary", "text", "first_steps", "risks")
    SEARCHED = ("target_groups", "neighbourhoods", "retired_because")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="measures")
    position = models.PositiveSmallIntegerField()
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
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
    lead_reason = models.TextField(_("reason of the lead"), blank=True)
    """Why it declines, or what should change before it accepts. Everybody can read it."""
    lead_terms = models.JSONField(_("what the lead would accept"), default=dict, blank=True)
    """Columns of the sheet with the words and figures that it asks for (:data:`TERMS`)."""
    lead_note = models.TextField(_("what the lead was told"), blank=True)
    """The answer to its wish, when it is asked again."""
    lead_answered_on = models.DateField(null=True, blank=True)
    partners = models.ManyToManyField(
        Organisation, related_name="measures_joined", blank=True, verbose_name=_("partners")
    )
    starts = models.DateField(_("start"), null=True, blank=True)
    ends = models.DateField(_("end"), null=True, blank=True)
    horizon = models.CharField(_("horizon"), max_length=8, choices=Horizon, blank=True)
    cost_once = models.PositiveIntegerField(_("one-off cost in euros"), null=True, blank=True)
    cost_yearly = models.PositiveIntegerField(_("yearly cost in euros"), null=True, blank=True)
    funding = models.CharField(_("funding"), max_length=20, choices=Funding, blank=True)
    funding_source = models.CharField(_("source of the funding"), max_length=200, blank=True)
    staff_need = models.DecimalField(
        _("staff need in full-time posts"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    novelty = models.CharField(_("new or existing"), max_length=8, choices=Novelty, blank=True)
    service = models.CharField(
        _("mainstream service or bridging offer"), max_length=10, choices=Service, blank=True
    )
    neighbourhoods = models.CharField(_("neighbourhoods"), max_length=300, blank=True)
    """The town's own words, as with target groups; empty where it is for the whole town."""
    risks = models.TextField(_("risks"), blank=True)
    depends_on = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="needed_by",
        blank=True,
        verbose_name=_("depends on"),
    )
    """Never in a circle: the action that writes it refuses one."""
    own = models.JSONField(_("own fields"), default=dict, blank=True)
    """What the municipality asks besides (:class:`OwnField`): its key as text, and the answer."""
    cross_cutting_themes = models.ManyToManyField(
        CrossCuttingTheme,
        related_name="measures",
        blank=True,
        verbose_name=_("cross-cutting themes"),
    )
    is_key = models.BooleanField(_("key measure"), default=False)
    is_quick_win = models.BooleanField(_("quick win"), default=False)
    state = models.CharField(max_length=12, choices=MeasureState, default=MeasureState.DRAFT)
    handed_in = models.ForeignKey(
        "strategy.HandOver", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """What it was handed in with; while that lies with the review, nobody changes its wording."""
    retired_because = models.TextField(_("reason for retiring"), blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.CheckConstraint(
                name="measure_ends_after_it_starts",
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gte=F("starts")),
                violation_error_message=_("A measure cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="measure_needs_no_less_than_nobody",
                condition=Q(staff_need=None) | Q(staff_need__gte=0),
                violation_error_message=_("A staff need cannot be below zero."),
            ),
        ]
