"""What was said: minutes, what members ask to correct in them, and what was found later."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Person
from miteinander.core.models import StageThing
from miteinander.process.models.meetings import Meeting
from miteinander.process.states import ApprovedBy, CorrectionState, MinutesState


class Minutes(StageThing):
    """What was said and agreed (Protokoll); frozen once the body has approved it.

    `frozen` is the RFC 8785 canonical JSON of everything that the minutes hold at the approval,
    and `checksum` its checksum. From then on the database itself refuses to change the row
    (see ``models.freezing``). It names bodies, organisations and functions, never people.
    """

    KIND = "minutes"
    TRANSLATABLE = ("title", "text")
    SEARCHED = ("remarks__text",)

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    text = models.TextField(_("minutes"))
    """Markdown. What was said to a point of the agenda stands under a heading with its name."""
    state = models.CharField(max_length=8, choices=MinutesState, default=MinutesState.DRAFT)
    handed_round_on = models.DateField(_("handed round on"), null=True, blank=True)
    corrections_until = models.DateField(_("corrections until"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_by = models.CharField(
        _("how they were approved"), max_length=8, choices=ApprovedBy, blank=True
    )
    approved_in = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="minutes_approved"
    )
    """The later meeting in which the body approved them, where it is known."""
    frozen = models.TextField(blank=True, editable=False)
    checksum = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")


class Correction(models.Model):
    """What a member asks to be put differently in draft minutes (Änderungswunsch)."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="corrections")
    passage = models.TextField(_("passage"))
    proposal = models.TextField(_("proposed wording"))
    reason = models.TextField(_("reason"))
    function = models.CharField(_("function"), max_length=160)
    """In which function somebody proposed it; this is what everybody reads."""
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="corrections"
    )
    proposed_at = models.DateTimeField(_("proposed"))
    state = models.CharField(max_length=8, choices=CorrectionState, default=CorrectionState.OPEN)
    response = models.TextField(_("answer"), blank=True)
    settled_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="correction_not_taken_has_an_answer",
                condition=~Q(state=CorrectionState.DECLINED) | ~Q(response=""),
                violation_error_message=_("Please say why the correction is not taken."),
            )
        ]

    def __str__(self) -> str:
        return self.passage[:60]


class Remark(models.Model):
    """What was found after the approval (Nachtrag): dated, beside the minutes, never in them."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="remarks")
    text = models.TextField(_("remark"))
    function = models.CharField(_("function"), max_length=160)
    made_on = models.DateField(_("added on"))

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["made_on", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
