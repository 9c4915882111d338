"""What the town tells: news and pages."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.states import (
    LegalPage,
    NewsState,
    PagePlace,
)
from miteinander.core.models import Attachment, StageThing, Thing


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
