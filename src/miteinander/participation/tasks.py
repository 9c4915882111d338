"""What the worker does for participation."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.core.jobs import job
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
