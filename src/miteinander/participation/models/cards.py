"""Cards of a wall: where they hung, and how they are known again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.participation.models.calls import Call
from miteinander.participation.models.contributions import Contribution
from miteinander.process.models import Meeting


class CardRow(models.Model):
    """A card from a wall, and the contribution it became (Karte).

    By its key (its number, or what stands for its words) a card of a table is known again when
    the table is read a second time: it is entered once, and a text that was changed since is
    shown instead of being entered beside the first. Cards that were typed in one by one have no
    key.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, related_name="card_rows")
    call = models.ForeignKey(Call, models.CASCADE, related_name="card_rows")
    number = models.PositiveIntegerField(_("number of the card"), null=True)
    key = models.CharField(max_length=32, blank=True, editable=False)
    wall = models.CharField(_("wall or group"), max_length=80, blank=True)
    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="card_row")

    class Meta:
        verbose_name = _("card of a table")
        verbose_name_plural = _("cards of tables")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "call", "key"],
                name="one_card_per_key",
                condition=~models.Q(key="") & models.Q(meeting__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["call", "key"],
                name="one_card_per_key_without_meeting",
                condition=~models.Q(key="") & models.Q(meeting=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number or self.pk)
