"""What organisations already offer: the stock-take."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models.organisations import Organisation
from miteinander.core.models import StageThing
from miteinander.core.wordlist import words_in


class Offer(StageThing):
    """Something that an organisation already does for people (Angebot): a course, an advice.

    An offer is never deleted. It ends by itself after `ends`, or on the day it is ended
    (`retired_on`), and stays readable: what there was belongs to the stock-take, too.
    """

    KIND = "offer"
    TRANSLATABLE = ("title", "text")
    SEARCHED = ("text", "target_groups", "neighbourhood")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offers")
    text = models.TextField(_("description"), blank=True)
    target_groups = models.CharField(_("target groups"), max_length=300, blank=True)
    """A list of words (core.wordlist), as in a measure."""
    languages = models.CharField(_("languages"), max_length=120, blank=True)
    """Tags in one line ("de, ar")."""
    neighbourhood = models.CharField(_("neighbourhood"), max_length=120, blank=True)
    funding = models.CharField(_("funding"), max_length=200, blank=True)
    ends = models.DateField(_("until when"), null=True, blank=True)
    """The last day; None is lasting."""
    source = models.CharField(max_length=200, blank=True, editable=False)
    """Where it was read from, so that reading again finds it: "integreat:/augsburg/de/…"."""

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        indexes = [models.Index(fields=["organisation", "ends"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source"],
                condition=~Q(source=""),
                name="one_offer_per_source_and_organisation",
            )
        ]

    def runs_on(self, day: date) -> bool:
        return (self.retired_on is None or day < self.retired_on) and (
            self.ends is None or day <= self.ends
        )

    @property
    def language_tags(self) -> tuple[str, ...]:
        return words_in(self.languages)
