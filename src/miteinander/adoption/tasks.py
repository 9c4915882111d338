"""What the worker does for adoption: it counts ballots whose time is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import actions, insights, queries
from miteinander.core.forgetting import forgets
from miteinander.core.jobs import job
from miteinander.core.standing import Standing, system


def _some_are_over(at: datetime) -> bool:
    return queries.ballots_due(at).exists()


@job(
    "adoption.count_ballots",
    label=_("Count ballots that have ended"),
    every=timedelta(minutes=1),
    when=_some_are_over,
)
def count_ballots() -> None:
    at = timezone.now()
    for ballot in queries.ballots_due(at):
        by = system(ballot.municipality_id, at=at)
        actions.close_ballot(ballot, count=insights.count_ballot, by=by, at=at)


@forgets("adoption.ballots")
def forget_voter(person: int, by: Standing, at: datetime) -> None:
    """That a seat has voted stays; in whose hand its voice was does not."""
    del by, at
    actions.forget_voter(person)
