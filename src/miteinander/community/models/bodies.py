"""Groups that meet and decide, and who sits in them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models.organisations import Organisation, Perspective
from miteinander.community.models.people import Person
from miteinander.community.states import (
    BodyKind,
)
from miteinander.core.models import StageThing


class Body(StageThing):
    """A group that meets and decides (Gremium): steering group, working group, council."""

    KIND = "body"
    TRANSLATABLE = ("title", "text")
    SEARCHED = ("seats__function",)

    body_kind = models.CharField(_("kind"), max_length=24, choices=BodyKind)
    text = models.TextField(_("description"), blank=True)
    correction_days = models.PositiveSmallIntegerField(
        _("days for corrections to minutes"), default=14
    )

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")


class Seat(models.Model):
    """A place in a body (Sitz) that somebody fills for a time and for a perspective."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    function = models.CharField(_("function"), max_length=160)
    perspective = models.ForeignKey(
        Perspective, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    holder = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="seats_held"
    )
    deputy = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="seats_deputised"
    )
    has_voice = models.BooleanField(_("has a voice"), default=True)
    """May speak, propose and object."""
    has_vote = models.BooleanField(_("has a vote"), default=True)
    """Is counted when the body votes; whoever votes may also speak."""
    leads = models.BooleanField(_("leads the body"), default=False)
    absent_from = models.DateField(_("holder absent from"), null=True, blank=True)
    absent_until = models.DateField(_("holder absent until"), null=True, blank=True)
    starts = models.DateField(_("term starts"), null=True, blank=True)
    ends = models.DateField(_("term ends"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_starts",
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gte=F("starts")),
                violation_error_message=_("A term cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="seat_holder_is_not_deputy",
                condition=Q(holder=None) | Q(deputy=None) | ~Q(holder=F("deputy")),
                violation_error_message=_("Nobody can be their own deputy."),
            ),
            models.CheckConstraint(
                name="seat_that_votes_has_a_voice",
                condition=Q(has_voice=True) | Q(has_vote=False),
                violation_error_message=_("A seat that votes also has a voice."),
            ),
        ]

    def __str__(self) -> str:
        return self.function

    def holder_is_absent(self, day: date) -> bool:
        if self.holder_id is None:
            return True
        if self.absent_from is None:
            return False
        return self.absent_from <= day and (self.absent_until is None or day <= self.absent_until)

    def in_term(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )
