"""What a working group handed in at once, as it read then."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import Thing
from miteinander.strategy.models.fields import FieldOfAction
from miteinander.strategy.states import OPENS_AGAIN, HandOverState


class HandOver(models.Model):
    """A field, or goals and measures of it, that a working group hands in together (Abgabe).

    While it lies with the review, nobody changes its wording: each part points to it. Names
    functions and no person.
    """

    KIND: ClassVar[str] = "hand_over"

    field = models.ForeignKey(FieldOfAction, models.PROTECT, related_name="hand_overs")
    state = models.CharField(max_length=10, choices=HandOverState, default=HandOverState.HANDED_IN)
    note = models.TextField(_("word to the review"), blank=True)
    handed_in_at = models.DateTimeField()
    function = models.CharField(max_length=160, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    """Why it was given or taken back, or what was said when it was taken on."""
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_function = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="hand_over_that_came_back_has_a_reason",
                condition=~Q(state__in=sorted(OPENS_AGAIN)) | ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.field_id} {self.state}"

    @property
    def municipality_id(self) -> int:
        """The town's, for the rules; reads the field."""
        return self.field.municipality_id


class HandedPart(models.Model):
    """One text of a hand-over, with its wording when it was handed in (abgegebener Wortlaut).

    Never changed: it is what the review spoke about, whatever is written later.
    """

    hand_over = models.ForeignKey(HandOver, models.CASCADE, related_name="parts")
    thing = models.ForeignKey(Thing, models.PROTECT, related_name="handed_parts")
    words = models.JSONField(default=dict)
    """Every entry as words: name → text."""

    class Meta:
        verbose_name = _("part of a hand-over")
        verbose_name_plural = _("parts of hand-overs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "thing"], name="each_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.thing_id}"
