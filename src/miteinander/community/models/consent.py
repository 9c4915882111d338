"""That people agreed to be kept here and written to, since when, and until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models.people import Person
from miteinander.community.states import ConsentWay


class Consent(models.Model):
    """One consent of a person (Einwilligung), given on a day and perhaps withdrawn on another.

    Giving it again makes another row: what held when a mail was sent stays readable.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    given_on = models.DateField(_("given on"))
    way = models.CharField(_("how"), max_length=8, choices=ConsentWay)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(withdrawn_on=None), name="one_live_consent"
            ),
            models.CheckConstraint(
                name="consent_is_withdrawn_after_it_was_given",
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_on:%Y-%m-%d} ({self.way})"
