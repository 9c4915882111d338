"""Why contributions are not published, in the town's own words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import Municipality


class RefusalReasons(models.Model):
    """The short reasons from which the office chooses (Gründe): one list for each town."""

    municipality = models.OneToOneField(
        Municipality, models.CASCADE, related_name="refusal_reasons"
    )
    lines = models.JSONField(_("short reasons"), default=list)

    class Meta:
        verbose_name = _("short reasons of a town")
        verbose_name_plural = _("short reasons of towns")

    def __str__(self) -> str:
        return str(self.municipality)
