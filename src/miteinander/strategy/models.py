"""The concept itself: fields of action, goals, measures, cross-cutting themes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body, Organisation
from miteinander.core.models import StageThing
from miteinander.process.models import Process
from miteinander.strategy.states import (
    GENERATED,
    ChapterKind,
    ConceptState,
    Effect,
    FieldState,
    Funding,
    LeadState,
    MeasureState,
)


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


class FieldOfAction(StageThing):
    """A part of life in which something shall happen (Handlungsfeld)."""

    KIND = "field"
    TRANSLATABLE = ("title", "scope", "guiding_goal")
    SEARCHED = ("retired_because",)

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="fields")
    working_group = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="fields"
    )
    position = models.PositiveSmallIntegerField(default=0)
    scope = models.TextField(_("scope"), blank=True)
    guiding_goal = models.TextField(_("guiding goal"), blank=True)
    state = models.CharField(max_length=10, choices=FieldState, default=FieldState.CANDIDATE)
    retired_because = models.TextField(_("reason for retiring"), blank=True)

    class Meta:
        verbose_name = _("field of action")
        verbose_name_plural = _("fields of action")


class Goal(StageThing):
    """What shall be different (Ziel), why, and how one would notice."""

    KIND = "goal"
    TRANSLATABLE = ("title", "text", "need")
    SEARCHED = ("evidence", "indicator")

    field = models.ForeignKey(FieldOfAction, models.PROTECT, related_name="goals")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("goal in full"), blank=True)
    need = models.TextField(_("need"), blank=True)
    evidence = models.TextField(_("evidence of the need"), blank=True)
    effect = models.CharField(_("kind of effect"), max_length=20, choices=Effect, blank=True)
    indicator = models.CharField(_("indicator"), max_length=300, blank=True)
    no_indicator_reason = models.CharField(
        _("why there is no indicator"), max_length=300, blank=True
    )

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")


class Measure(StageThing):
    """One concrete step towards a goal (Maßnahme).

    The state changes only through :mod:`miteinander.strategy.actions`.
    """

    KIND = "measure"
    TRANSLATABLE = ("title", "text", "first_steps")
    SEARCHED = ("target_groups", "retired_because")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="measures")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("description"), blank=True)
    first_steps = models.TextField(_("first steps"), blank=True)
    target_groups = models.CharField(_("target groups"), max_length=300, blank=True)
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures_led",
        verbose_name=_("lead"),
    )
    lead_state = models.CharField(max_length=10, choices=LeadState, default=LeadState.NONE)
    lead_reason = models.TextField(_("reason for declining"), blank=True)
    lead_answered_on = models.DateField(null=True, blank=True)
    partners = models.ManyToManyField(
        Organisation, related_name="measures_joined", blank=True, verbose_name=_("partners")
    )
    starts = models.DateField(_("start"), null=True, blank=True)
    ends = models.DateField(_("end"), null=True, blank=True)
    cost_once = models.PositiveIntegerField(_("one-off cost in euros"), null=True, blank=True)
    cost_yearly = models.PositiveIntegerField(_("yearly cost in euros"), null=True, blank=True)
    funding = models.CharField(_("funding"), max_length=20, choices=Funding, blank=True)
    cross_cutting_themes = models.ManyToManyField(
        CrossCuttingTheme,
        related_name="measures",
        blank=True,
        verbose_name=_("cross-cutting themes"),
    )
    is_key = models.BooleanField(_("key measure"), default=False)
    is_quick_win = models.BooleanField(_("quick win"), default=False)
    state = models.CharField(max_length=12, choices=MeasureState, default=MeasureState.DRAFT)
    retired_because = models.TextField(_("reason for retiring"), blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.CheckConstraint(
                name="measure_ends_after_it_starts",
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gte=F("starts")),
                violation_error_message=_("A measure cannot end before it starts."),
            )
        ]
