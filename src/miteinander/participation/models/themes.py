"""Themes: what many contributions are about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import StageThing
from miteinander.process.models import Process


class Theme(StageThing):
    """What many contributions are about (Thema), named by people."""

    KIND = "theme"
    TRANSLATABLE = ("title", "text")

    process = models.ForeignKey(Process, models.PROTECT, related_name="themes")
    text = models.TextField(_("description"), blank=True)
    candidate_field = models.CharField(_("candidate field"), max_length=120, blank=True)
    gathered = models.PositiveIntegerField(default=0, editable=False)
    """How many contributions it holds; kept by actions in the same transaction."""

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
