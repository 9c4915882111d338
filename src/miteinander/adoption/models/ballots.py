"""A question put to the vote of a body: what is asked, who may vote, what was cast.

Who has voted and what was voted are two tables. In an open ballot a paper names the seat it is
of. In a secret one nothing leads from one to the other: no key, no time, no order (see
`actions.casting`), and of the seat at most a perspective that five seats share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.adoption.states import HIGHEST_MARK, BallotState, Method, TieRule
from miteinander.community.models import Body, Person, Seat
from miteinander.core.models import StageThing
from miteinander.process.models import AgendaItem, Process, Resolution
from miteinander.strategy.models import Measure


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing to mark on a paper: the option, the criterion where there are several, a range."""

    key: str
    option: BallotOption
    criterion: str = ""
    highest: int = 1


ENDS = ".,;:!?…"


class Ballot(StageThing):
    """A question put to the vote of a body (Abstimmung), from the draft to the frozen result.

    `content` is RFC 8785 canonical JSON text: what was asked, every paper, the count. It is
    written once, when the ballot is counted. It names bodies and functions, never people.
    """

    KIND = "ballot"
    TRANSLATABLE = ("title", "text")

    process = models.ForeignKey(Process, models.PROTECT, related_name="ballots")
    body = models.ForeignKey(Body, models.PROTECT, related_name="ballots")
    method = models.CharField(_("method"), max_length=12, choices=Method)
    state = models.CharField(max_length=8, choices=BallotState, default=BallotState.DRAFT)
    text = models.TextField(_("what it is about"), blank=True)
    is_secret = models.BooleanField(_("secret"), default=False)
    has_paper = models.BooleanField(_("also on paper"), default=False)
    publishes = models.BooleanField(_("the result is public"), default=True)
    quorum = models.PositiveSmallIntegerField(_("quorum in percent of the seats"), default=50)
    tie_rule = models.CharField(_("rule for equals"), max_length=8, choices=TieRule)
    closes_at = models.DateTimeField(_("ends"))
    rules = models.JSONField(default=dict, blank=True)
    """What a method asks besides: `each`, `most`, `take`; `criteria`; `money`, `posts`."""
    paper_codes = models.JSONField(default=dict, blank=True, editable=False)
    """Codes of the printed papers; in an open ballot each with the elector whose paper it is."""
    papers_counted = models.BooleanField(default=False, editable=False)
    """Whether what came in on paper lies with the other papers."""
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="ballots"
    )
    """The point of a session at which the body votes, where it does so in a session."""
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    content = models.TextField(blank=True, editable=False)
    checksum = models.CharField(max_length=64, blank=True, editable=False)
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="ballots"
    )

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            models.CheckConstraint(name="quorum_is_a_share", condition=Q(quorum__lte=100)),
        ]

    @property
    def criteria(self) -> list[tuple[str, float]]:
        return [(str(name), float(weight)) for name, weight in self.rules.get("criteria", [])]

    @property
    def asks_what_travels(self) -> bool:
        """Out of a secret paper an objection goes along only where its paper allows it."""
        return self.is_secret and self.method == Method.CONSENT

    def is_running(self, at: datetime) -> bool:
        """Whether a voice that is cast now counts."""
        return self.state == BallotState.OPEN and at < self.closes_at

    def cells(self, options: list[BallotOption]) -> Iterator[Cell]:
        """What a paper has to mark, in the order in which it stands there."""
        for option in options:
            key = str(option.position)
            match self.method:
                case Method.CRITERIA:
                    for number, (name, _weight) in enumerate(self.criteria, start=1):
                        yield Cell(f"{key}.{number}", option, name, HIGHEST_MARK)
                case Method.CONSENSING:
                    yield Cell(key, option, highest=HIGHEST_MARK)
                case Method.DOTS:
                    yield Cell(key, option, highest=int(self.rules["most"]))
                case _:
                    yield Cell(key, option)


class BallotOption(models.Model):
    """What can be chosen in a ballot (Wahlmöglichkeit): a measure, or words of its own."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="ballot_options"
    )
    cost = models.PositiveBigIntegerField(null=True, blank=True)
    """In euros."""
    posts = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    """In full-time posts."""

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "position"], name="one_option_per_position"),
            models.UniqueConstraint(fields=["ballot", "title"], name="one_option_per_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Elector(models.Model):
    """A seat that may vote in a ballot (Stimmberechtigung), fixed when the ballot opens.

    Says whether the seat has voted, and in whose hand its voice was: a person has one voice,
    also with two seats. When somebody voted in a secret ballot is not kept.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="electors")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="ballots")
    function = models.CharField(max_length=160)
    institution = models.CharField(max_length=300, blank=True)
    perspective = models.CharField(max_length=300, blank=True)
    has_voted = models.BooleanField(default=False)
    on_paper = models.BooleanField(default=False)
    as_deputy = models.BooleanField(default=False)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="ballots"
    )

    class Meta:
        verbose_name = _("right to vote")
        verbose_name_plural = _("rights to vote")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "seat"], name="one_elector_per_seat"),
            models.UniqueConstraint(
                fields=["ballot", "person"],
                condition=Q(person__isnull=False),
                name="one_voice_per_person",
            ),
        ]

    def __str__(self) -> str:
        return self.function


class CastPaper(models.Model):
    """What was voted (Stimmzettel): marks by cell, reasons by option, under a drawn code."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="papers")
    code = models.CharField(max_length=12)
    elector = models.OneToOneField(
        Elector, models.CASCADE, null=True, blank=True, related_name="paper"
    )
    """In an open ballot only."""
    perspective = models.CharField(max_length=300, blank=True)
    """In a secret ballot: of the seat, where enough seats share it."""
    marks: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    reasons: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    travels = models.BooleanField(default=False)
    """In a secret ballot: whether its objections may go along as minority opinions."""

    class Meta:
        verbose_name = _("voting paper")
        verbose_name_plural = _("voting papers")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "code"], name="one_paper_per_code")
        ]

    def __str__(self) -> str:
        return self.code


class PaperCount(models.Model):
    """What somebody typed in from a printed paper (Zählung); each paper is typed in by two.

    Kept until both agree on every paper; then only the papers remain.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="counts")
    code = models.CharField(max_length=12)
    counter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    marks: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    reasons: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    travels = models.BooleanField(default=False)

    @property
    def said(self) -> tuple[dict[str, Any], dict[str, str], bool]:
        """What was read: two counts are alike when this is.

        Nobody types the same sentence to the letter: what is written large, spaces, and how it
        ends do not make two readings.
        """
        read = {
            key: "".join(reason.casefold().split()).rstrip(ENDS)
            for key, reason in self.reasons.items()
        }
        return self.marks, read, self.travels

    class Meta:
        verbose_name = _("count of a paper")
        verbose_name_plural = _("counts of papers")
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "code", "counter"], name="one_count_per_paper_and_counter"
            )
        ]

    def __str__(self) -> str:
        return self.code
