"""Cards of a wall that were typed into a table."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.participation.models.calls import Call
from miteinander.participation.models.contributions import Contribution
from miteinander.process.models import Meeting


class CardRow(models.Model):
    """A card of a meeting that was typed into a table, and the contribution it became (Karte).

    By its number a card is known again when the table is read a second time: it is entered once,
    and a text that was changed since is shown instead of being entered beside the first.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="card_rows")
    call = models.ForeignKey(Call, models.CASCADE, related_name="card_rows")
    number = models.PositiveIntegerField(_("number of the card"))
    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="card_row")

    class Meta:
        verbose_name = _("card of a table")
        verbose_name_plural = _("cards of tables")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "call", "number"], name="one_card_per_number"
            )
        ]

    def __str__(self) -> str:
        return str(self.number)
