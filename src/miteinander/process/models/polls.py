"""Finding a date together, before there is a meeting."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body, Person, Seat
from miteinander.process.models.meetings import Meeting
from miteinander.process.models.processes import Process
from miteinander.process.states import Availability, PollState


class DatePoll(models.Model):
    """When can we meet? (Terminumfrage): days with times, put to the seats of a body."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="polls")
    body = models.ForeignKey(Body, models.PROTECT, related_name="polls", verbose_name=_("body"))
    title = models.CharField(_("name of the meeting"), max_length=200)
    text = models.TextField(_("what it is about"), blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    closes_on = models.DateField(_("answers until"))
    state = models.CharField(max_length=8, choices=PollState, default=PollState.OPEN)
    meeting = models.OneToOneField(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="poll"
    )
    """The meeting that came of it."""
    asked_at = models.DateTimeField(_("asked"))
    language = models.CharField(_("language"), max_length=12, default="de")
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("date poll")
        verbose_name_plural = _("date polls")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def is_open(self, day: date) -> bool:
        """Whether those who were asked may answer on this day."""
        return self.state == PollState.OPEN and self.closes_on >= day


class PollOption(models.Model):
    """One day with its time that could be chosen (Terminvorschlag)."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="options")
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposed date")
        verbose_name_plural = _("proposed dates")
        ordering = ["day", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "day", "starts_at"], name="one_option_per_time")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts_at:%H:%M}"


class PollVoter(models.Model):
    """Somebody whom a date poll was put to (Befragte)."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="voters")
    person = models.ForeignKey(Person, models.CASCADE, related_name="polls")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="+")
    function = models.CharField(_("function"), max_length=160)
    is_asked = models.BooleanField(_("asked by mail"), default=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("person asked for a date")
        verbose_name_plural = _("people asked for a date")
        ordering = ["seat__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "person"], name="one_voice_per_person_and_poll")
        ]

    def __str__(self) -> str:
        return self.function


class PollAnswer(models.Model):
    """Whether somebody can on one proposed date (Verfügbarkeit)."""

    option = models.ForeignKey(PollOption, models.CASCADE, related_name="answers")
    voter = models.ForeignKey(PollVoter, models.CASCADE, related_name="answers")
    answer = models.CharField(_("answer"), max_length=5, choices=Availability)

    class Meta:
        verbose_name = _("availability")
        verbose_name_plural = _("availabilities")
        constraints = [
            models.UniqueConstraint(fields=["option", "voter"], name="one_answer_per_option"),
            models.CheckConstraint(
                name="availability_is_known",
                condition=Q(answer__in=Availability.values),
            ),
        ]

    def __str__(self) -> str:
        return self.answer
