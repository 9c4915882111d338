"""The end of a ballot: it is counted, and the result is frozen with everything it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import events, queries
from miteinander.adoption.actions.ballots import locked_ballot
from miteinander.adoption.actions.casting import kept_perspectives
from miteinander.adoption.actions.objections import take_over_objection
from miteinander.adoption.models import CastPaper
from miteinander.adoption.states import FEWEST_SECRET, Answer, BallotState, Method
from miteinander.core.canonical import CHECKSUM, canonical, checksum_of
from miteinander.core.errors import Closed
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.models import Relation

if TYPE_CHECKING:
    from miteinander.adoption.models import Ballot
    from miteinander.core.standing import Standing

Count = Callable[[dict[str, Any]], dict[str, Any]]
"""Counts what the content says was asked and cast: outcome, figures, sentences, as plain values."""


@transaction.atomic
def close_ballot(ballot: Ballot, *, count: Count, by: Standing, at: datetime) -> Ballot:
    """Count a ballot whose time is over and freeze the result; once, however often it is asked.

    Objections of a consent round travel on by themselves; out of a secret one only those whose
    paper allows it.
    """
    ballot = locked_ballot(ballot, BallotState.OPEN)
    if at < ballot.closes_at:
        raise Closed(_("This ballot is still running."), where=ballot.title)
    papers = _papers_to_count(ballot)
    content = queries.ballot_content(ballot, papers, at=at)
    content |= count(content)
    if ballot.is_secret and len(papers) < FEWEST_SECRET:
        content["papers"], papers = [], []
    content[CHECKSUM] = checksum_of(content)
    ballot.content = canonical(content).decode()
    ballot.checksum = content[CHECKSUM]
    ballot.state, ballot.closed_at = BallotState.CLOSED, at
    ballot.happened_on = localdate(at)
    ballot.is_public = ballot.publishes
    ballot.revision += 1
    ballot.save()
    for option in ballot.options.exclude(measure=None).select_related("measure"):
        assert option.measure is not None
        link(option.measure, ballot, Relation.DISCUSSED_AT, on=localdate(at))
    if ballot.item is not None:
        link(ballot, ballot.item.meeting, Relation.DISCUSSED_AT, on=localdate(at))
    if ballot.method == Method.CONSENT:
        _take_over_objections(ballot, papers, by=by, at=at)
    data = {"checksum": ballot.checksum, "outcome": content["outcome"]}
    record(events.BALLOT_CLOSED.name, ballot, by=by, at=at, data=data)
    return ballot


def _papers_to_count(ballot: Ballot) -> list[CastPaper]:
    """The papers by their drawn codes; of a secret ballot only what tells on nobody.

    Who has voted is known. So a perspective of which fewer than five have voted is taken from the
    papers, and fewer than five papers are destroyed.
    """
    rows = list(ballot.papers.select_related("elector").order_by("code"))
    if not ballot.is_secret:
        return rows
    kept = kept_perspectives(Counter(paper.perspective for paper in rows))
    for paper in rows:
        if paper.perspective and paper.perspective not in kept:
            paper.perspective = ""
    if len(rows) < FEWEST_SECRET:
        ballot.papers.all().delete()
    else:
        CastPaper.objects.bulk_update(rows, ["perspective"])
    return rows


def _take_over_objections(
    ballot: Ballot, papers: Sequence[CastPaper], *, by: Standing, at: datetime
) -> None:
    options = {str(o.position): o for o in ballot.options.select_related("measure")}
    for paper in papers:
        if ballot.is_secret and not paper.travels:
            continue
        for key, answer in paper.marks.items():
            if answer == Answer.OBJECT:
                take_over_objection(paper, options[key], ballot, by=by, at=at)
