"""Somebody who takes part without an account: votes, supports, fills in a survey."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.participation.models.calls import Call
from miteinander.participation.states import Channel


class Participant(models.Model):
    """Somebody who takes part in one call (Teilnehmende), known by a key of their own only.

    Their browser or their receipt holds the key; here is its hash, another one in each call, so
    that nobody can tell from the records who took part where. Nothing else is known about them.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="participants")
    key_hash = models.CharField(max_length=64, editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.ONLINE)
    """On paper or by phone: entered by the office for somebody."""
    began_on = models.DateField()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(fields=["call", "key_hash"], name="one_participant_per_key")
        ]

    def __str__(self) -> str:
        return str(self.pk)
