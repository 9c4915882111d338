"""Documents that are taken over into a concept, and what is remembered of them afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Incoming, IncomingLine
from miteinander.core.models import Job, Thing
from miteinander.strategy.models.concepts import Concept
from miteinander.strategy.states import LineKind, LineOutcome


class ConceptImport(Incoming):
    """A document that somebody sent in, with its preview (Einlesen): theirs, and not for long."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="imports")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="concept_imports"
    )
    digest = models.CharField(max_length=64)
    structure = models.JSONField(default=dict)
    """How it was understood: kinds of headings, labels, what was left aside."""
    same = models.JSONField(default=dict)
    """Entries of which somebody said which thing of the concept they are."""
    remarks = models.JSONField(default=list)
    """What was not understood, each with its place."""
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="concept_imports")

    class Meta(Incoming.Meta):
        verbose_name = _("imported document")
        verbose_name_plural = _("imported documents")


class ConceptLine(IncomingLine):
    """One field, goal or measure of an imported document (Eintrag): a proposal, nothing more."""

    concept_import = models.ForeignKey(ConceptImport, models.CASCADE, related_name="lines")
    subject = models.CharField(max_length=8, choices=LineKind)
    parent = models.PositiveIntegerField(null=True)
    """The position of the entry to which it belongs."""
    number = models.CharField(max_length=16, blank=True)
    """As the document has it."""
    place = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=LineOutcome)
    decision = models.CharField(max_length=8, blank=True)
    """“new”, “take”, “leave”, or nothing."""

    class Meta(IncomingLine.Meta):
        verbose_name = _("entry of a document")
        verbose_name_plural = _("entries of documents")
        indexes = [models.Index(fields=["concept_import", "outcome", "position"])]


class ConceptSource(models.Model):
    """A document from which a concept took something in (Quelle): its name and its digest."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="sources")
    name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    mapping = models.JSONField(default=dict)
    """What was said that its headings and labels mean: the next edition of it is read alike."""
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("source of a concept")
        verbose_name_plural = _("sources of concepts")
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class SourcePart(models.Model):
    """Where in a document a field, goal or measure stands (Fundstelle), and what it said there.

    By it the same document is known again, and a later edit here is told from one there.
    """

    source = models.ForeignKey(ConceptSource, models.CASCADE, related_name="parts")
    thing = models.OneToOneField(Thing, models.CASCADE, related_name="source_part")
    number = models.CharField(max_length=16, blank=True)
    key = models.CharField(max_length=300)
    """The title as it stands there, folded."""
    said = models.JSONField(default=dict)
    place = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("place in a document")
        verbose_name_plural = _("places in documents")
        indexes = [models.Index(fields=["source", "key"])]

    def __str__(self) -> str:
        return self.key
