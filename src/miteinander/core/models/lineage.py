from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models.things import Thing


class Relation(models.TextChoices):
    """How one thing led to another; always read from the earlier to the later."""

    GATHERED_IN = "gathered_in", _("gathered in")
    GREW_INTO = "grew_into", _("grew into")
    EVIDENCE_OF = "evidence_of", _("evidence of the need of")
    MERGED_INTO = "merged_into", _("merged into")
    SPLIT_INTO = "split_into", _("split into")
    MOVED_TO = "moved_to", _("moved to")
    BECAME = "became", _("became")
    COLLECTED_BY = "collected_by", _("collected by")
    DISCUSSED_AT = "discussed_at", _("discussed at")
    OBJECTED_BY = "objected_by", _("objected to by")
    FROZEN_IN = "frozen_in", _("frozen in")
    DECIDED_BY = "decided_by", _("decided by")
    REPORTED_IN = "reported_in", _("reported in")
    CONTINUED_AS = "continued_as", _("continued as")


class Link(models.Model):
    """One stitch of the golden thread (roter Faden): *source* led to *target*.

    Written by the operation itself through ``core.lineage.link``. `context` is the meeting,
    body or resolution in which it happened. A stitch is never rewritten; an operation that is
    undone marks it `undone_at`, and readers skip it.
    """

    source = models.ForeignKey(Thing, models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Thing, models.PROTECT, related_name="links_in")
    relation = models.CharField(max_length=16, choices=Relation)
    source_kind = models.CharField(max_length=24)
    target_kind = models.CharField(max_length=24)
    context = models.ForeignKey(Thing, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    note = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "relation"],
                condition=models.Q(undone_at=None),
                name="one_live_link_per_pair_and_relation",
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="no_link_to_itself"
            ),
        ]
        indexes = [
            models.Index(
                fields=["target", "relation", "source_kind", "-happened_on"],
                name="link_upstream",
                condition=models.Q(undone_at=None),
            ),
            models.Index(
                fields=["target", "relation", "source_kind", "happened_on"],
                name="link_origin",
                condition=models.Q(undone_at=None, context__isnull=False),
            ),
            models.Index(
                fields=["source", "relation", "target_kind", "-happened_on"],
                name="link_downstream",
                condition=models.Q(undone_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"


class Tally(models.Model):
    """How many live links of one sort a thing has (Zählung), kept with the links themselves.

    A theme may hold 100,000 contributions: readers must know that *before* they follow, and
    counting them on every page is what makes such pages slow elsewhere.
    """

    thing = models.ForeignKey(Thing, models.CASCADE, related_name="tallies")
    incoming = models.BooleanField()
    relation = models.CharField(max_length=16, choices=Relation)
    kind = models.CharField(max_length=24)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "incoming", "relation", "kind"], name="one_tally_per_sort"
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing_id} {self.relation} {self.kind}: {self.count}"
