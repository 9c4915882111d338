"""The room of a working group: who looked into it when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body


class RoomLook(models.Model):
    """When somebody last looked into the room of a group (hineingesehen): nothing else is kept."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="room_looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="room_looks")
    looked_at = models.DateTimeField()
    since = models.DateTimeField(null=True, blank=True)
    """The visit before this one: what changed after it is new."""

    class Meta:
        verbose_name = _("look into a room")
        verbose_name_plural = _("looks into rooms")
        constraints = [
            models.UniqueConstraint(fields=["body", "user"], name="one_look_of_each_member")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
