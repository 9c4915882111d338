"""What belongs to a meeting beside its own columns: files, calendars, where it came from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body, Person
from miteinander.core.identifiers import new_identifier
from miteinander.core.models import Attachment, Municipality
from miteinander.process.models.meetings import Meeting


class MeetingFile(models.Model):
    """A file for a meeting (Unterlage): seen by whoever sees the meeting inside."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="files")
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="meeting_file")
    title = models.CharField(_("name"), max_length=200)
    is_public = models.BooleanField(_("everybody may load it"), default=False)
    """Counts only while the meeting itself is public."""

    class Meta:
        verbose_name = _("file of a meeting")
        verbose_name_plural = _("files of meetings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class CalendarAddress(models.Model):
    """The private address of somebody's dates (Kalenderadresse), of one body or of all.

    The address is signed over `nonce`; nobody who reads the database alone can make it, and
    renewing is another nonce (docs/decisions/0090).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="calendars")
    body = models.ForeignKey(Body, models.CASCADE, null=True, blank=True, related_name="+")
    nonce = models.CharField(max_length=12, default=new_identifier, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "body"], name="one_calendar_per_person_and_body"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(body=None), name="one_calendar_of_all_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.body_id or '*'}"


class ForeignDate(models.Model):
    """Under which name another calendar knows a meeting (fremder Termin): read once, not twice."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    uid = models.CharField(max_length=300)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="origins")

    class Meta:
        verbose_name = _("date from another calendar")
        verbose_name_plural = _("dates from other calendars")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "uid"], name="foreign_date_read_once")
        ]

    def __str__(self) -> str:
        return self.uid
