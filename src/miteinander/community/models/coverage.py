"""Who should be at the table, and the figures of who is, as they were released."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.models.people import Person
from miteinander.community.states import CoverageKind, TargetUnit
from miteinander.core.models import Municipality, Thing


class Target(models.Model):
    """Whom a municipality wants at the table, for one characteristic (Soll)."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="targets")
    kind = models.CharField(_("characteristic"), max_length=16, choices=CoverageKind)
    unit = models.CharField(_("entered"), max_length=8, choices=TargetUnit)
    source = models.CharField(_("source"), max_length=300)
    """Where the shares come from: the town's statistics, or a decision."""
    set_on = models.DateField(_("set on"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind"], name="one_target_per_kind")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class TargetShare(models.Model):
    """One value of a target and how much of the whole it should be."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="shares")
    word = models.CharField(_("value"), max_length=120)
    """A perspective's number, a language's tag, else the municipality's own word."""
    amount = models.DecimalField(_("share"), max_digits=10, decimal_places=2)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("target share")
        verbose_name_plural = _("target shares")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["target", "word"], name="one_share_per_value"),
            models.CheckConstraint(
                name="target_share_is_not_negative",
                condition=models.Q(amount__gte=0),
                violation_error_message=_("A share cannot be below 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.amount}"


class Figures(models.Model):
    """Figures about people that may be shown (Stand), counted once and then left alone.

    New figures of the same people are kept only when nobody can compute a small number from
    both (decision 86); until then these are shown, with their day. They are about a body, a
    meeting or the pool of a draw; without a `scope` about everybody who sits in any body.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="figures")
    scope = models.ForeignKey(Thing, models.CASCADE, null=True, blank=True, related_name="figures")
    kind = models.CharField(_("characteristic"), max_length=16, choices=CoverageKind)
    counted_on = models.DateField(_("as of"))
    counts = models.JSONField(default=dict)
    """Value → people; None where a small number would show. Nothing that is withheld is kept."""
    few = models.JSONField(default=list)
    """The values that are withheld because they are small themselves."""
    known = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField(null=True, blank=True)
    people_count = models.PositiveIntegerField()
    """Who was counted then, known or not; more than there are rows once somebody went."""

    class Meta:
        verbose_name = _("figures")
        verbose_name_plural = _("figures")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["municipality", "kind", "scope"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.counted_on}"


class CountedPerson(models.Model):
    """That somebody is in some figures, and with which value.

    Needed to see whether newer figures would tell on somebody. Goes with the person, and as soon
    as they change or erase what they said.
    """

    figures = models.ForeignKey(Figures, models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, models.CASCADE, related_name="counted_in")
    word = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("counted person")
        verbose_name_plural = _("counted people")
        constraints = [
            models.UniqueConstraint(fields=["figures", "person"], name="counted_once_per_figures")
        ]

    def __str__(self) -> str:
        return f"{self.figures_id}"
