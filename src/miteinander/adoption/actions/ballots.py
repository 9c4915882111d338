"""A ballot up to its opening: what is asked, of whom, and by which rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import events, queries
from miteinander.adoption.models import Ballot, BallotOption, Elector
from miteinander.adoption.states import (
    FEWEST_SECRET,
    MOST_CRITERIA,
    MOST_OPTIONS,
    BallotState,
    Method,
    TieRule,
)
from miteinander.core.errors import Closed, Invalid, NotReady, filled
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.models import Relation
from miteinander.core.revisions import save_if_unchanged

if TYPE_CHECKING:
    from miteinander.community.models import Body, Seat
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing
    from miteinander.process.models import AgendaItem, Process, Resolution
    from miteinander.strategy.models import Measure

FORMULA = tuple("=+-@\t\r")
TAKEN = frozenset(
    {"id", "name", "nr", "participant", "person", "teilnehmer", "voter", "voter_id", "option",
     "institution", "organisation", "organization", "perspective", "perspektive"}
)  # fmt: skip
"""Headings of the exported papers; no option may be called so."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An option as it is typed: words of its own, or a measure; what it takes of a limit."""

    title: str
    measure: Measure | None = None
    cost: int | None = None
    posts: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything about a ballot that can be changed until it opens."""

    title: str
    text: str = ""
    closes_at: datetime
    is_secret: bool = False
    has_paper: bool = False
    publishes: bool = True
    quorum: int = 50
    tie_rule: TieRule = TieRule.BODY
    options: Sequence[Offered]
    rules: Mapping[str, Any]


@transaction.atomic
def prepare_ballot(
    process: Process,
    *,
    body: Body,
    method: Method,
    terms: Terms,
    by: Standing,
    at: datetime,
    language: str = "de",
    is_example: bool = False,
) -> Ballot:
    """Begin a ballot; members can see it, nobody can vote yet."""
    assert body.municipality_id == process.municipality_id, "a body of another municipality"
    _check(method, terms, at=at)
    ballot = Ballot.objects.create(
        municipality_id=process.municipality_id,
        process=process,
        body=body,
        method=method,
        language=language,
        is_example=is_example,
        happened_on=localdate(at),
        **_columns(terms),
    )
    _offer(ballot, terms.options)
    record(events.BALLOT_PREPARED.name, ballot, by=by, at=at)
    return ballot


@transaction.atomic
def change_ballot(ballot: Ballot, *, terms: Terms, seen: int, by: Standing, at: datetime) -> Ballot:
    """Change what is asked; not any more once somebody can vote."""
    ballot = locked_ballot(ballot, BallotState.DRAFT)
    _check(Method(ballot.method), terms, at=at)
    ballot = save_if_unchanged(ballot, _columns(terms), seen=seen)
    ballot.options.all().delete()
    _offer(ballot, terms.options)
    record(events.BALLOT_CHANGED.name, ballot, by=by, at=at)
    return ballot


def locked_ballot(ballot: Ballot, *states: BallotState) -> Ballot:
    """Read the ballot anew and keep it; refuse it in any other state."""
    found = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if found.state not in states:
        raise Closed(
            filled(_("This ballot is %(state)s."), state=found.get_state_display()),
            where=found.title,
            do=_("What was asked and counted stays as it is. A new ballot can be prepared."),
        )
    return found


def _columns(terms: Terms) -> dict[str, Any]:
    return {
        "title": terms.title.strip(),
        "text": terms.text.strip(),
        "closes_at": terms.closes_at,
        "is_secret": terms.is_secret,
        "has_paper": terms.has_paper,
        "publishes": terms.publishes,
        "quorum": terms.quorum,
        "tie_rule": terms.tie_rule,
        "rules": dict(terms.rules),
    }


def _offer(ballot: Ballot, options: Sequence[Offered]) -> None:
    BallotOption.objects.bulk_create(
        BallotOption(
            ballot=ballot,
            position=position,
            title=option.title.strip(),
            measure=option.measure,
            cost=option.cost,
            posts=option.posts,
        )
        for position, option in enumerate(options, start=1)
    )


@transaction.atomic
def place_ballot(ballot: Ballot, *, item: AgendaItem | None, by: Standing, at: datetime) -> Ballot:
    """Put a ballot on the agenda of a session of its body, or take it off; until it is counted."""
    ballot = locked_ballot(ballot, BallotState.DRAFT, BallotState.OPEN)
    if ballot.item_id == (item.pk if item else None):
        return ballot
    if item and not queries.points_ahead(ballot, day=localdate(at)).filter(pk=item.pk).exists():
        raise Invalid({"item": _("Please choose a point of a coming session of this body.")})
    ballot.item = item
    ballot.save(update_fields=["item"])
    if item is None:
        record(events.BALLOT_CHANGED.name, ballot, by=by, at=at)
    else:
        data = {"meeting": item.meeting.title}
        record(events.BALLOT_PLACED.name, ballot, by=by, at=at, data=data)
    return ballot


# --- what fits ----------------------------------------------------------------------------------


def _check(method: Method, terms: Terms, *, at: datetime) -> None:
    """Refuse with every entry that does not fit, never just the first."""
    fields: dict[str, Text] = {}
    if not terms.title.strip():
        fields["title"] = _("Please write the question.")
    if terms.closes_at <= at:
        fields["closes_at"] = _("The end lies in the past. Please choose a later moment.")
    if problem := _wrong_options(method, terms.options):
        fields["options"] = problem
    fields |= _wrong_rules(method, terms)
    if fields:
        raise Invalid(fields)


def _wrong_options(method: Method, options: Sequence[Offered]) -> Text:
    titles = [option.title.strip() for option in options]
    least = 1 if method == Method.CONSENT else 2
    if not least <= len(titles) <= MOST_OPTIONS:
        return filled(
            _("A ballot of this method has %(least)s to %(most)s options; here are %(count)s."),
            least=least, most=MOST_OPTIONS, count=len(titles),
        )  # fmt: skip
    seen: set[str] = set()
    for title in titles:
        if title.casefold() in seen:
            return filled(_("“%(title)s” stands there twice."), title=title)
        if title.startswith(FORMULA) or title.casefold() in TAKEN or len(title) > 300:
            return filled(_("“%(title)s” cannot be the name of an option."), title=title[:80])
        seen.add(title.casefold())
    return ""


def _wrong_rules(method: Method, terms: Terms) -> dict[str, Text]:
    rules, count = terms.rules, len(terms.options)
    fields: dict[str, Text] = {}
    if method == Method.DOTS:
        if not 1 <= rules["most"] <= rules["each"]:
            fields["most"] = _("On one option go at least 1 and at most all dots of a paper.")
        if not 1 <= rules["take"] < max(count, 2):
            fields["take"] = _("At least 1 is taken further, and fewer than there are options.")
    if method == Method.CRITERIA:
        fields |= _wrong_criteria(rules["criteria"])
    if method == Method.BALANCED:
        limits = [name for name in ("money", "posts") if rules.get(name) is not None]
        if not limits:
            fields["money"] = _("Please say how much money or how many posts there are.")
        without = [
            option.title
            for option in terms.options
            if ("money" in limits and option.cost is None)
            or ("posts" in limits and option.posts is None)
        ]
        if without and "options" not in fields:
            fields["options"] = filled(
                _("How much does this take: %(titles)s?"), titles=", ".join(without)
            )
    if terms.tie_rule == TieRule.CHEAPER and any(o.cost is None for o in terms.options):
        fields["tie_rule"] = _("This rule needs the cost of every option.")
    return fields


def _wrong_criteria(criteria: Sequence[Sequence[Any]]) -> dict[str, Text]:
    names = [str(name) for name, _weight in criteria]
    if not 2 <= len(names) <= MOST_CRITERIA:
        return {
            "criteria": filled(
                _("There are 2 to %(most)s criteria, one in each line."), most=MOST_CRITERIA
            )
        }
    if len({name.casefold() for name in names}) < len(names):
        return {"criteria": _("A criterion stands there twice.")}
    if any(name.startswith(FORMULA) or name.casefold() in TAKEN or "=" in name for name in names):
        return {"criteria": _("A criterion cannot be called so. Please use other words.")}
    if any(float(weight) < 0 for _name, weight in criteria) or not any(w for _n, w in criteria):
        return {"criteria": _("Weights are numbers from 0 on, at least one above 0.")}
    return {}


# --- opening and ending -------------------------------------------------------------------------


@transaction.atomic
def open_ballot(ballot: Ballot, *, by: Standing, at: datetime) -> Ballot:
    """Let the seats vote. Who may is fixed now: every seat of the body that has a vote today.

    Raises :class:`NotReady` with everything that is missing.
    """
    ballot = locked_ballot(ballot, BallotState.DRAFT)
    seats = queries.seats_with_vote(ballot.body_id, on=localdate(at))
    points: list[Text] = []
    if not seats:
        points.append(filled(_("No seat of “%(body)s” has a vote today."), body=ballot.body.title))
    elif ballot.is_secret and len(seats) < FEWEST_SECRET:
        points.append(
            filled(
                _("A secret ballot needs at least %(least)s seats; “%(body)s” has %(count)s."),
                least=FEWEST_SECRET,
                body=ballot.body.title,
                count=len(seats),
            )
        )
    if ballot.closes_at <= at:
        points.append(_("The end lies in the past. Please choose a later moment."))
    options = _as_called_now(ballot)
    if problem := _wrong_options(Method(ballot.method), options):
        points.append(problem)
    if points:
        raise NotReady(points)
    ballot.options.all().delete()
    _offer(ballot, options)
    Elector.objects.bulk_create(_elector(ballot, seat) for seat in seats)
    ballot.state, ballot.opened_at = BallotState.OPEN, at
    ballot.revision += 1
    ballot.save()
    record(events.BALLOT_OPENED.name, ballot, by=by, at=at, data={"seats": len(seats)})
    return ballot


def _as_called_now(ballot: Ballot) -> list[Offered]:
    """Measures may have other numbers since it was prepared; papers bear those of today."""
    return [
        Offered(queries.name_of_option(one), measure=one.measure, cost=one.cost, posts=one.posts)
        for one in queries.options_of(ballot)
    ]


def _elector(ballot: Ballot, seat: Seat) -> Elector:
    """The institution is that of the seat; where the seat has none, that of its holder."""
    own = seat.organisation or (seat.holder.organisation if seat.holder else None)
    return Elector(
        ballot=ballot,
        seat=seat,
        function=seat.function,
        institution=own.title if own else "",
        perspective=seat.perspective.title if seat.perspective else "",
    )


@transaction.atomic
def end_ballot(ballot: Ballot, *, by: Standing, at: datetime) -> Ballot:
    """End a ballot before its time, once every seat has voted; nobody else may wait for it."""
    ballot = locked_ballot(ballot, BallotState.OPEN)
    missing = ballot.electors.filter(has_voted=False).count()
    if missing:
        raise Closed(
            filled(_("%(count)s seats have not voted yet."), count=missing),
            where=ballot.title,
            do=_("A ballot ends early only when every seat has voted. Else it ends by itself."),
        )
    if at < ballot.closes_at:
        ballot.closes_at = at
        ballot.revision += 1
        ballot.save()
        record(events.BALLOT_CHANGED.name, ballot, by=by, at=at)
    return ballot


@transaction.atomic
def decide_ballot(ballot: Ballot, *, resolution: Resolution, by: Standing, at: datetime) -> Ballot:
    """Record the resolution that came out of a ballot; the frozen result does not change."""
    ballot = locked_ballot(ballot, BallotState.CLOSED)
    if resolution.process_id != ballot.process_id:
        raise Invalid({"resolution": _("Please choose a resolution of the same process.")})
    if ballot.resolution_id == resolution.pk:
        return ballot
    if ballot.resolution_id is not None:
        raise Closed(_("A resolution has been recorded for this ballot."), where=ballot.title)
    ballot.resolution = resolution
    ballot.revision += 1
    ballot.save()
    link(ballot, resolution, Relation.DECIDED_BY, on=resolution.happened_on or localdate(at))
    record(events.BALLOT_DECIDED.name, ballot, by=by, at=at)
    return ballot
