"""The views that must be heard, and the institutions that bring them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.states import (
    OrganisationKind,
)
from miteinander.core.models import StageThing


class Perspective(StageThing):
    """A view that must be heard (Perspektive): school, labour market, migration counselling."""

    KIND = "perspective"
    TRANSLATABLE = ("title", "text")

    text = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    """In which order lists show them; equal ones by name."""

    class Meta:
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")


class Organisation(StageThing):
    """An institution that takes part or takes the lead (Organisation): one of the 85."""

    KIND = "organisation"
    TRANSLATABLE = ("title", "text")

    organisation_kind = models.CharField(
        _("kind"), max_length=24, choices=OrganisationKind, default=OrganisationKind.ASSOCIATION
    )
    text = models.TextField(_("description"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    perspectives = models.ManyToManyField(
        Perspective, verbose_name=_("perspectives"), related_name="organisations", blank=True
    )
    neighbourhood = models.CharField(_("neighbourhood"), max_length=120, blank=True)
    """The municipality's own word, as in self-descriptions and offers (core.wordlist)."""
    target_groups = models.CharField(_("target groups"), max_length=300, blank=True)
    """A list of words (core.wordlist), as in a measure."""
    contact = models.ForeignKey(
        "community.Person",
        models.SET_NULL,
        verbose_name=_("person to write to"),
        null=True,
        blank=True,
        related_name="contact_of",
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    shows_contact = models.BooleanField(_("contact is public"), default=False)
    """Phone, website, address and the function of the person to write to; never the mail."""

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class Office(models.Model):
    """The office that people can reach (Amt): address, opening hours, the 115."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="office")
    street = models.CharField(_("street"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    authority_phone = models.CharField(_("authority number"), max_length=10, blank=True)
    authority_phone_hours = models.CharField(max_length=120, blank=True)
    opening_hours = models.JSONField(_("opening hours"), default=list, blank=True)
    """List of {"days": ["mon", …], "from": "08:00", "to": "12:00"}."""
    appointments_note = models.CharField(_("note on appointments"), max_length=200, blank=True)
    keeps_holidays = models.BooleanField(_("closed on public holidays"), default=True)
    """Those of the municipality's federal state; without a state, those of all of Germany."""
    local_holidays = models.JSONField(_("local holidays"), default=list, blank=True)
    """Values of `LocalHoliday`: whether one applies is known only to the town."""
    closures = models.JSONField(_("days with other hours"), default=list, blank=True)
    """List of {"from": "2026-12-24", "to": "2026-12-24", "reason": "…", "hours": [["08:00",
    "10:00"]]}, ordered; no hours mean closed. Such a day overrides week and holidays."""
    way = models.TextField(_("how to get there"), blank=True)
    contact_form_url = models.URLField(_("secure contact form"), blank=True)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return self.organisation.title
