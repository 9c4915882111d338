"""What people may say of themselves, so that it can be seen who is missing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.models.people import Person
from miteinander.community.states import CharacteristicKind
from miteinander.core.models import Municipality
from miteinander.core.wordlist import words_in


class Characteristic(models.Model):
    """A characteristic that the municipality asks for (Merkmal), with its own words for it.

    No row, no question: whatever a municipality did not choose is neither asked nor kept.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="characteristics")
    kind = models.CharField(max_length=16, choices=CharacteristicKind)
    words = models.TextField(_("words to choose from"))
    """A list (core.wordlist): “Sankt Mang, Thingers, Altstadt”."""

    class Meta:
        verbose_name = _("characteristic")
        verbose_name_plural = _("characteristics")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind"], name="one_characteristic_per_kind"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def choices(self) -> tuple[str, ...]:
        return words_in(self.words)


class SelfDescription(models.Model):
    """What somebody said of themselves, voluntarily (Selbstauskunft).

    Entered and erased by that person alone, read only in numbers (coverage), and only where a
    number is large enough to identify nobody. The fields have the names of
    `CharacteristicKind`; empty means: not said.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="self_description")
    gender = models.CharField(_("gender"), max_length=60, blank=True)
    age_group = models.CharField(_("age group"), max_length=60, blank=True)
    neighbourhood = models.CharField(_("neighbourhood"), max_length=120, blank=True)
    for_draws = models.BooleanField(_("also for quotas of draws by lot"), default=False)
    """A purpose of its own, agreed to on its own: see decision 107."""
    said_on = models.DateField()

    class Meta:
        verbose_name = _("self-description")
        verbose_name_plural = _("self-descriptions")

    def __str__(self) -> str:
        return f"self-description of {self.person_id}"
