"""Meetings: what is planned, and who is there."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body, Organisation, Person, Seat
from miteinander.core.clock import end_of, moment
from miteinander.core.models import StageThing
from miteinander.process.models.processes import Process
from miteinander.process.states import (
    REMIND_DAYS,
    AttendanceState,
    MeetingKind,
    NotedBy,
    Registration,
)


class Meeting(StageThing):
    """People come together (Sitzung): kick-off, expert round, working group, committee."""

    KIND = "meeting"
    TRANSLATABLE = ("title", "text")
    SEARCHED = ("place", "agenda__title")

    process = models.ForeignKey(Process, models.PROTECT, related_name="meetings")
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("body"))
    meeting_kind = models.CharField(_("kind"), max_length=16, choices=MeetingKind)
    text = models.TextField(_("what it is about"), blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    link = models.URLField(_("link for those who join from elsewhere"), blank=True)
    access_notes = models.TextField(_("how to get in"), blank=True)
    """Steps, lift, induction loop, quiet room: what somebody has to know before coming."""
    is_closed = models.BooleanField(_("not public"), default=False)
    """A public body may meet in private: then `is_public` stays false."""
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    registration = models.CharField(
        _("who may register"), max_length=8, choices=Registration, default=Registration.NONE
    )
    registration_from = models.DateTimeField(_("registration from"), null=True, blank=True)
    registration_until = models.DateTimeField(_("registration until"), null=True, blank=True)
    remind_days = models.PositiveSmallIntegerField(_("reminder, days before"), default=REMIND_DAYS)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancelled_because = models.TextField(_("reason for the cancellation"), blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    """Counts what calendars have to be told: date, time, place, cancellation (RFC 5545)."""
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    participants_approx = models.BooleanField(_("approximately"), default=False)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    @property
    def begins(self) -> datetime | None:
        """The moment at which it begins; None while day or time are not known."""
        if self.happened_on is None or self.starts_at is None or self.precision != "day":
            return None
        return moment(self.happened_on, self.starts_at)

    @property
    def finishes(self) -> datetime | None:
        """The moment at which it ends; an end before the beginning lies on the next day."""
        begins = self.begins
        if begins is None or self.ends_at is None:
            return None
        return end_of(localdate(begins), begins.time(), self.ends_at)

    @property
    def ends_next_day(self) -> bool:
        return bool(self.starts_at and self.ends_at and self.ends_at <= self.starts_at)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_on is not None


class AgendaItem(models.Model):
    """One point of a meeting (Tagesordnungspunkt)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    """How long it may take; the clock times follow from it and from the beginning."""
    began_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("dealt with at"), null=True, blank=True)
    """When it was dealt with: written down in meeting mode."""

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_current(self) -> bool:
        return self.began_at is not None and self.ended_at is None

    @property
    def is_done(self) -> bool:
        return self.ended_at is not None


class Attendance(models.Model):
    """Somebody and one meeting (Teilnahme): asked, answered, registered, there.

    One row for each person of the register, or for a guest who is not in it. A guest's name
    and address live here alone and are erased; a person's live in the register.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="attendances"
    )
    seat = models.ForeignKey(
        Seat, models.SET_NULL, null=True, blank=True, related_name="attendances"
    )
    """For which seat of the body somebody comes, as its holder or its deputy."""
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="attendances"
    )
    function = models.CharField(_("function"), max_length=160, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=12, default="de")
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    state = models.CharField(
        _("answer"), max_length=8, choices=AttendanceState, default=AttendanceState.SILENT
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    waiting_since = models.DateTimeField(_("on the waiting list since"), null=True, blank=True)
    needs = models.JSONField(_("what somebody needs to take part"), default=list, blank=True)
    """Values of `Need`; with `needs_note` erased a month after the meeting."""
    needs_note = models.CharField(_("further needs"), max_length=300, blank=True)
    came = models.BooleanField(_("was there"), null=True, blank=True)
    noted_by = models.CharField(_("noted"), max_length=8, choices=NotedBy, blank=True)
    """How it is known that somebody was there."""
    as_deputy = models.BooleanField(_("as a deputy"), default=False)
    """Whether whoever was there stood in for the holder of the seat, as it was on that day."""
    form_digest = models.CharField(max_length=64, blank=True, editable=False)
    """Of the form that a guest sent, so that the same form sent twice is one registration."""
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    """Of the code with which a guest comes back; the code itself stands nowhere."""
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="one_attendance_per_person_and_meeting",
            ),
            models.UniqueConstraint(
                fields=["meeting", "email"],
                condition=Q(person__isnull=True) & ~Q(email=""),
                name="one_attendance_per_address_and_meeting",
            ),
            models.UniqueConstraint(
                fields=["form_digest"],
                condition=~Q(form_digest=""),
                name="one_attendance_per_form",
            ),
            models.UniqueConstraint(
                fields=["code_hash"], condition=~Q(code_hash=""), name="one_attendance_per_code"
            ),
        ]
        indexes = [models.Index(fields=["meeting", "state"])]

    def __str__(self) -> str:
        return self.function or str(_("guest"))
