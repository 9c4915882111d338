from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from miteinander.core.identifiers import new_identifier
from miteinander.core.models.municipality import Municipality
from miteinander.core.models.things import Thing

WIDTHS = (480, 960, 1600)
CREST_WIDTHS = (96, 480)
"""In which widths, in pixels, pictures and crests are kept; never larger than they came."""


class _WithoutBytes(models.Manager[Any]):
    """Lists of files show names and sizes; who needs the bytes of one asks for them."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().defer("content")


class Attachment(models.Model):
    """A file that belongs to the town (Anhang): a picture, its crest, a document that was built.

    The bytes lie in the database, so that one backup holds everything and every node sees the
    same (docs/decisions/0052). They never change: a better file is another attachment, and so an
    address with an identifier may be kept by browsers for ever. Of a picture these are the bytes
    of its largest size, without anything that the camera wrote into it.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="attachments")
    thing = models.ForeignKey(
        Thing, models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    """What it was made for, where it belongs to one thing alone (a built document)."""
    identifier = models.CharField(
        max_length=12, unique=True, default=new_identifier, editable=False
    )
    name = models.CharField(_("file name"), max_length=160)
    media_type = models.CharField(_("media type"), max_length=80)
    digest = models.CharField(max_length=64)
    """SHA-256 of `content`, hexadecimal."""
    size = models.PositiveIntegerField(_("size"))
    """In bytes."""
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    """In pixels; only pictures have them."""
    alternative_text = models.CharField(_("alternative text"), max_length=400, blank=True)
    language = models.CharField(_("language"), max_length=12, default="de")
    """Of the alternative text."""
    is_decorative = models.BooleanField(_("only decoration"), default=False)
    is_example = models.BooleanField(_("example"), default=False)
    created_at = models.DateTimeField()
    content = models.BinaryField()

    objects: ClassVar[models.Manager[Attachment]] = _WithoutBytes()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [models.Index(fields=["municipality", "-created_at"])]
        constraints = [
            models.CheckConstraint(
                name="picture_is_described_or_decorative",
                condition=models.Q(width=None)
                | models.Q(is_decorative=True, alternative_text="")
                | (models.Q(is_decorative=False) & ~models.Q(alternative_text="")),
                violation_error_message=_("A picture needs an alternative text."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.width is not None

    @property
    def widths(self) -> list[int]:
        """In which widths there is an address, the smallest first."""
        wanted = CREST_WIDTHS if self.media_type == "image/png" else WIDTHS
        return sorted({min(width, self.width or 0) for width in wanted})

    def address(self, width: int) -> str:
        """Where the picture lies in this width, or in the next larger one that there is."""
        fitting = next((own for own in self.widths if own >= width), self.widths[-1])
        return reverse("picture", args=[self.identifier, fitting, self.suffix])

    @property
    def suffix(self) -> str:
        """“webp”, “png”, “pdf”: what stands behind the dot in addresses."""
        return self.media_type.rsplit("/", 1)[-1]


class Rendition(models.Model):
    """A picture in one of its smaller sizes (Bildgröße); the largest lies with the attachment."""

    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="renditions")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    objects: ClassVar[models.Manager[Rendition]] = _WithoutBytes()

    class Meta:
        verbose_name = _("picture size")
        verbose_name_plural = _("picture sizes")
        ordering = ["width"]
        constraints = [
            models.UniqueConstraint(fields=["attachment", "width"], name="one_rendition_per_width")
        ]

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"
