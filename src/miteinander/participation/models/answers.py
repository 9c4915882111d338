"""What became of a contribution, what was added later, and what it says in other languages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation
from miteinander.core.models import Municipality, Thing, TranslationState
from miteinander.core.translation import source_hash
from miteinander.participation.models.contributions import Contribution
from miteinander.participation.states import Outcome


class Said(models.Model):
    """A text of the office that stands as it was given; by its wording translations find it."""

    language = models.CharField(max_length=12, default="de")
    wording = models.CharField(max_length=16, default="", editable=False, db_index=True)
    """The hash of the text: an answer given to forty people is translated once."""
    function = models.CharField(max_length=120)

    TEXT = ""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.wording = source_hash(getattr(self, self.TEXT))
        super().save(*args, **kwargs)


class Answer(Said):
    """What became of a contribution (Rückmeldung): the outcome and why."""

    TEXT = "reason"

    contribution = models.OneToOneField(Contribution, models.PROTECT, related_name="answer")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    reason = models.TextField(_("reason"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    """Whose business it is, where it is somebody else's and they are in the register."""
    business_of = models.CharField(_("whose business it is"), max_length=200, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}"


class AnswerSupplement(Said):
    """What was added to an answer later (Nachtrag zur Rückmeldung); nothing is rewritten."""

    TEXT = "text"

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="supplements")
    text = models.TextField(_("supplement"))
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("supplement to an answer")
        verbose_name_plural = _("supplements to answers")
        ordering = ("added_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "wording"], name="one_supplement_of_a_wording_per_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{localdate(self.added_at)}"


class AnswerTranslation(models.Model):
    """A wording of answers in one further language (Übersetzung einer Rückmeldung).

    It hangs on the wording and not on one answer. Answers are not rewritten, so it never ages.
    """

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="answer_translations"
    )
    wording = models.CharField(max_length=16)
    language = models.CharField(max_length=12)
    text = models.TextField(_("text"))
    state = models.CharField(max_length=12, choices=TranslationState)
    function = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("translation of an answer")
        verbose_name_plural = _("translations of answers")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "wording", "language"],
                name="one_translation_per_wording_of_answers",
            )
        ]

    def __str__(self) -> str:
        return f"{self.wording} [{self.language}]"


class AnswerDays(models.Model):
    """How many answers took how many days (Antwortdauer), for a process or a call.

    Kept when an answer is given, so that a page says the median without reading 100,000 rows.
    """

    scope = models.ForeignKey(Thing, models.CASCADE, related_name="answer_days")
    days = models.PositiveIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("duration of answers")
        verbose_name_plural = _("durations of answers")
        constraints = [
            models.UniqueConstraint(fields=["scope", "days"], name="one_count_per_answer_duration")
        ]

    def __str__(self) -> str:
        return f"{self.scope_id} {self.days}: {self.count}"


class TextBlock(models.Model):
    """A wording that answers often need (Textbaustein), kept by the town.

    Given up rather than deleted: a colleague may have it open in a form.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="text_blocks")
    title = models.CharField(_("name"), max_length=120)
    text = models.TextField(_("text"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    """The outcome that it usually goes with."""
    language = models.CharField(_("language"), max_length=12, default="de")
    retired_on = models.DateField(_("given up on"), null=True, blank=True)

    class Meta:
        verbose_name = _("text block")
        verbose_name_plural = _("text blocks")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "language", "title"],
                condition=Q(retired_on=None),
                name="one_text_block_of_a_name",
            )
        ]

    def __str__(self) -> str:
        return self.title
