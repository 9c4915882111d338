"""What stands on a measure sheet besides the columns of the measure."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import Municipality
from miteinander.strategy.models.measures import Measure
from miteinander.strategy.states import OwnFieldKind


class Indicator(models.Model):
    """A number by which one notices that something changes (Indikator): baseline and target."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="indicators")
    title = models.CharField(_("what is counted"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline = models.DecimalField(
        _("baseline"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    baseline_on = models.DateField(_("day of the baseline"), null=True, blank=True)
    target = models.DecimalField(
        _("target value"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    target_by = models.DateField(_("target to be reached by"), null=True, blank=True)
    source = models.CharField(_("where the number comes from"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="indicator_is_reached_after_its_baseline",
                condition=Q(target_by=None)
                | Q(baseline_on=None)
                | Q(target_by__gt=models.F("baseline_on")),
                violation_error_message=_("The target lies before the baseline."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class OwnField(models.Model):
    """What one municipality asks on every measure sheet besides (eigenes Feld)."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="own_fields")
    label = models.CharField(_("label"), max_length=80)
    help_text = models.CharField(_("what to write there"), max_length=200, blank=True)
    field_kind = models.CharField(_("kind"), max_length=8, choices=OwnFieldKind)
    options = models.JSONField(_("options"), default=list, blank=True)
    is_public = models.BooleanField(_("everybody reads it"), default=True)
    position = models.PositiveSmallIntegerField()
    retired_on = models.DateField(null=True, blank=True)
    """It is not asked any more; what was answered stays."""

    class Meta:
        verbose_name = _("own field")
        verbose_name_plural = _("own fields")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label
