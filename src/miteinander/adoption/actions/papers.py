"""Voting on paper: papers with a code each, handed out, typed in by two, laid to the others.

The code of a paper says in an open ballot whose it is. In a secret one it says nothing: it only
keeps a paper from being counted twice, and papers from elsewhere from being counted at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import events, queries
from miteinander.adoption.actions.ballots import locked_ballot
from miteinander.adoption.actions.casting import drop_into_box, read_paper
from miteinander.adoption.models import CastPaper, PaperCount
from miteinander.adoption.states import FEWEST_SECRET, BallotState
from miteinander.community.queries import speaker
from miteinander.core.errors import Closed, NotReady, filled
from miteinander.core.events.record import record
from miteinander.core.identifiers import new_identifier, on_paper

if TYPE_CHECKING:
    from miteinander.adoption.models import Ballot
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing

COUNTERS = 2
"""So many people type in every paper."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One paper as somebody read it."""

    marks: Mapping[str, Any]
    reasons: Mapping[str, str]
    travels: bool = False


@transaction.atomic
def hand_out_papers(
    ballot: Ballot, *, electors: Collection[int], by: Standing, at: datetime
) -> Ballot:
    """Note which seats vote on paper, and give every paper a code; nothing is taken back.

    A paper is in the hand of whoever speaks for the seat. Whoever has voice or paper for another
    seat already gets no second one: that paper is the deputy's.
    """
    ballot = locked_ballot(ballot, BallotState.OPEN)
    if not ballot.has_paper or not ballot.is_running(at):
        raise Closed(_("Papers are handed out while the ballot runs."), where=ballot.title)
    everybody = list(ballot.electors.select_related("seat__holder", "seat__deputy"))
    new = [e for e in everybody if e.pk in electors and not e.on_paper and not e.has_voted]
    if new and ballot.is_secret:
        _refuse_few(ballot, papers=len(new) + sum(e.on_paper for e in everybody))
    hands = {elector.person_id for elector in everybody}
    for elector in new:
        hand = speaker(elector.seat, localdate(at))
        if hand is not None and hand.pk not in hands:
            elector.person = hand
            hands.add(hand.pk)
        elector.on_paper = True
        elector.save(update_fields=["on_paper", "person"])
        if not ballot.is_secret:
            ballot.paper_codes[new_identifier()] = elector.pk
    if new and ballot.is_secret and not ballot.paper_codes:
        # All at once and by themselves: which code came with which seat is known to nobody.
        codes = sorted(new_identifier() for _elector in ballot.electors.all())
        ballot.paper_codes = dict.fromkeys(codes)
    if new:
        ballot.revision += 1
        ballot.save()
        record(events.BALLOT_PAPERS.name, ballot, by=by, at=at, data={"count": len(new)})
    return ballot


def _refuse_few(ballot: Ballot, *, papers: int) -> None:
    """Two people see every paper; what the few others voted is then what is left of the result."""
    seats = ballot.electors.count()
    online = seats - papers
    if papers < FEWEST_SECRET or 0 < online < FEWEST_SECRET:
        raise Closed(
            filled(
                _(
                    "In a secret ballot at least %(least)s seats vote on paper, and none or at "
                    "least %(least)s online."
                ),
                least=FEWEST_SECRET,
            ),
            where=ballot.title,
            do=_(
                "Whoever types in papers could else find out who voted how. Please choose all "
                "seats."
            )
            if seats < 2 * FEWEST_SECRET
            else filled(
                _(
                    "Whoever types in papers could else find out who voted how. Please choose "
                    "%(least)s to %(most)s seats, or all."
                ),
                least=FEWEST_SECRET,
                most=seats - FEWEST_SECRET,
            ),
        )


@transaction.atomic
def type_papers(ballot: Ballot, slips: Mapping[str, Slip], *, by: Standing, at: datetime) -> int:
    """Type papers in; again with the same code, to correct one's own. Two people count."""
    del at
    ballot = locked_ballot(ballot, BallotState.OPEN)
    if ballot.papers_counted:
        raise Closed(_("The papers have been counted already."), where=ballot.title)
    assert by.user is not None, "papers are typed in by people"
    others = ballot.counts.exclude(counter=by.user).values("counter").distinct().count()
    if others >= COUNTERS:
        raise Closed(
            _("Two people have typed in papers already."),
            where=ballot.title,
            do=_("One of the two can correct what differs."),
        )
    options = list(ballot.options.all())
    problems: list[Text] = []
    for code, slip in slips.items():
        if code not in ballot.paper_codes:
            problems.append(filled(_("No paper has the code %(code)s."), code=on_paper(code)))
            continue
        marks, reasons, wrong = read_paper(ballot, options, slip.marks, slip.reasons)
        if wrong:
            said = _("Paper %(code)s, place %(place)s: %(why)s")
            problems += [
                filled(said, code=on_paper(code), place=place, why=why)
                for place, why in wrong.items()
            ]
            continue
        PaperCount.objects.update_or_create(
            ballot=ballot,
            code=code,
            counter_id=by.user,
            defaults={
                "marks": marks,
                "reasons": reasons,
                "travels": slip.travels and ballot.asks_what_travels,
            },
        )
    if problems:
        raise NotReady(problems)
    return len(slips)


@transaction.atomic
def finish_papers(ballot: Ballot, *, by: Standing, at: datetime) -> Ballot:
    """Lay the papers to the others, once two agree on every one; then the ballot is counted."""
    ballot = locked_ballot(ballot, BallotState.OPEN)
    if ballot.papers_counted:
        return ballot
    if at < ballot.closes_at:
        raise Closed(_("This ballot is still running."), where=ballot.title)
    if left := queries.differences(ballot):
        raise NotReady(
            [
                filled(_("Paper %(code)s is not typed in alike by two."), code=on_paper(d.code))
                for d in left
            ]
        )
    # Where both read the same in other letters, those of whoever typed first stand.
    read = {count.code: count for count in ballot.counts.order_by("code", "-pk")}
    handed_out = ballot.electors.filter(on_paper=True).count()
    if len(read) > handed_out:
        sentence = _("%(count)s papers came in, but only %(most)s were handed out.")
        raise NotReady([filled(sentence, count=len(read), most=handed_out)])
    if ballot.is_secret:
        drop_into_box(ballot, [(c.marks, c.reasons, "", c.travels) for c in read.values()])
        if len(read) == handed_out:
            ballot.electors.filter(on_paper=True).update(has_voted=True)
    else:
        CastPaper.objects.bulk_create(
            CastPaper(
                ballot=ballot,
                code=code,
                elector_id=ballot.paper_codes[code],
                marks=count.marks,
                reasons=count.reasons,
            )
            for code, count in read.items()
        )
        cast = [ballot.paper_codes[code] for code in read]
        ballot.electors.filter(pk__in=cast).update(has_voted=True)
    ballot.counts.all().delete()
    ballot.papers_counted = True
    ballot.revision += 1
    ballot.save()
    record(events.BALLOT_PAPERS_COUNTED.name, ballot, by=by, at=at, data={"count": len(read)})
    return ballot
