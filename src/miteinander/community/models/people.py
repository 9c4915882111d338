"""Who takes part."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models.organisations import Organisation
from miteinander.core.models import Municipality
from miteinander.core.wordlist import words_in


class Person(models.Model):
    """Somebody who takes part (Person), with or without an account; shown by function only."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="people")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="people"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    function = models.CharField(_("function"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=12, default="de")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="people"
    )
    """Where the person works or belongs; they act for it."""
    further_languages = models.CharField(_("further languages"), max_length=120, blank=True)
    """Tags in one line ("en, ar"); `language` is the first, in which we write."""
    acts_for = models.ManyToManyField(
        Organisation, verbose_name=_("acts also for"), related_name="actors", blank=True
    )
    """Further organisations, beside their own, in whose name the person may act."""

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "user"],
                condition=Q(user__isnull=False),
                name="one_person_per_account_and_municipality",
            )
        ]

    def __str__(self) -> str:
        return self.function

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language of the person, the one we write in first."""
        return tuple(dict.fromkeys((self.language, *words_in(self.further_languages))))
