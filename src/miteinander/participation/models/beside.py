"""What can stand beside the words of an idea: a picture, and a place."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.participation.models.contributions import Contribution


class ContributionPicture(models.Model):
    """The picture that came with a contribution (Bild): its pixels, nothing of the file sent.

    Shown once the contribution is published and somebody has said what can be seen; deleted when
    the contribution is refused or withdrawn. Not a picture of the town: those stay for ever.
    """

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="picture")
    alternative_text = models.CharField(_("alternative text"), max_length=400, blank=True)
    language = models.CharField(_("language"), max_length=12, default="de")
    """Of the alternative text."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the largest size, hexadecimal."""
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    small_width = models.PositiveIntegerField()
    small_height = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("picture of a contribution")
        verbose_name_plural = _("pictures of contributions")

    def __str__(self) -> str:
        return self.alternative_text or f"{self.width} × {self.height}"


class _WithoutBytes(models.Manager[Any]):
    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().defer("content")


class ContributionPictureSize(models.Model):
    """The picture of a contribution in one of its widths (Bildgröße eines Beitrags)."""

    picture = models.ForeignKey(ContributionPicture, models.CASCADE, related_name="sizes")
    width = models.PositiveIntegerField()
    content = models.BinaryField()

    objects: ClassVar[models.Manager[Any]] = _WithoutBytes()

    class Meta:
        verbose_name = _("size of a contribution’s picture")
        verbose_name_plural = _("sizes of contributions’ pictures")
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "width"], name="one_contribution_picture_size_per_width"
            )
        ]

    def __str__(self) -> str:
        return str(self.width)


class ContributionPlace(models.Model):
    """Where a contribution belongs (Ort): in the town's words, in the author's, or as a point."""

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="place")
    neighbourhood = models.CharField(_("neighbourhood"), max_length=120, blank=True)
    words = models.CharField(_("where exactly"), max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    """Rounded to three places, about 100 metres."""

    class Meta:
        verbose_name = _("place of a contribution")
        verbose_name_plural = _("places of contributions")
        constraints = [
            models.CheckConstraint(
                name="contribution_place_is_a_point_or_none",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
            ),
            models.CheckConstraint(
                name="contribution_place_says_something",
                condition=~Q(neighbourhood="", words="", latitude=None),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.neighbourhood, self.words) if part)
