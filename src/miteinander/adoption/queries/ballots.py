"""What may be read of ballots, and what a frozen result says of the question."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from miteinander.adoption.models import Ballot, BallotOption, CastPaper, Elector, PaperCount
from miteinander.adoption.states import BallotState
from miteinander.community.models import Seat
from miteinander.core.sight import visible
from miteinander.process.models import AgendaItem, Resolution
from miteinander.strategy.models import Measure
from miteinander.strategy.states import ConceptState

if TYPE_CHECKING:
    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing
    from miteinander.process.models import Meeting, Process

BALLOT_FORMAT = "miteinander-ballot/1"
WAITS_FOR_PAPERS = Q(papers_counted=False) & Exists(
    Elector.objects.filter(ballot=OuterRef("pk"), on_paper=True)
)


def ballots_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Ballot]:
    """Ballots, those that end last first; the twin of the right adoption.see_thing."""
    rows = visible(Ballot.objects.all(), municipality, standing)
    beside = rows.select_related("body", "process", "resolution", "item__meeting")
    return beside.order_by("-closes_at", "-pk")


def ballots_with_turnout(municipality: Municipality, standing: Standing) -> QuerySet[Ballot]:
    """For the list: without the long texts, with how many may vote and how many have."""
    rows = ballots_visible_to(municipality, standing).defer("content")
    return rows.annotate(
        seats=Count("electors"), voted=Count("electors", filter=Q(electors__has_voted=True))
    )


def ballots_at(meeting: Meeting, standing: Standing) -> list[Ballot]:
    """Ballots on the agenda of a meeting, in its order: one query."""
    rows = ballots_with_turnout(meeting.municipality, standing).filter(item__meeting=meeting)
    return list(rows.order_by("item__position", "pk"))


def points_ahead(ballot: Ballot, *, day: date) -> QuerySet[AgendaItem]:
    """Points of coming sessions of its body, and the one it is on: where a ballot can be put."""
    coming = Q(
        meeting__process=ballot.process_id,
        meeting__body=ballot.body_id,
        meeting__happened_on__gte=day,
        meeting__cancelled_on=None,
    )
    rows = AgendaItem.objects.filter(coming | Q(pk=ballot.item_id))
    return rows.select_related("meeting").order_by(
        "meeting__happened_on", "meeting", "position", "pk"
    )


def ballots_due(at: datetime) -> QuerySet[Ballot]:
    """Ballots whose time is over and all of whose papers are in; asked by the schedule."""
    return _over(at).exclude(WAITS_FOR_PAPERS)


def ballots_waiting_for_papers(municipality: Municipality, at: datetime) -> QuerySet[Ballot]:
    """Ballots whose time is over, but whose papers are not typed in (*Heute*)."""
    rows = _over(at).filter(WAITS_FOR_PAPERS, municipality=municipality)
    return rows.select_related("body").defer("content")


def _over(at: datetime) -> QuerySet[Ballot]:
    rows = Ballot.objects.filter(state=BallotState.OPEN, closes_at__lte=at)
    return rows.order_by("closes_at", "pk")


def ballots_to_vote_in(municipality: Municipality, standing: Standing) -> list[Ballot]:
    """Running ballots in which a seat of this person has not voted yet (*Heute*); one query."""
    if not any(seat.speaks for seat in standing.seats):
        return []
    found = ballots_without_voice_of(standing).filter(municipality=municipality).defer("content")
    return list(found.select_related("body").order_by("closes_at", "pk"))


def ballots_without_voice_of(standing: Standing) -> QuerySet[Ballot]:
    """Running ballots that wait for a seat of this person, each once."""
    speaking = [seat.seat for seat in standing.seats if seat.speaks]
    waiting = Q(electors__seat__in=speaking, electors__has_voted=False, electors__on_paper=False)
    return (
        Ballot.objects.filter(waiting, state=BallotState.OPEN, closes_at__gt=standing.at)
        .exclude(electors__person=standing.person if standing.person is not None else 0)
        .distinct()
    )


def resolutions_of(process: Process) -> QuerySet[Resolution]:
    """Resolutions that may have come out of a ballot, newest first."""
    rows = Resolution.objects.filter(process=process).select_related("body")
    return rows.order_by("-happened_on", "-pk")


def measures_to_put(process: Process) -> QuerySet[Measure]:
    """Measures that can be named by their number: those of the edition being worked on."""
    return (
        Measure.objects.filter(
            goal__field__concept__process=process,
            goal__field__concept__state=ConceptState.DRAFTING,
            retired_on=None,
        )
        .exclude(number="")
        .order_by("goal__field__position", "goal__position", "position", "pk")
    )


def options_of(ballot: Ballot) -> list[BallotOption]:
    """With their measures: one query."""
    return list(ballot.options.select_related("measure"))


def name_of_option(option: BallotOption) -> str:
    """As it is called now: a measure with its number, which may have changed."""
    return named_by_number(option.measure) if option.measure else option.title


def named_by_number(measure: Measure) -> str:
    return f"{measure.number} {measure.title}".strip()[:300]


def seats_with_vote(body: int, *, on: date) -> list[Seat]:
    """Seats of a body that have a vote on a day, with what an elector keeps of them."""
    rows = Seat.objects.filter(body=body, has_vote=True).select_related(
        "organisation", "perspective", "holder__organisation"
    )
    return [seat for seat in rows if seat.in_term(on)]


@dataclass(frozen=True, slots=True)
class BallotPage:
    """What stands on the page of a ballot, as far as this person may see it now."""

    ballot: Ballot
    options: list[BallotOption]
    electors: list[Elector]
    own: list[Elector]
    """For which this person may speak: the one that has their voice or paper, else all."""
    free: list[Elector]
    """Those of them that can vote online, or change their voice."""
    papers: list[CastPaper]
    """Voices of the others, in an open ballot, after one's own."""

    @property
    def voted(self) -> int:
        return sum(elector.has_voted for elector in self.electors)

    @property
    def waits_for_papers(self) -> bool:
        """The same as WAITS_FOR_PAPERS, of what has been read."""
        return not self.ballot.papers_counted and any(e.on_paper for e in self.electors)

    @property
    def missing(self) -> list[Elector]:
        return [elector for elector in self.electors if not elector.has_voted]

    @property
    def own_voted(self) -> bool:
        return bool(self.own) and all(elector.has_voted for elector in self.own)


def ballot_page(ballot: Ballot, standing: Standing) -> BallotPage:
    """Three queries at most. Others' voices are read only where they may be seen."""
    speaking = {seat.seat for seat in standing.seats if seat.speaks}
    electors = list(ballot.electors.all())
    mine = [e for e in electors if standing.person is not None and e.person_id == standing.person]
    own = [elector for elector in mine or electors if elector.seat_id in speaking]
    free = [e for e in own if not e.on_paper and not (ballot.is_secret and e.has_voted)]
    options = options_of(ballot)
    page = BallotPage(ballot, options, electors, own, free, [])
    if ballot.state == BallotState.OPEN and not ballot.is_secret and page.own_voted:
        page.papers.extend(ballot.papers.select_related("elector").order_by(F("elector")))
    return page


def own_paper(elector: Elector) -> CastPaper | None:
    """What a seat has voted in an open ballot; nobody can ask that of a secret one."""
    return CastPaper.objects.filter(elector=elector).first()


@dataclass(frozen=True, slots=True)
class Difference:
    """A paper about which the two do not agree: what each of them read, or that one did not."""

    code: str
    one: PaperCount | None
    other: PaperCount | None


def differences(ballot: Ballot) -> list[Difference]:
    """Papers typed in by one only, or differently; by code. One query."""
    rows = list(ballot.counts.order_by("counter", "code"))
    first = rows[0].counter_id if rows else None
    read: dict[str, list[PaperCount | None]] = {}
    for row in rows:
        read.setdefault(row.code, [None, None])[0 if row.counter_id == first else 1] = row
    return [
        Difference(code, one, other)
        for code, (one, other) in sorted(read.items())
        if one is None or other is None or one.said != other.said
    ]


def ballot_content(ballot: Ballot, papers: Sequence[CastPaper], *, at: datetime) -> dict[str, Any]:
    """What a frozen result says besides the count: question, rules, who may vote, every paper."""
    electors = list(ballot.electors.all())
    return {
        "format": BALLOT_FORMAT,
        "ballot": {
            "identifier": ballot.identifier,
            "question": ballot.title,
            "text": ballot.text,
            "language": ballot.language,
            "method": ballot.method,
            "is_secret": ballot.is_secret,
            "body": ballot.body.title,
            "process": ballot.process.title,
            "municipality": ballot.municipality.name,
            "opened_at": _moment(ballot.opened_at),
            "closes_at": _moment(ballot.closes_at),
            "closed_at": _moment(at),
            "quorum": ballot.quorum,
            "tie_rule": ballot.tie_rule,
            "rules": ballot.rules,
            "is_example": ballot.is_example,
        },
        "options": [
            {
                "key": str(option.position),
                "title": option.title,
                "measure": option.measure.identifier if option.measure else None,
                "cost": option.cost,
                "posts": None if option.posts is None else f"{option.posts:f}",
            }
            for option in options_of(ballot)
        ],
        "seats": [
            {
                "function": elector.function,
                "institution": elector.institution,
                "perspective": elector.perspective,
                "has_voted": elector.has_voted,
                "as_deputy": elector.as_deputy,
            }
            for elector in electors
        ],
        "papers": [
            {
                "code": paper.code,
                "function": paper.elector.function if paper.elector else None,
                "institution": paper.elector.institution if paper.elector else "",
                "perspective": paper.elector.perspective if paper.elector else paper.perspective,
                "marks": paper.marks,
                "reasons": paper.reasons,
            }
            for paper in papers
        ],
    }


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def ballot_result(ballot: Ballot) -> dict[str, Any]:
    """Read the frozen result back as plain data."""
    content: dict[str, Any] = json.loads(ballot.content)
    return content
