from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models.things import Thing


class BuiltDocument(models.Model):
    """A file made from something that no longer changes (Ausfertigung): a version as a PDF.

    Made once by the worker and kept: the same thing, format and language are the same bytes for
    ever, whatever a later release would make of them. Lies in the database, so that one backup
    holds it and every node has it.
    """

    thing = models.ForeignKey(Thing, models.PROTECT, related_name="built_documents")
    format = models.CharField(max_length=8)
    language = models.CharField(max_length=12)
    """Of headings and labels; texts stay as they were written."""
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the content, in hexadecimal digits."""
    size = models.PositiveIntegerField()
    missing = models.JSONField(default=list)
    """Characters that no font of ours has: {"character", "name", "where", "times"}."""
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("built document")
        verbose_name_plural = _("built documents")
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "format", "language"], name="one_built_document_of_each_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.format} ({self.language})"
