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
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import events
from miteinander.adoption.actions.ballots import locked_ballot
from miteinander.adoption.actions.casting import checked_paper, drop_into_box
from miteinander.adoption.models import CastPaper, PaperCount
from miteinander.adoption.states import BallotState
from miteinander.core.errors import Closed, Invalid, NotReady, filled
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


@transaction.atomic
def hand_out_papers(
    ballot: Ballot, *, electors: Collection[int], by: Standing, at: datetime
) -> Ballot:
    """Note which seats vote on paper, and give every paper a code; nothing is taken back."""
    ballot = locked_ballot(ballot, BallotState.OPEN)
    if not ballot.has_paper or not ballot.is_running(at):
        raise Closed(_("Papers are handed out while the ballot runs."), where=ballot.title)
    rows = ballot.electors.select_for_update().filter(pk__in=electors, on_paper=False)
    new = [elector for elector in rows if not elector.has_voted]
    for elector in new:
        elector.on_paper = True
        elector.save(update_fields=["on_paper"])
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
        try:
            marks, reasons = checked_paper(ballot, options, slip.marks, slip.reasons)
        except Invalid as refusal:
            said = " ".join(str(sentence) for sentence in refusal.fields.values())
            problems.append(f"{on_paper(code)}: {said}")
            continue
        PaperCount.objects.update_or_create(
            ballot=ballot,
            code=code,
            counter_id=by.user,
            defaults={"marks": marks, "reasons": reasons},
        )
    if problems:
        raise NotReady(problems)
    return len(slips)


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
        if one is None or other is None or (one.marks, one.reasons) != (other.marks, other.reasons)
    ]


@transaction.atomic
def finish_papers(ballot: Ballot, *, by: Standing, at: datetime) -> Ballot:
    """Lay the papers to the others, once two agree on every one; then the ballot is counted."""
    ballot = locked_ballot(ballot, BallotState.OPEN)
    if ballot.papers_counted:
        return ballot
    if at < ballot.closes_at:
        raise Closed(_("This ballot is still running."), where=ballot.title)
    if left := differences(ballot):
        raise NotReady(
            [
                filled(_("Paper %(code)s is not typed in alike by two."), code=on_paper(d.code))
                for d in left
            ]
        )
    read = {count.code: count for count in ballot.counts.order_by("code")}
    handed_out = ballot.electors.filter(on_paper=True).count()
    if len(read) > handed_out:
        sentence = _("%(count)s papers came in, but only %(most)s were handed out.")
        raise NotReady([filled(sentence, count=len(read), most=handed_out)])
    if ballot.is_secret:
        drop_into_box(ballot, [(c.marks, c.reasons, "") for c in read.values()])
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
