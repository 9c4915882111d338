"""What the town tells: news with pictures, a page of its own, days with other hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from miteinander.community import actions
from miteinander.core.standing import system
from miteinander.example.pictures import draw_picture
from miteinander.example.source import EXAMPLE, Row, day, days_from, moment, read
from miteinander.example.town import COORDINATION
from miteinander.strategy.queries import processes_with_concepts

if TYPE_CHECKING:
    from miteinander.community.models import News
    from miteinander.core.models import Attachment, Thing
    from miteinander.core.standing import Standing
    from miteinander.example.town import Town


def tell_news(town: Town, *, now: datetime) -> None:
    """Write and publish in the order in which it happened; what lies ahead is scheduled."""
    told = read("news")
    begin = town.coordination(date(2019, 6, 20))
    pictures = {
        name: actions.receive_picture(
            town.municipality,
            draw_picture(name),
            name=f"{name}.png",
            alternative_text=text,
            is_example=True,
            by=begin,
            at=begin.at,
        )
        for name, text in told["pictures"].items()
    }
    about = _what_there_is(town, now)
    for row in told["news"]:
        _tell(town, row, pictures, about, now)
    for row in told["pages"]:
        page = actions.write_page(
            town.municipality,
            title=row["title"],
            text=row["text"],
            place=row["place"],
            is_example=True,
            by=begin,
            at=begin.at,
        )
        page = actions.publish_page(page, by=begin, at=begin.at)
        for field in ("title", "text"):
            _translate(page, field, row, by=begin)
    _close(town, told["closures"], now)


def _what_there_is(town: Town, now: datetime) -> dict[str, Thing]:
    """What news can be about, by the names that the file uses."""
    by = system(town.municipality.pk, at=now)
    processes = sorted(
        processes_with_concepts(town.municipality, by), key=lambda process: process.starts
    )
    first, renewal = processes[0], processes[-1]
    concept: Thing = first.concept
    return {"first": first.as_thing(), "renewal": renewal.as_thing(), "concept": concept}


def _tell(
    town: Town,
    row: Row,
    pictures: dict[str, Attachment],
    about: dict[str, Thing],
    now: datetime,
) -> None:
    on = day(row["date"]) if "date" in row else days_from(town.today, row["days"])
    appears = moment(on, 9)
    wrote = min(appears - timedelta(hours=2), now)
    by = system(town.municipality.pk, at=wrote, function=COORDINATION)
    news = actions.write_news(
        town.municipality,
        title=row["title"],
        teaser=row["teaser"],
        text=row["text"],
        about=[about[name] for name in row["about"]],
        is_example=True,
        by=by,
        at=wrote,
    )
    if row["picture"]:
        news = actions.choose_news_picture(news, pictures[row["picture"]], by=by, at=wrote)
    for field in ("title", "teaser", "text"):
        _translate(news, field, row, by=by)
    if appears > now:
        actions.schedule_news(news, appears_at=appears, by=by, at=wrote)
    else:
        actions.publish_news(news, by=by, at=appears)


def _translate(thing: News | Thing, field: str, row: Row, *, by: Standing) -> None:
    if text := row.get(f"{field}_en"):
        actions.translate(thing, field, "en", text, state="checked", by=by, at=by.at)


def _close(town: Town, rows: list[Row], now: datetime) -> None:
    """The office is closed on these days of this year, or of the next where they are past."""
    by = system(town.municipality.pk, at=now, function=COORDINATION)
    for row in rows:
        on = date(town.today.year, row["month"], row["day"])
        if on < town.today:
            on = on.replace(year=on.year + 1)
        actions.add_closure(
            town.office, first=on, reason=f"{row['reason']} {EXAMPLE}", by=by, at=now
        )
