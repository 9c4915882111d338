"""News: drafted, scheduled or published, taken back, retired. Earlier texts can be put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import News
from miteinander.community.queries import former_texts, news_due
from miteinander.community.states import NewsState
from miteinander.core.errors import Closed, Invalid, NotReady, NotThere
from miteinander.core.events.record import advance_public_version, record
from miteinander.core.models import Attachment, Municipality, Thing
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.standing import Standing, system

if TYPE_CHECKING:
    from miteinander.core.errors import Text

WORDS = ("title", "teaser", "text")


@transaction.atomic
def write_news(
    municipality: Municipality,
    *,
    title: str,
    by: Standing,
    at: datetime,
    teaser: str = "",
    text: str = "",
    about: Sequence[Thing] = (),
    language: str = "de",
    is_example: bool = False,
) -> News:
    """Begin a draft; the same draft twice is a form that was sent twice, and refused."""
    words = _words(title, teaser, text)
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    drafts = News.objects.filter(municipality=municipality, state=NewsState.DRAFT)
    if drafts.filter(**words).exists():
        raise Invalid({"title": _("The same draft is already there.")})
    news = News.objects.create(
        municipality=municipality, language=language, is_example=is_example, **words
    )
    news.about.set(_of_town(about, municipality.pk))
    record("news.written", news.as_thing(), by=by, at=at)
    return news


@transaction.atomic
def edit_news(
    news: News,
    *,
    title: str,
    teaser: str,
    text: str,
    about: Sequence[Thing],
    seen: int,
    by: Standing,
    at: datetime,
) -> News:
    """Save other words; the earlier ones are kept beside the event, and can be put back."""
    words = _words(title, teaser, text)
    if news.state != NewsState.DRAFT:
        _refuse_unready(words)
    news = _exchange(news, words, seen=seen, kind="news.edited", by=by, at=at)
    news.about.set(_of_town(about, news.municipality_id))
    return news


@transaction.atomic
def restore_news(news: News, *, event: int, seen: int, by: Standing, at: datetime) -> News:
    """Put back the words that an edit replaced; what stands there now becomes an earlier text."""
    words = _former(news, event)
    return _exchange(news, words, seen=seen, kind="news.restored", by=by, at=at)


@transaction.atomic
def publish_news(news: News, *, by: Standing, at: datetime) -> News:
    """Let everybody read it from this moment on."""
    news = _locked(news)
    if news.has_appeared(at) and news.state != NewsState.RETIRED:
        raise Closed(_("This is published already."))
    _refuse_unready({name: getattr(news, name) for name in WORDS})
    _open(news, at)
    record("news.published", news.as_thing(), by=by, at=at)
    return news


@transaction.atomic
def schedule_news(news: News, *, appears_at: datetime, by: Standing, at: datetime) -> News:
    """Set the moment at which it appears by itself; another moment replaces it."""
    news = _locked(news)
    if news.state not in (NewsState.DRAFT, NewsState.SCHEDULED) or news.has_appeared(at):
        raise Closed(
            _("This is published already."), do=_("Take it back first, then set a moment.")
        )
    if appears_at <= at:
        raise Invalid({"appears_at": _("This moment has passed. Please choose a later one.")})
    _refuse_unready({name: getattr(news, name) for name in WORDS})
    news.state, news.appears_at = NewsState.SCHEDULED, appears_at
    news.save(update_fields=["state", "appears_at"])
    record(
        "news.scheduled",
        news.as_thing(),
        by=by,
        at=at,
        data={"appears_at": appears_at.isoformat(timespec="minutes")},
    )
    # Nothing is to be seen yet, but pages that are kept must know the moment.
    advance_public_version(news.municipality_id)
    return news


@transaction.atomic
def let_appear(*, at: datetime) -> int:
    """Write down what has appeared by its moment (the worker); how many.

    Readers see scheduled news at its moment whether this has run or not: it only lets the
    memory, the feed and whoever looks at `is_public` catch up.
    """
    due = list(news_due(at).select_for_update(of=("self",)))
    for news in due:
        moment = news.appears_at or at
        _open(news, moment)
        by = system(news.municipality_id, at=at)
        record("news.published", news.as_thing(), by=by, at=at)
    return len(due)


@transaction.atomic
def take_back_news(news: News, *, by: Standing, at: datetime) -> News:
    """Make it a draft again: nobody outside reads it any more. Undoes publishing and scheduling."""
    news = _locked(news)
    if news.state == NewsState.DRAFT:
        raise Closed(_("This is a draft already."))
    news.state, news.is_public, news.retired_on = NewsState.DRAFT, False, None
    news.appears_at = None
    news.save(update_fields=["state", "is_public", "retired_on", "appears_at"])
    record("news.taken_back", news.as_thing(), by=by, at=at)
    advance_public_version(news.municipality_id)
    return news


@transaction.atomic
def retire_news(news: News, *, by: Standing, at: datetime) -> News:
    """Take it from the lists; its address keeps answering and says that it is no longer current."""
    news = _locked(news)
    if news.state == NewsState.RETIRED or not news.has_appeared(at):
        raise Closed(_("Only news that is published can be retired."))
    if news.state == NewsState.SCHEDULED:
        _open(news, news.appears_at or at)
    news.state, news.retired_on = NewsState.RETIRED, localdate(at)
    news.save(update_fields=["state", "retired_on"])
    record("news.retired", news.as_thing(), by=by, at=at)
    return news


@transaction.atomic
def choose_news_picture(
    news: News, picture: Attachment | None, *, by: Standing, at: datetime
) -> News:
    """Show this picture beside the news, or none."""
    if picture is not None and picture.municipality_id != news.municipality_id:
        raise NotThere
    news.picture = picture
    news.save(update_fields=["picture"])
    record("news.pictured", news.as_thing(), by=by, at=at)
    return news


# --- shared ---------------------------------------------------------------------------------------


def _locked(news: News) -> News:
    """One writer at a time, so that a button that is pressed twice does its work once."""
    return News.objects.select_for_update(of=("self",)).get(pk=news.pk)


def _words(title: str, teaser: str, text: str) -> dict[str, str]:
    if not title.strip():
        raise Invalid({"title": _("Please give it a title.")})
    return {"title": title.strip(), "teaser": " ".join(teaser.split()), "text": text.strip()}


def _refuse_unready(words: Mapping[str, str]) -> None:
    """What has to be there before anybody outside reads it."""
    points: list[Text] = []
    if not words["teaser"]:
        points.append(_("Say in one or two sentences what it is about (teaser)."))
    if not words["text"]:
        points.append(_("Write the text itself."))
    if points:
        raise NotReady(points)


def _open(news: News, moment: datetime) -> None:
    news.state, news.is_public, news.retired_on = NewsState.PUBLISHED, True, None
    news.appears_at, news.happened_on = moment, localdate(moment)
    news.save(update_fields=["state", "is_public", "retired_on", "appears_at", "happened_on"])


def _exchange(
    news: News, words: Mapping[str, str], *, seen: int, kind: str, by: Standing, at: datetime
) -> News:
    before = {name: getattr(news, name) for name in WORDS}
    news = save_if_unchanged(news, words, seen=seen)
    record(kind, news.as_thing(), by=by, at=at, personal={"before": before})
    return news


def _former(thing: Thing, event: int) -> dict[str, str]:
    for former in former_texts(thing):
        if former.event == event:
            return former.words
    raise NotThere


def _of_town(things: Sequence[Thing], town: int) -> list[Thing]:
    assert all(thing.municipality_id == town for thing in things), "things of another municipality"
    return list(things)
