"""A draft on which people comment, paragraph by paragraph."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.participation.models.calls import Call
from miteinander.participation.models.contributions import Contribution


class Passage(models.Model):
    """A heading, a paragraph or a point of a list in a draft (Absatz eines Entwurfs).

    Its number is its address. It stays as it is from the first comment on, so that a comment
    always stands beside the words that it is about.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="passages")
    number = models.PositiveIntegerField(_("number"))
    level = models.PositiveSmallIntegerField(default=0)
    """Of a heading, from 1; 0 is text."""
    mark = models.CharField(max_length=8, blank=True)
    """What stands before a point of a list: “–” or “3.”."""
    text = models.TextField(_("wording"))

    class Meta:
        verbose_name = _("passage of a draft")
        verbose_name_plural = _("passages of a draft")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_passage_per_number")
        ]

    def __str__(self) -> str:
        return self.text[:90]


class PassageTranslation(models.Model):
    """A passage in one further language (Übersetzung eines Absatzes).

    Checked by whoever writes it. It goes with its passage when another draft is laid out, so it
    never ages.
    """

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("translation of a passage")
        verbose_name_plural = _("translations of passages")
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "language"], name="one_translation_per_passage"
            )
        ]

    def __str__(self) -> str:
        return self.text[:90]


class PassageComment(models.Model):
    """What a contribution says about a passage: which words it means, and how they could read.

    The remark itself is the text of the contribution; where somebody only proposes a wording,
    that is the text. Like the text, both vanish when the author takes the contribution back.
    """

    contribution = models.OneToOneField(
        Contribution, models.CASCADE, related_name="passage_comment"
    )
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="comments")
    quote = models.TextField(_("which words"), blank=True)
    proposal = models.TextField(_("another wording"), blank=True)

    class Meta:
        verbose_name = _("comment on a passage")
        verbose_name_plural = _("comments on passages")

    def __str__(self) -> str:
        return str(self.contribution_id)

    @property
    def is_only_a_proposal(self) -> bool:
        """Reads `contribution` (select it): nothing is said besides the new wording."""
        return bool(self.proposal) and self.contribution.text == self.proposal
