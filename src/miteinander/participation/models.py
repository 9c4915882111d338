"""What people say and what they hear back: calls, contributions, themes, answers."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import StageThing, Thing
from miteinander.participation.states import COUNTED, Channel, ContributionState, Outcome
from miteinander.process.models import Meeting, Phase, Process


class Call(StageThing):
    """A question put to somebody for a time (Beteiligungsaufruf)."""

    KIND = "call"
    TRANSLATABLE = ("title", "question", "text")

    process = models.ForeignKey(Process, models.PROTECT, related_name="calls")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="calls")
    question = models.CharField(_("question"), max_length=300)
    text = models.TextField(_("what it is about"), blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    answer_by = models.DateField(_("answers until"))
    ways = models.JSONField(_("other ways to answer"), default=list, blank=True)
    """Beside the form: a list of {"title": "On paper", "text": "Cards in the libraries"}."""

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("A call cannot close before it opens."),
            )
        ]

    def is_open(self, at: datetime, day: date) -> bool:
        """Within its time, and its phase permits contributions; reads `phase` (select it)."""
        return (
            self.opens_at <= at < self.closes_at
            and self.phase.runs(day)
            and "contribute" in self.phase.permits
        )


class Theme(StageThing):
    """What many contributions are about (Thema), named by people."""

    KIND = "theme"
    TRANSLATABLE = ("title", "text")

    process = models.ForeignKey(Process, models.PROTECT, related_name="themes")
    text = models.TextField(_("description"), blank=True)
    candidate_field = models.CharField(_("candidate field"), max_length=120, blank=True)
    gathered = models.PositiveIntegerField(default=0, editable=False)
    """How many contributions it holds; kept by actions in the same transaction."""

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Contribution(StageThing):
    """What somebody said (Beitrag): online, on a card, on paper, by phone.

    `title` is a short beginning of the text for lists; the author's words are `text` and are
    never edited. Nothing is stored about who sent it; the receipt's hash is the only key.
    """

    KIND = "contribution"
    TRANSLATABLE = ("text",)

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
            models.Index(fields=["process", "is_counted", "is_answered", "-thing_ptr"]),
            models.Index(fields=["process", "is_counted", "theme", "-thing_ptr"]),
        ]


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


class CardRow(models.Model):
    """A card of a meeting that was typed into a table, and the contribution it became (Karte).

    By its number a card is known again when the table is read a second time: it is entered once,
    and a text that was changed since is shown instead of being entered beside the first.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="card_rows")
    call = models.ForeignKey(Call, models.CASCADE, related_name="card_rows")
    number = models.PositiveIntegerField(_("number of the card"))
    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="card_row")

    class Meta:
        verbose_name = _("card of a table")
        verbose_name_plural = _("cards of tables")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "call", "number"], name="one_card_per_number"
            )
        ]

    def __str__(self) -> str:
        return str(self.number)


class Answer(models.Model):
    """What became of a contribution (Rückmeldung): the outcome and why."""

    contribution = models.OneToOneField(Contribution, models.PROTECT, related_name="answer")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    reason = models.TextField(_("reason"))
    language = models.CharField(max_length=12, default="de")
    function = models.CharField(max_length=120)
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}"
