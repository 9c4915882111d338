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


class SpentForm(models.Model):
    """A form of somebody without an account that was sent (abgesandtes Formular).

    One proof of work is worth one form with one content: `digest` is that of the form, `content`
    a keyed one of what was typed. Kept for as long as the form could be sent again, with the
    day alone: nobody can tell from here at what time somebody wrote.
    """

    digest = models.CharField(max_length=64, unique=True)
    content = models.CharField(max_length=64)
    day = models.DateField()

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")

    def __str__(self) -> str:
        return self.digest[:8]


class Rush(models.Model):
    """How many forms came in within one minute (Andrang); no address, nobody to recognise.

    So that a limit holds over all processes and nodes without knowing who sends. Deleted after a
    few minutes.
    """

    scope = models.CharField(max_length=40)
    minute = models.PositiveBigIntegerField()
    sent = models.PositiveIntegerField(default=0)
    slowly = models.PositiveIntegerField(default=0)
    """How many of them without a proof of work: browsers without JavaScript."""

    class Meta:
        verbose_name = _("rush")
        verbose_name_plural = _("rushes")
        constraints = [
            models.UniqueConstraint(fields=["scope", "minute"], name="one_rush_per_minute")
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {self.sent}"
