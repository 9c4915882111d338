"""Who stands behind what others say, without an account."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.participation.models.contributions import Contribution
from miteinander.participation.models.participants import Participant


class Support(models.Model):
    """Somebody stands behind a contribution (Unterstützung): once, however often they press.

    No time is kept: that it stands there is all that anybody needs to know.
    """

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="support_rows", verbose_name=_("contribution")
    )
    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="supports", verbose_name=_("participant")
    )
    came_along = models.BooleanField(default=False)
    """Given to a contribution that was merged into this one, and counted here once."""

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "participant"], name="one_support_per_participant"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
