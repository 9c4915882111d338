"""Who is at the table (offices, organisations, people, bodies, seats), and what the town tells."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.states import (
    BodyKind,
    LegalPage,
    NewsState,
    OrganisationKind,
    PagePlace,
)
from miteinander.core.models import Attachment, Municipality, StageThing, Thing


class Perspective(StageThing):
    """A view that must be heard (Perspektive): school, labour market, migration counselling."""

    KIND = "perspective"
    TRANSLATABLE = ("title", "text")

    text = models.TextField(_("description"), blank=True)

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


class Body(StageThing):
    """A group that meets and decides (Gremium): steering group, working group, council."""

    KIND = "body"
    TRANSLATABLE = ("title", "text")
    SEARCHED = ("seats__function",)

    body_kind = models.CharField(_("kind"), max_length=24, choices=BodyKind)
    text = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")


class Seat(models.Model):
    """A place in a body (Sitz) that somebody fills for a time and for a perspective."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    function = models.CharField(_("function"), max_length=160)
    perspective = models.ForeignKey(
        Perspective, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    holder = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="seats_held"
    )
    deputy = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="seats_deputised"
    )
    has_voice = models.BooleanField(_("has a voice"), default=True)
    leads = models.BooleanField(_("leads the body"), default=False)
    absent_from = models.DateField(_("holder absent from"), null=True, blank=True)
    absent_until = models.DateField(_("holder absent until"), null=True, blank=True)
    starts = models.DateField(_("term starts"), null=True, blank=True)
    ends = models.DateField(_("term ends"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_starts",
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gte=F("starts")),
                violation_error_message=_("A term cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="seat_holder_is_not_deputy",
                condition=Q(holder=None) | Q(deputy=None) | ~Q(holder=F("deputy")),
                violation_error_message=_("Nobody can be their own deputy."),
            ),
        ]

    def __str__(self) -> str:
        return self.function

    def holder_is_absent(self, day: date) -> bool:
        if self.holder_id is None:
            return True
        if self.absent_from is None:
            return False
        return self.absent_from <= day and (self.absent_until is None or day <= self.absent_until)

    def in_term(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )


class News(StageThing):
    """Something that the town tells (Aktuelles), from a moment on that it chooses.

    Whether everybody may read it follows from state and moment, never from `is_public` alone:
    scheduled news appears by itself, also while no worker runs. The worker then only writes
    down that it has appeared.
    """

    KIND = "news"
    TRANSLATABLE = ("title", "teaser", "text")

    state = models.CharField(_("state"), max_length=10, choices=NewsState, default=NewsState.DRAFT)
    teaser = models.CharField(_("teaser"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    """Markdown."""
    picture = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="news"
    )
    about = models.ManyToManyField(
        Thing, verbose_name=_("what it is about"), related_name="news_about", blank=True
    )
    appears_at = models.DateTimeField(_("appears"), null=True, blank=True)

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        indexes = [models.Index(fields=["state", "appears_at"])]
        constraints = [
            models.CheckConstraint(
                name="news_that_appears_has_a_moment",
                condition=Q(state=NewsState.DRAFT) | Q(appears_at__isnull=False),
                violation_error_message=_("News needs the moment at which it appears."),
            )
        ]

    def has_appeared(self, at: datetime) -> bool:
        if self.state == NewsState.SCHEDULED:
            return self.appears_at is not None and self.appears_at <= at
        return self.state in (NewsState.PUBLISHED, NewsState.RETIRED)


class Page(StageThing):
    """A page with the town's own text (Seite); with `legal` it replaces one of the legal pages."""

    KIND = "page"
    TRANSLATABLE = ("title", "text")

    text = models.TextField(_("text"), blank=True)
    """Markdown."""
    place = models.CharField(_("place"), max_length=8, choices=PagePlace, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    legal = models.CharField(_("legal page"), max_length=16, choices=LegalPage, blank=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
