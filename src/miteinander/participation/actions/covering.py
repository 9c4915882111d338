"""Putting a wording in the place of another, so that nothing of the former is left to be read."""

from __future__ import annotations

from miteinander.core.models import Translation
from miteinander.core.search.keep import keep
from miteinander.participation.actions.counting import Recount
from miteinander.participation.actions.words import beginning
from miteinander.participation.models import (
    BlackedOut,
    Contribution,
    ContributionPlace,
    PassageComment,
)
from miteinander.participation.queries.blacked import Written


def uncover(contribution: Contribution) -> None:
    """What was written stands in its place again; part of the caller's transaction."""
    kept = BlackedOut.objects.filter(contribution=contribution).first()
    if kept is None:
        return
    write(contribution, Written(kept.text, kept.proposal, kept.place))
    kept.delete()


def write(contribution: Contribution, said: Written) -> None:
    """Also in lists and in the search; translations of the former wording go."""
    recount = Recount()
    recount.change(contribution, text=said.text, title=beginning(said.text))
    PassageComment.objects.filter(contribution=contribution).update(proposal=said.proposal)
    if said.place:
        place = said.place[: ContributionPlace._meta.get_field("words").max_length]
        ContributionPlace.objects.filter(contribution=contribution).update(words=place)
    Translation.objects.filter(thing_id=contribution.pk).delete()
    keep([contribution.pk])
