"""From review to resolution: voices of seats, objections, frozen versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.adoption.models.ballots import Ballot, BallotOption
from miteinander.adoption.states import Choice, ObjectionState, VersionState
from miteinander.community.models import Seat
from miteinander.core.models import StageThing
from miteinander.process.models import Resolution
from miteinander.strategy.models import Concept, Measure


class Voice(models.Model):
    """One seat's word on one measure (Stimme): one per seat, whoever casts it."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="voices")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="voices")
    choice = models.CharField(_("voice"), max_length=8, choices=Choice)
    as_deputy = models.BooleanField(default=False)
    cast_at = models.DateTimeField()

    class Meta:
        verbose_name = _("voice")
        verbose_name_plural = _("voices")
        constraints = [
            models.UniqueConstraint(fields=["measure", "seat"], name="one_voice_per_seat")
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.choice}"


class Objection(StageThing):
    """A seat objects, with a reason (Einwand); it travels with the measure to the council.

    What a ballot put in words of its own has no measure: there it stands beside the ballot. Out
    of a secret ballot it has no seat.
    """

    KIND = "objection"
    TRANSLATABLE = ("reason", "response")

    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="objections"
    )
    option = models.ForeignKey(
        BallotOption, models.PROTECT, null=True, blank=True, related_name="objections"
    )
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="objections")
    reason = models.TextField(_("reason"))
    response = models.TextField(_("response"), blank=True)
    state = models.CharField(max_length=10, choices=ObjectionState, default=ObjectionState.OPEN)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            models.CheckConstraint(
                name="objection_to_a_measure_or_an_option",
                condition=Q(measure__isnull=False, option__isnull=True)
                | Q(measure__isnull=True, option__isnull=False),
            ),
        ]

    @property
    def beside(self) -> Measure | Ballot:
        """The measure, or the ballot, that it stands beside."""
        if self.measure is not None:
            return self.measure
        assert self.option is not None
        return self.option.ballot

    @property
    def subject(self) -> str:
        """What it speaks against."""
        if self.measure is not None:
            return f"{self.measure.number} {self.measure.title}".strip()
        return str(self.option)

    @property
    def speaker(self) -> str:
        """The function of the seat; the title says it where there is no seat."""
        return self.seat.function if self.seat is not None else self.title


class ConceptVersion(StageThing):
    """The concept as it stood at one moment (Fassung), frozen with a checksum.

    `content` is RFC 8785 canonical JSON text and is never rewritten. It names bodies,
    organisations and functions, never people.
    """

    KIND = "version"

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="versions")
    edition = models.PositiveSmallIntegerField(_("number of the version"))
    content = models.TextField(editable=False)
    checksum = models.CharField(max_length=64, editable=False)
    frozen_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=VersionState, default=VersionState.FROZEN)
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="versions"
    )

    class Meta:
        verbose_name = _("version of the concept")
        verbose_name_plural = _("versions of the concept")
        constraints = [
            models.UniqueConstraint(fields=["concept", "edition"], name="one_edition_number")
        ]
