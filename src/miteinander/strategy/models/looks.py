"""Who looked when at what changes: into the room of a group, into the brief of an edition."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body
from miteinander.strategy.models.concepts import Concept


class Look(models.Model):
    user_id: int
    looked_at = models.DateTimeField()
    since = models.DateTimeField(null=True, blank=True)
    """The visit before this one: what changed after it is new."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.user_id}"


class RoomLook(Look):
    """When somebody last looked into the room of a group (hineingesehen): nothing else is kept."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="room_looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="room_looks")

    class Meta:
        verbose_name = _("look into a room")
        verbose_name_plural = _("looks into rooms")
        constraints = [
            models.UniqueConstraint(fields=["body", "user"], name="one_look_of_each_member")
        ]


class BriefLook(Look):
    """When somebody last read the brief of an edition (gelesen bis): nothing else is kept."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="brief_looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="brief_looks")

    class Meta:
        verbose_name = _("look at the brief")
        verbose_name_plural = _("looks at the brief")
        constraints = [
            models.UniqueConstraint(fields=["concept", "user"], name="one_look_of_each_reader")
        ]
