"""What was said before: one row for each save that changed something."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import Thing
from miteinander.strategy.models.concepts import Chapter
from miteinander.strategy.models.fields import FieldOfAction
from miteinander.strategy.models.measures import Goal, Measure

Draft = FieldOfAction | Goal | Measure | Chapter
"""What is written together, has a history, and is merged."""


class Wording(models.Model):
    """What a field, goal, measure or chapter said from one save on (Wortlaut).

    Never changed and never deleted. Names a function and no person: who it was stands, erasable,
    with the event. Members of the concept read it; the public reads frozen versions.
    """

    thing = models.ForeignKey(Thing, models.PROTECT, null=True, blank=True, related_name="wordings")
    chapter = models.ForeignKey(
        Chapter, models.PROTECT, null=True, blank=True, related_name="wordings"
    )
    revision = models.PositiveIntegerField()
    """The one that an editor sees who opens the form now."""
    at = models.DateTimeField()
    function = models.CharField(max_length=120, blank=True)
    """Empty where it was found as it was when its history began."""
    words = models.JSONField(default=dict)
    """Entries that this save changed, as words: name → text. The first row has all of them."""

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["revision", "pk"]
        constraints = [
            models.CheckConstraint(
                name="wording_is_of_one_draft",
                condition=Q(thing=None, chapter__isnull=False)
                | Q(thing__isnull=False, chapter=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing_id or self.chapter_id} #{self.revision}"


def place_of(row: Draft) -> dict[str, int]:
    """How rows that hang on a draft point to it: by its thing, or by the chapter."""
    return {"chapter_id": row.pk} if isinstance(row, Chapter) else {"thing_id": row.pk}
