"""What the machine proposes for sorting. Nothing is ever sorted by it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.participation.models.contributions import Contribution
from miteinander.participation.models.themes import Theme
from miteinander.process.models import Process


class SuggestionRun(models.Model):
    """The last time the machine was asked about the themes of a process (Vorschlagslauf)."""

    process = models.OneToOneField(
        Process, models.CASCADE, primary_key=True, related_name="suggestion_run"
    )
    sentences = models.JSONField(default=dict)
    """By language: what came out, how sure it is and what it cannot do."""
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("run of suggestions")
        verbose_name_plural = _("runs of suggestions")

    def __str__(self) -> str:
        return f"{self.process_id}"


class ThemeGroup(models.Model):
    """Contributions that use similar words and have no name yet (Gruppe ohne Namen)."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="theme_groups")
    number = models.PositiveSmallIntegerField()
    """The largest is 1."""
    telling = models.JSONField(default=list)
    """Up to three words that tell it from the others, as people wrote them."""

    class Meta:
        verbose_name = _("group without a name")
        verbose_name_plural = _("groups without a name")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}"


class ThemeSuggestion(models.Model):
    """Where the machine would put a contribution (Vorschlag zum Thema), and how sure it is.

    A rejected one stays, so that nobody has to say no twice; the others go with the next run.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="theme_suggestions")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="theme_suggestions")
    theme = models.ForeignKey(
        Theme, models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    group = models.ForeignKey(
        ThemeGroup, models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    probability = models.FloatField(null=True, blank=True)
    """That it is right; None in a group, which nobody has named."""
    is_unsure = models.BooleanField()
    is_rejected = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("suggested theme")
        verbose_name_plural = _("suggested themes")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "theme"], name="one_suggestion_per_contribution_and_theme"
            ),
        ]
        indexes = [
            models.Index(fields=["process", "is_rejected", "is_unsure", "theme", "-contribution"])
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}"
