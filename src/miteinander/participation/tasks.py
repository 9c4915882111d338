"""What the worker does for people who take part, and what participation lets go of."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.core.forgetting import forgets
from miteinander.core.jobs import job, report
from miteinander.core.standing import Standing
from miteinander.participation import actions, insights, queries


@job(queries.DRAW_MAP, label=_("Draw an opinion map"))
def draw_map(call: int) -> None:
    """Drawn from the votes as they are now; whatever comes in meanwhile is seen next time."""
    found = queries.call_to_draw(call)
    at, tally = timezone.now(), queries.tally_of(found)
    drawn = insights.drawn_map(found, queries.ballots_in(found), queries.kept_before(found))
    actions.keep_map(found, drawn, tally=tally, at=at)


@job(
    "participation.look_for_votes",
    label=_("Look whether opinion maps are behind"),
    every=timedelta(minutes=1),
    when=queries.votes_may_come,
)
def look_for_votes() -> None:
    at = timezone.now()
    for call in queries.calls_to_draw(at):
        actions.draw_map_soon(call, at=at)


@job(
    "participation.tell_authors",
    label=_("Write to people who wait for an answer"),
    every=timedelta(minutes=1),
    when=actions.has_something_to_tell,
)
def tell_authors() -> None:
    actions.tell_authors(at=timezone.now())


@job(
    "participation.forget_drafts",
    label=_("Delete answers to surveys that were begun and never sent"),
    every=timedelta(days=1),
    when=actions.has_old_drafts,
)
def forget_drafts() -> None:
    actions.forget_drafts(at=timezone.now())


@job(actions.SUGGEST_THEMES, label=_("Look for themes"))
def suggest_themes(process: int, by_groups: bool) -> None:
    """What is sorted meanwhile is left out when the suggestions are shown."""
    found = queries.process_to_suggest(process)
    rest = queries.texts_to_sort(found, is_sorted=False)
    known = [] if by_groups else queries.texts_to_sort(found, is_sorted=True)
    report(10)
    rows = [*known, *rest]
    texts = [text for _key, text, _theme in rows]
    if by_groups:
        guesses = insights.grouped(texts)
    else:
        guesses = insights.sorted_like(texts, [str(theme or "") for _key, _text, theme in rows])
    report(90)
    actions.keep_suggestions(
        found,
        [key for key, _text, _theme in rows],
        guesses,
        themes={str(theme): theme for _key, _text, theme in known if theme},
        at=timezone.now(),
    )


@forgets("participation.answer_notices")
def forget_answer_notices(person: int, by: Standing, at: datetime) -> None:
    """Whoever is forgotten gets no notices to the address that they had here."""
    del by, at
    actions.forget_address_of(person)
