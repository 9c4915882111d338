"""The concept as a whole: its chapters and the themes that cut across it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import StageThing
from miteinander.process.models import Process
from miteinander.strategy.states import GENERATED, ChapterKind, ConceptState


class Concept(StageThing):
    """One edition of the concept (Konzept)."""

    KIND = "concept"
    TRANSLATABLE = ("title", "text")

    process = models.OneToOneField(Process, models.PROTECT, related_name="concept")
    text = models.TextField(_("what it is about"), blank=True)
    state = models.CharField(max_length=12, choices=ConceptState, default=ConceptState.DRAFTING)
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")


class Chapter(models.Model):
    """A part of the concept as a document (Kapitel): written, made from the records, or both.

    No thing of its own: what has a lasting address is the version in which it was frozen.
    """

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="chapters")
    position = models.PositiveSmallIntegerField()
    chapter_kind = models.CharField(_("kind"), max_length=16, choices=ChapterKind)
    title = models.CharField(_("heading"), max_length=300, blank=True)
    """Empty: what its kind is called, in the language of the document."""
    text = models.TextField(_("text"), blank=True)
    """Markdown."""
    is_left_out = models.BooleanField(_("left out"), default=False)
    is_example = models.BooleanField(_("example"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "chapter_kind"],
                condition=~Q(chapter_kind=ChapterKind.OWN),
                name="one_chapter_of_each_kind",
            ),
            models.CheckConstraint(
                name="own_chapter_has_a_heading",
                condition=~Q(chapter_kind=ChapterKind.OWN) | ~Q(title=""),
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        return self.title or str(ChapterKind(self.chapter_kind).label)

    @property
    def writes_itself(self) -> bool:
        """Whether something stands in it even without a text."""
        return self.chapter_kind in GENERATED

    @property
    def is_missing(self) -> bool:
        """Whether it belongs to the document and has nothing to say yet."""
        return not (self.is_left_out or self.writes_itself or self.text.strip())


class CrossCuttingTheme(StageThing):
    """A theme over goals and measures (Querschnittsthema), never a field."""

    KIND = "cross_cutting_theme"
    TRANSLATABLE = ("title", "text")

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="cross_cutting_themes")
    text = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("cross-cutting theme")
        verbose_name_plural = _("cross-cutting themes")
