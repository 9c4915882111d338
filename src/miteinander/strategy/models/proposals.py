"""What somebody would put differently, or remarks, about a passage of a draft."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Person
from miteinander.core.models import Thing
from miteinander.strategy.models.concepts import Chapter
from miteinander.strategy.states import ProposalState


class ChangeProposal(models.Model):
    """What a member proposes or remarks about a passage of a draft (Änderungsvorschlag).

    It means words and not a place: they are sought in the text as it is now, so that it follows
    edits; where they are gone, that is said. Members read it, with functions and no names.
    """

    thing = models.ForeignKey(
        Thing, models.PROTECT, null=True, blank=True, related_name="change_proposals"
    )
    chapter = models.ForeignKey(
        Chapter, models.PROTECT, null=True, blank=True, related_name="change_proposals"
    )
    entry = models.CharField(max_length=24)
    """Which text of the draft it is about."""
    passage = models.TextField(_("these words"), blank=True)
    """Empty where there was no text yet."""
    proposal = models.TextField(_("proposed wording"), blank=True)
    """Empty where the words shall go, or where it is only a remark."""
    is_remark = models.BooleanField(_("only a remark"), default=False)
    reason = models.TextField(_("reason"))
    function = models.CharField(_("function"), max_length=160, blank=True)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="change_proposals"
    )
    proposed_at = models.DateTimeField(_("proposed"))
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.OPEN)
    words_taken = models.TextField(_("words that were taken"), blank=True)
    response = models.TextField(_("answer"), blank=True)
    settled_at = models.DateTimeField(_("answered"), null=True, blank=True)
    settled_function = models.CharField(max_length=160, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When those who write the text were told of it by mail."""
    answer_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When its author was told of the answer."""

    class Meta:
        verbose_name = _("change proposal")
        verbose_name_plural = _("change proposals")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="change_proposal_is_about_one_draft",
                condition=Q(thing=None, chapter__isnull=False)
                | Q(thing__isnull=False, chapter=None),
            ),
            models.CheckConstraint(
                name="change_proposal_not_taken_has_an_answer",
                condition=Q(state__in=(ProposalState.OPEN, ProposalState.ACCEPTED))
                | ~Q(response=""),
            ),
        ]

    def __str__(self) -> str:
        return self.passage[:60] or self.reason[:60]
