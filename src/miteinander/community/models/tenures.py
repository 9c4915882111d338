"""Who held a seat from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models.bodies import Seat
from miteinander.community.models.people import Person


class Tenure(models.Model):
    """The time in which somebody fills a seat (Amtszeit), as its holder or as its deputy.

    A seat says who holds it now; these rows say who did. A hand-over ends one and begins the
    next; only one that is taken back on its own first day goes again. `function` is the
    person's at that time, so that history can be told in public without a name, also when the
    person was forgotten.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="tenures")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="tenures"
    )
    function = models.CharField(_("function"), max_length=120)
    as_deputy = models.BooleanField(_("as deputy"), default=False)
    starts = models.DateField(_("from"))
    ended = models.DateField(_("until"), null=True, blank=True)
    """The last day; None is: until now."""

    class Meta:
        verbose_name = _("tenure")
        verbose_name_plural = _("tenures")
        ordering = ["-starts", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "as_deputy"],
                condition=Q(ended=None),
                name="one_holder_and_one_deputy_at_a_time",
            ),
            models.CheckConstraint(
                name="tenure_ends_after_it_starts",
                condition=Q(ended=None) | Q(ended__gte=F("starts")),
                violation_error_message=_("A tenure cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.function
