"""Who is at a draft just now."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import Thing
from miteinander.strategy.models.concepts import Chapter


class Presence(models.Model):
    """Where somebody writes just now (Anwesenheit): one row of each person, gone after minutes.

    Nothing is remembered: the row moves along with the person, and no event tells of it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="presence"
    )
    thing = models.ForeignKey(Thing, models.CASCADE, null=True, blank=True, related_name="+")
    chapter = models.ForeignKey(Chapter, models.CASCADE, null=True, blank=True, related_name="+")
    function = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.CheckConstraint(
                name="presence_is_in_one_place",
                condition=Q(thing=None, chapter__isnull=False)
                | Q(thing__isnull=False, chapter=None),
            )
        ]

    def __str__(self) -> str:
        return self.function
