"""What the town tells, and from when on. Twin of the rule "community.see_news"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import News, Page
from miteinander.community.states import NewsState
from miteinander.core.errors import Invalid, filled
from miteinander.core.models import EventDetail, Municipality, Thing, Translation
from miteinander.core.prepared import prepared, there
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing


def has_appeared(at: Any, *, prefix: str = "") -> Q:
    """Everybody may read it at this moment; `prefix` leads there from another model."""
    published = Q(**{f"{prefix}state__in": [NewsState.PUBLISHED, NewsState.RETIRED]})
    scheduled = Q(**{f"{prefix}state": NewsState.SCHEDULED, f"{prefix}appears_at__lte": at})
    return published | scheduled


def news_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[News]:
    """News of this municipality: all of it to its members, what has appeared to everybody."""
    return _visible(municipality.pk, standing.at, everything=sees_all(municipality, standing))


def news_at(municipality: Municipality, standing: Standing, identifier: str) -> News:
    """Return the news under an address with its picture, else `NotThere`: one query."""
    everything = sees_all(municipality, standing)
    found: News = there(
        _news_at(town=municipality.pk, at=standing.at, identifier=identifier, everything=everything)
    )
    return found


def current_news(municipality: Municipality, at: datetime) -> QuerySet[News]:
    """What everybody reads now, the newest first (list, feed, search): nothing retired."""
    found = News.objects.filter(has_appeared(at), municipality=municipality)
    found = found.exclude(state=NewsState.RETIRED)
    return found.select_related("picture").order_by("-appears_at", "-pk")


def news_of(municipality: Municipality) -> QuerySet[News]:
    """All news for those who write it: what is being worked on first, then the newest."""
    found = News.objects.filter(municipality=municipality).select_related("picture")
    return found.order_by("-appears_at", "-created", "-pk")


def next_appearance(municipality: Municipality, at: datetime) -> datetime | None:
    """The next moment at which news appears by itself (when a cached page must be made anew)."""
    waiting = _scheduled(municipality=municipality).filter(appears_at__gt=at)
    return waiting.values_list("appears_at", flat=True).order_by("appears_at").first()


def news_due(at: datetime) -> QuerySet[News]:
    """Scheduled news whose moment has come, of every town: the worker writes that down."""
    return News.objects.filter(state=NewsState.SCHEDULED, appears_at__lte=at)


def things_about(news: News, standing: Standing) -> list[Thing]:
    """What the news is about, as far as this reader may see it: one query."""
    rows = news.about.all() if standing.is_member else news.about.filter(is_public=True)
    return list(rows.order_by("kind", "title", "pk"))


def things_named(municipality: Municipality, typed: str) -> list[Thing]:
    """Things by their addresses, one a line, as they stand in the browser or on paper.

    Raises `Invalid` for the field ``about`` with the first line that leads nowhere here.
    """
    found = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        identifier = line.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1]
        thing = Thing.objects.filter(municipality=municipality, identifier=identifier).first()
        if thing is None:
            raise Invalid({"about": filled(_NOWHERE, line=line[:80])})
        found.append(thing)
    return found


_NOWHERE = _("No page of this town has the address “%(line)s”. Please copy it once more.")


# --- pages: twin of the rule "community.see_thing" ------------------------------------------------


def pages_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Page]:
    """Pages by place and position: all of them to members, the open ones to everybody."""
    found = Page.objects.filter(municipality=municipality)
    if not sees_all(municipality, standing):
        found = found.filter(is_public=True)
    return found.order_by("place", "position", "title", "pk")


def page_at(municipality: Municipality, standing: Standing, identifier: str) -> Page:
    return there(list(pages_visible_to(municipality, standing).filter(identifier=identifier)[:1]))


def legal_page(municipality: Municipality, legal: str) -> Page | None:
    """The town's own text for a legal page, whether it is open yet or not: one query."""
    return Page.objects.filter(municipality=municipality, legal=legal).order_by("pk").first()


# --- earlier texts --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FormerText:
    """The words of a thing before an edit; `event` names the edit that replaced them."""

    event: int
    at: datetime
    function: str
    words: dict[str, str]


def former_texts(thing: Thing, *, most: int = 20) -> list[FormerText]:
    """Earlier texts of news or a page, the latest first (so that they can be put back)."""
    rows = EventDetail.objects.filter(event__thing=thing.pk, data__has_key="before")
    return [
        FormerText(row.event_id, row.event.at, row.event.function, row.data["before"])
        for row in rows.select_related("event").order_by("-event__at", "-pk")[:most]
    ]


# --- the frame of every page ----------------------------------------------------------------------


AHEAD = 20
"""So many scheduled items are known beforehand; nobody schedules more at once."""
NEWEST = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What every page shows of the town's words: open pages, newest news and news to come."""

    pages: tuple[Page, ...]
    news: tuple[News, ...]
    """Those that have appeared or will, by moment, the latest first; ask `shown` for a moment."""

    def shown(self, at: datetime, *, most: int = NEWEST) -> list[News]:
        return [each for each in self.news if each.has_appeared(at)][:most]

    def title_of(self, page: Page, language: str) -> str:
        """The title in this language, where there is a translation; asks nothing."""
        found = [t.text for t in page.translations.all() if t.language == language]
        return found[0] if found else page.title

    def next_change(self, at: datetime) -> datetime | None:
        ahead = [each.appears_at for each in self.news if not each.has_appeared(at)]
        return min((moment for moment in ahead if moment), default=None)


def told_by(municipality: Municipality) -> Told:
    """Gather what the frame and the home page show: two queries, remembered by the frame."""
    pages = _open_pages(municipality)
    return Told(tuple(pages), tuple(_told(town=municipality.pk)))


def _open_pages(municipality: Municipality) -> QuerySet[Page]:
    found = Page.objects.filter(municipality=municipality, is_public=True).defer("text")
    titles = Translation.objects.filter(field="title")
    found = found.prefetch_related(Prefetch("translations", queryset=titles))
    return found.order_by("position", "title", "pk")


@prepared(town=BigIntegerField())
def _told(*, town: Any) -> QuerySet[News]:
    states = [NewsState.PUBLISHED, NewsState.SCHEDULED]
    found = News.objects.filter(municipality=town, state__in=states).defer("text")
    return found.select_related("picture").order_by("-appears_at", "-pk")[: AHEAD + NEWEST]


def _scheduled(**town: Any) -> QuerySet[News]:
    return News.objects.filter(state=NewsState.SCHEDULED, **town)


def _visible(town: Any, at: Any, *, everything: bool) -> QuerySet[News]:
    found = News.objects.filter(municipality=town)
    found = found if everything else found.filter(has_appeared(at))
    return found.select_related("picture").order_by("-appears_at", "-pk")


@prepared(town=BigIntegerField(), at=DateTimeField(), identifier=CharField())
def _news_at(*, town: Any, at: Any, identifier: Any, everything: bool) -> QuerySet[News]:
    return _visible(town, at, everything=everything).filter(identifier=identifier)
