from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models.things import Thing


class TranslationState(models.TextChoices):
    MACHINE = "machine", _("machine translation")
    CHECKED = "checked", _("checked")
    APPROVED = "approved", _("approved")
    OUTDATED = "outdated", _("outdated")


class Translation(models.Model):
    """One field of one thing in one further language (Übersetzung).

    The original stays on the thing and is authoritative. `source_hash` is that of the original
    when this was written: when it differs, the translation is outdated, whatever `state` says.
    Easy Language is the language ``de-x-leicht``.
    """

    thing = models.ForeignKey(Thing, models.CASCADE, related_name="translations")
    field = models.CharField(max_length=32)
    language = models.CharField(max_length=12)
    text = models.TextField()
    state = models.CharField(max_length=12, choices=TranslationState)
    source_hash = models.CharField(max_length=16)
    function = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "field", "language"], name="one_translation_per_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing_id}.{self.field} [{self.language}]"
