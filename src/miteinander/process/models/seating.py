"""Who sits at which table."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Person
from miteinander.process.models.meetings import Meeting
from miteinander.process.states import Leaning, PlanState, SeatedFrom


class TablePlan(models.Model):
    """Who sits at which table in which round (Tischplan); for the people there, never public."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="table_plans")
    title = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("who is seated"), max_length=8, choices=SeatedFrom)
    tables = models.PositiveSmallIntegerField(_("tables"))
    rounds = models.PositiveSmallIntegerField(_("rounds"), default=1)
    mix = models.JSONField(default=list, blank=True)
    """Characteristics of which every table shall have its share."""
    keeps_apart = models.BooleanField(_("at most two of one organisation at a table"), default=True)
    leaning = models.CharField(
        _("what comes first"), max_length=8, choices=Leaning, default=Leaning.BALANCED
    )
    state = models.CharField(max_length=8, choices=PlanState, default=PlanState.WAITING)
    trouble = models.TextField(blank=True)
    """Why it could not be computed, in a sentence for people."""
    history = models.JSONField(default=list, blank=True)
    """What was changed by hand, the latest last: where everybody of the round sat before."""
    revision = models.PositiveIntegerField(default=0)
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("table plan")
        verbose_name_plural = _("table plans")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_plan_has_tables_and_rounds", condition=Q(tables__gte=1, rounds__gte=1)
            )
        ]

    def __str__(self) -> str:
        return self.title


class Guest(models.Model):
    """Somebody who is seated (Gast am Tisch), and where."""

    plan = models.ForeignKey(TablePlan, models.CASCADE, related_name="guests")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=160, blank=True)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    values = models.JSONField(default=dict)
    """The value of each characteristic, as far as it is known."""
    seats = models.JSONField(default=list, blank=True)
    """The table, from 1, in each round."""
    came_late = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("guest at a table")
        verbose_name_plural = _("guests at tables")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class SeatingWish(models.Model):
    """Two people who shall sit together, or shall not (Sitzwunsch)."""

    plan = models.ForeignKey(TablePlan, models.CASCADE, related_name="wishes")
    one = models.ForeignKey(Guest, models.CASCADE, related_name="+")
    other = models.ForeignKey(Guest, models.CASCADE, related_name="+")
    together = models.BooleanField()

    class Meta:
        verbose_name = _("seating wish")
        verbose_name_plural = _("seating wishes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="a_wish_is_about_two", condition=~Q(one=models.F("other"))),
            models.UniqueConstraint(fields=["plan", "one", "other"], name="one_wish_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {'+' if self.together else '–'} {self.other_id}"
