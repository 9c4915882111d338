"""Statements, votes on them, and the opinion map that was drawn from the votes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import StageThing
from miteinander.participation.models.calls import Call
from miteinander.participation.models.contributions import Contribution
from miteinander.participation.models.participants import Participant
from miteinander.participation.states import Stance, StatementState


class Statement(StageThing):
    """A short sentence to agree or disagree with (These); its title is the whole of it.

    The wording changes until the first vote. Afterwards it can only be taken out, with a reason,
    and another one put in its place: votes are about words.
    """

    KIND = "statement"
    TRANSLATABLE = ("title",)

    call = models.ForeignKey(Call, models.PROTECT, related_name="statements")
    order = models.PositiveIntegerField(_("number"))
    """In its call, from 1; stands on paper, so it is never given twice."""
    state = models.CharField(max_length=10, choices=StatementState, default=StatementState.OPEN)
    withdrawn_because = models.TextField(_("reason for taking it out"), blank=True)
    contribution = models.OneToOneField(
        Contribution, models.PROTECT, null=True, blank=True, related_name="statement"
    )
    """The proposal that it grew from; none for what the office wrote."""

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [
            models.UniqueConstraint(fields=["call", "order"], name="one_statement_per_number"),
            models.CheckConstraint(
                name="statement_taken_out_with_a_reason",
                condition=Q(state=StatementState.OPEN, withdrawn_because="")
                | (Q(state=StatementState.WITHDRAWN) & ~Q(withdrawn_because="")),
            ),
        ]


class Vote(models.Model):
    """What somebody says to a statement (Stimme): agree, disagree, pass.

    No time: the day on which somebody began stands with the participant, and nothing finer.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="votes")
    value = models.SmallIntegerField(_("vote"), choices=Stance)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement"], name="one_vote_per_statement"
            ),
            models.CheckConstraint(
                name="vote_is_a_stance", condition=Q(value__in=[int(s) for s in Stance])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.value}"


class KeptMap(models.Model):
    """The opinion map of a call as it was drawn last (Meinungskarte), and what goes with it.

    Drawn by the worker: pages only show it. `shown` holds what everybody may read, with small
    numbers left out; `parameters` is what the choice of the next statement needs; `places` says
    who stands where, so that the next picture is turned like this one, and leaves no page.
    """

    call = models.OneToOneField(Call, models.CASCADE, related_name="kept_map")
    drawn_at = models.DateTimeField()
    tally = models.CharField(max_length=120)
    """The votes it was drawn from, in a few sums: another one means that votes have changed."""
    digest = models.CharField(max_length=64)
    """SHA-256 over those votes without who gave them: the exported file has the same."""
    shown = models.JSONField(default=dict)
    parameters = models.JSONField(default=dict)
    places = models.JSONField(default=dict)
    is_final = models.BooleanField(default=False)
    """The call is over; it is not drawn again."""

    class Meta:
        verbose_name = _("opinion map")
        verbose_name_plural = _("opinion maps")

    def __str__(self) -> str:
        return f"{self.call_id}: {localdate(self.drawn_at)}"
