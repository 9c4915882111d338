from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpentLink(models.Model):
    """A signed link that was used (verbrauchter Link); the unique digest stops a replay."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("spent link")
        verbose_name_plural = _("spent links")

    def __str__(self) -> str:
        return self.digest[:8]
