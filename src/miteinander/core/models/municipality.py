from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """The tenant: a town or district (Kommune) that owns everything below it."""

    name = models.CharField(_("name"), max_length=120)
    host = models.CharField(
        _("host name"),
        max_length=253,
        unique=True,
        null=True,
        blank=True,
        help_text=_("Empty where the installation serves a single municipality."),
    )
    official_key = models.CharField(_("official municipality key"), max_length=12, blank=True)
    state = models.CharField(_("federal state"), max_length=2, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#0f4c55",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$")],
    )
    crest = models.ForeignKey(
        "core.Attachment",
        models.SET_NULL,
        verbose_name=_("crest"),
        null=True,
        blank=True,
        related_name="+",
    )
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    guest_months = models.PositiveSmallIntegerField(
        _("months after which guests are forgotten"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    """So long after a meeting the names of its guests are kept; that somebody came stays."""
    is_example = models.BooleanField(_("example installation"), default=False)
    public_version = models.PositiveBigIntegerField(default=1, editable=False)
    """Advanced by every public event; the page cache hangs on it."""

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self) -> str:
        return self.name
