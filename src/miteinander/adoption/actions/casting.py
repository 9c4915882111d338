"""Voting: one paper for one seat, whoever of holder and deputy speaks for it.

In a secret ballot nothing leads from a paper to its seat. The paper has no key of the seat and
no time; and with every paper that comes in all papers of the ballot are written anew, in an order
drawn by lot, because a database remembers in which order rows came. That a seat has voted is
noted beside it, without a time and without an event. So a secret paper cannot be changed.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import events
from miteinander.adoption.actions.ballots import locked_ballot
from miteinander.adoption.models import CastPaper, Elector
from miteinander.adoption.states import (
    FEWEST_SECRET,
    LONGEST_REASON,
    Answer,
    BallotState,
    Method,
)
from miteinander.core.errors import Closed, Invalid, NotAllowed, filled
from miteinander.core.events.record import record
from miteinander.core.identifiers import new_identifier

if TYPE_CHECKING:
    from miteinander.adoption.models import Ballot, BallotOption
    from miteinander.core.errors import Text
    from miteinander.core.standing import SeatHeld, Standing


@transaction.atomic
def cast_paper(
    ballot: Ballot,
    *,
    marks: Mapping[str, Any],
    reasons: Mapping[str, str] | None = None,
    travels: bool = False,
    seat: int | None = None,
    by: Standing,
    at: datetime,
) -> CastPaper | None:
    """Vote for one's seat; in an open ballot again, until its end, to change one's mind.

    `travels` lets the objections of a secret paper go along as minority opinions.

    Returns the paper of an open ballot; of a secret one nobody gets to know which it is.
    """
    ballot = locked_ballot(ballot, BallotState.OPEN)
    if not ballot.is_running(at):
        raise Closed(
            _("This ballot has ended; the voice does not count any more."),
            where=ballot.title,
            do=_("The result stands on its page as soon as it is counted."),
        )
    elector, held = _elector(ballot, seat=seat, by=by)
    kept, why, wrong = read_paper(ballot, list(ballot.options.all()), marks, reasons or {})
    if wrong:
        raise Invalid({_field(key): sentence for key, sentence in wrong.items()})
    if elector.on_paper:
        raise Closed(
            _("This seat votes on paper; its paper was handed out."), where=elector.function
        )
    if elector.has_voted and ballot.is_secret:
        raise Closed(
            _("This seat has voted already. A secret paper cannot be taken back."),
            where=elector.function,
            do=_("Nobody knows which of the papers it is."),
        )
    if by.person is not None and _speaks_elsewhere(ballot, elector, by.person):
        raise Closed(
            _("You vote here for another seat; everybody has one voice."),
            where=elector.function,
            do=_("The deputy of this seat may vote; the coordination notes that you are absent."),
        )
    elector.has_voted, elector.person_id = True, by.person
    elector.as_deputy = held.as_deputy
    elector.save()
    if ballot.is_secret:
        words = _shared_perspective(ballot, elector)
        drop_into_box(ballot, [(kept, why, words, travels and ballot.asks_what_travels)])
        return None
    paper, _made = CastPaper.objects.update_or_create(
        elector=elector,
        defaults={"ballot": ballot, "marks": kept, "reasons": why},
        create_defaults={
            "ballot": ballot, "marks": kept, "reasons": why, "code": new_identifier(),
        },
    )  # fmt: skip
    data = {"seat": elector.function, "as_deputy": held.as_deputy}
    record(events.BALLOT_CAST.name, ballot, by=by, at=at, data=data)
    return paper


def _elector(ballot: Ballot, *, seat: int | None, by: Standing) -> tuple[Elector, SeatHeld]:
    held = {s.seat: s for s in by.seats if s.speaks and seat in (None, s.seat)}
    rows = Elector.objects.select_for_update().filter(ballot=ballot, seat__in=held)
    found = sorted(rows, key=lambda e: (e.person_id != by.person, held[e.seat_id].as_deputy))
    if by.municipality != ballot.municipality_id or not found:
        raise NotAllowed(
            _("Only a seat that had a vote when this ballot opened can vote in it."),
            do=_("A deputy may speak while the holder is absent; the coordination enters that."),
        )
    return found[0], held[found[0].seat_id]


def _speaks_elsewhere(ballot: Ballot, elector: Elector, person: int) -> bool:
    other = Elector.objects.filter(ballot=ballot, person=person).exclude(pk=elector.pk)
    return other.exists()


def _shared_perspective(ballot: Ballot, elector: Elector) -> str:
    sizes = Counter(ballot.electors.values_list("perspective", flat=True))
    return elector.perspective if elector.perspective in kept_perspectives(sizes) else ""


def kept_perspectives(sizes: Mapping[str, int]) -> set[str]:
    """Which perspectives may stand on secret papers, from how many papers there are of each.

    Those of fewer than five papers may not, and neither may as many more as are needed until the
    papers without any are either none or at least five.
    """
    kept = {word for word, size in sizes.items() if word and size >= FEWEST_SECRET}
    while kept and 0 < sum(n for word, n in sizes.items() if word not in kept) < FEWEST_SECRET:
        kept.remove(min(kept, key=lambda word: (sizes[word], word)))
    return kept


Slip = tuple[dict[str, Any], dict[str, str], str, bool]
"""Marks, reasons, perspective, whether its objections travel."""


def drop_into_box(ballot: Ballot, slips: Sequence[Slip]) -> None:
    """Put secret papers to the others and shake: all rows anew, in an order drawn by lot."""
    box: list[Slip] = [(p.marks, p.reasons, p.perspective, p.travels) for p in ballot.papers.all()]
    box += slips
    secrets.SystemRandom().shuffle(box)
    ballot.papers.all().delete()
    CastPaper.objects.bulk_create(
        CastPaper(
            ballot=ballot,
            code=new_identifier(),
            marks=marks,
            reasons=reasons,
            perspective=words,
            travels=travels,
        )
        for marks, reasons, words, travels in box
    )


# --- what may stand on a paper ------------------------------------------------------------------


def read_paper(
    ballot: Ballot,
    options: list[BallotOption],
    marks: Mapping[str, Any],
    reasons: Mapping[str, str],
) -> tuple[dict[str, Any], dict[str, str], dict[str, Text]]:
    """Take over the marks and reasons that the method knows; say by cell what does not fit."""
    fields: dict[str, Text] = {}
    kept: dict[str, Any] = {}
    cells = {cell.key: cell for cell in ballot.cells(options)}
    for key in marks.keys() - cells.keys():
        fields[key] = _("There is no such option on this paper.")
    for key, cell in cells.items():
        value = marks.get(key)
        if value in (None, ""):
            continue
        if ballot.method == Method.CONSENT:
            if value not in Answer.values:
                fields[key] = _("Please choose one of the four answers.")
            kept[key] = str(value)
        elif not isinstance(value, int) or not 0 <= value <= cell.highest:
            fields[key] = filled(
                _("Please mark this with a whole number from 0 to %(most)s."), most=cell.highest
            )
        else:
            kept[key] = int(value)
    why = {k: str(text).strip() for k, text in reasons.items() if k in cells and str(text).strip()}
    if ballot.method != Method.CONSENT:
        fields |= dict.fromkeys(why, _("Only a consent round asks for reasons."))
    if not fields and not any(_is_a_mark(ballot, value) for value in kept.values()):
        fields[next(iter(cells))] = _("There is nothing marked on this paper.")
    return kept, why, fields | _wrong_paper(ballot, kept, why)


def _is_a_mark(ballot: Ballot, value: Any) -> bool:
    """A zero is no resistance and no fulfilment, but it is no dot and no choice."""
    return value != 0 or ballot.method in {Method.CONSENSING, Method.CRITERIA}


def _field(key: str) -> str:
    """The name of a mark in a form."""
    return f"mark_{key.replace('.', '_')}"


def _wrong_paper(ballot: Ballot, kept: dict[str, Any], why: dict[str, str]) -> dict[str, Text]:
    if ballot.method == Method.CONSENT:
        return {
            key: _("Please give the reason for the objection.")
            for key, answer in kept.items()
            if answer == Answer.OBJECT and not why.get(key)
        } | {
            key: filled(
                _("A reason has at most %(most)s characters; this one has %(count)s."),
                most=LONGEST_REASON,
                count=len(text),
            )
            for key, text in why.items()
            if len(text) > LONGEST_REASON
        }
    if ballot.method == Method.DOTS and sum(kept.values()) > (each := int(ballot.rules["each"])):
        sentence = _("You have given %(given)s dots; there are %(each)s.")
        return {"1": filled(sentence, given=sum(kept.values()), each=each)}
    return {}


def forget_voter(person: int) -> None:
    """Within the erasure of a person: nothing leads from a voice to them any more."""
    Elector.objects.filter(person=person).update(person=None)
