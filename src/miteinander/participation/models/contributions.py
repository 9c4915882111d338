"""Contributions, and how many of each sort there are."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import StageThing, Thing
from miteinander.participation.models.calls import Call
from miteinander.participation.models.themes import Theme
from miteinander.participation.states import COUNTED, Channel, ContributionState
from miteinander.process.models import Meeting, Process


class Contribution(StageThing):
    """What somebody said (Beitrag): online, on a card, on paper, by phone.

    `title` is a short beginning of the text for lists; the author's words are `text` and are
    never edited. Only names and the like may be blacked out in them (see `BlackedOut`). Nothing
    is stored about who sent it; the receipt's hash is the only key.
    """

    KIND = "contribution"
    TRANSLATABLE = ("text",)
    FOUND_INSIDE = True
    FOUND_IN = ("process_id", "listed_in")

    process = models.ForeignKey(Process, models.PROTECT, related_name="contributions")
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    replies_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    """A comment is a contribution to a contribution: read first and answered like every other."""
    supports = models.PositiveIntegerField(default=0, editable=False)
    """How many stand behind it; kept by the action that notes each, in the same transaction."""
    text = models.TextField(_("contribution"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.ONLINE)
    may_publish = models.BooleanField(_("others may read it"), default=True)
    state = models.CharField(
        max_length=10, choices=ContributionState, default=ContributionState.SUBMITTED
    )
    refusal = models.TextField(_("reason for not publishing"), blank=True)
    receipt_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 -- cards have no receipt; NULLs do not collide
    is_counted = models.GeneratedField(
        expression=Q(state__in=[str(s) for s in COUNTED]),  # type: ignore[arg-type]  # the stubs forget that a Q is an expression
        output_field=models.BooleanField(),
        db_persist=True,
    )
    """It is worked with and must be answered; computed by the database from the state."""
    is_answered = models.BooleanField(default=False, editable=False)
    is_merged = models.BooleanField(default=False, editable=False)
    """It lives on in another contribution and is answered there."""
    is_split = models.BooleanField(default=False, editable=False)
    """It lives on in its parts and is answered there."""
    is_part = models.BooleanField(default=False, editable=False)
    """It was cut out of another contribution: answered by itself, not counted as received."""

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        indexes = [
            models.Index(fields=["call", "state", "-thing_ptr"]),
            models.Index(fields=["theme", "state", "-thing_ptr"]),
            models.Index(fields=["process", "state", "-thing_ptr"]),
            models.Index(fields=["process", "-thing_ptr"]),
            models.Index(fields=["process", "is_counted", "is_answered", "-thing_ptr"]),
            models.Index(fields=["process", "is_counted", "theme", "-thing_ptr"]),
        ]

    @property
    def listed_in(self) -> int | None:
        """The call in whose list it stands: a comment stands below what it is about."""
        return self.call_id if self.replies_to_id is None else None


class ContributionCount(models.Model):
    """How many contributions of one sort a process, call or theme has (Beitragszähler).

    Kept in the transaction that changes a contribution, so that no page ever counts 100,000
    rows to say one number.
    """

    scope = models.ForeignKey(Thing, models.CASCADE, related_name="contribution_counts")
    state = models.CharField(max_length=10, choices=ContributionState)
    is_answered = models.BooleanField()
    is_part = models.BooleanField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of contributions")
        verbose_name_plural = _("counts of contributions")
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "state", "is_answered", "is_part"],
                name="one_contribution_count_per_sort",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope_id} {self.state}: {self.count}"
