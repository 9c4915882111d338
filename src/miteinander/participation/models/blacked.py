"""Contributions that everybody reads with parts blacked out."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.participation.models.contributions import Contribution
from miteinander.participation.states import ContributionState


class BlackedOut(models.Model):
    """What somebody wrote before parts of it were blacked out (Schwärzung).

    The text of the contribution is what everybody may read, the coordination included; nothing
    that shows, searches, translates or exports contributions has to know about this. The words
    as they were written are here, for the coordination and for whoever holds the receipt.
    """

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="blacked_out")
    text = models.TextField(_("contribution"))
    proposal = models.TextField(_("another wording"), blank=True)
    """Where it is about a passage of a draft."""
    place = models.CharField(_("where exactly"), max_length=200, blank=True)
    words = models.TextField(_("blacked out"))
    """What nobody else reads, one on each line."""
    reason = models.TextField(_("reason"))
    """Everybody reads it."""
    was = models.CharField(max_length=10, choices=ContributionState)
    """Where the contribution stood before: undoing brings it back there."""

    class Meta:
        verbose_name = _("contribution with parts blacked out")
        verbose_name_plural = _("contributions with parts blacked out")

    def __str__(self) -> str:
        return str(self.contribution_id)
