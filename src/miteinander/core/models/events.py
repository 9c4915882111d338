from __future__ import annotations

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.models.municipality import Municipality
from miteinander.core.models.people import User
from miteinander.core.models.things import Thing


class Event(models.Model):
    """Something that happened (Ereignis). Append-only.

    The audit trail of the installation: written in the same transaction as what it tells,
    and protected by triggers that refuse UPDATE and DELETE in the database itself. An event
    names things and functions, never people; whatever is personal lies in its detail row.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="events")
    thing = models.ForeignKey(Thing, models.PROTECT, related_name="events", null=True)
    kind = models.CharField(max_length=48)
    at = models.DateTimeField()
    function = models.CharField(max_length=120, blank=True)
    """The function in which somebody acted: "Koordination", "Sitz Schule"."""
    is_public = models.BooleanField(default=False)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["thing", "at"]),
            models.Index(fields=["municipality", "-at"]),
            models.Index(fields=["kind", "at"]),
        ]

    def __str__(self) -> str:
        return f"{localdate(self.at)} {self.kind}"


class EventDetail(models.Model):
    """What is personal about an event (Ereignis-Einzelheit): who, and what they wrote. Erasable."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="detail")
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("event detail")
        verbose_name_plural = _("event details")

    def __str__(self) -> str:
        return f"detail of {self.event_id}"
