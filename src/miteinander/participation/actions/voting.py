"""Votes on statements: one each, changed as often as one likes, taken back at any time.

What a vote costs is what a town with ten thousand people on one evening pays, so there is no
event, no counter and no time: one look for who it is, one for what it is about, one row written.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, NotThere, Refusal
from miteinander.participation.actions.receiving import require_open
from miteinander.participation.models import Call, KeptMap, Participant, Statement, Vote
from miteinander.participation.queries.participants import participant_hash, participant_with
from miteinander.participation.states import Channel, Stance, StatementState


@transaction.atomic
def cast_vote(
    call: Call,
    code: str,
    *,
    statement: str,
    value: int,
    at: datetime,
    channel: Channel = Channel.ONLINE,
) -> Vote:
    """Note what the holder of `code` says to a statement; said again, the last word counts.

    `statement` is an identifier: one of another call, or of another town, is not there. Refused
    when the call is not open or the statement was taken out meanwhile.
    """
    if value not in Stance.values:
        raise Refusal(
            _("This is none of the three answers."), do=_("Please press one of the buttons.")
        )
    found = _statement_of(call, statement)
    require_open(found.call, at)
    if found.state != StatementState.OPEN:
        raise Closed(
            _("This statement was taken out. Your vote on it is not needed any more."),
            do=_("Go on with the next one."),
        )
    return _write(_participant(call, code, channel, at), found, value)


@transaction.atomic
def take_back_vote(call: Call, code: str, *, statement: str, at: datetime) -> None:
    """Make it as if one had not seen the statement; nothing there is nothing to do."""
    found = _statement_of(call, statement)
    require_open(found.call, at)
    if participant := participant_with(call, code):
        Vote.objects.filter(participant=participant, statement=found).delete()


@transaction.atomic
def forget_votes(participant: Participant) -> None:
    """Delete somebody with all their votes: whoever holds the code may, also after the call.

    A map that was drawn before stays: it holds nobody's votes, only sums. Where they stood on it
    is let go of.
    """
    kept = KeptMap.objects.select_for_update().filter(call=participant.call_id).first()
    if kept is not None and kept.places.pop(str(participant.pk), None) is not None:
        kept.save(update_fields=["places"])
    Participant.objects.filter(pk=participant.pk).delete()


def _statement_of(call: Call, identifier: str) -> Statement:
    rows = Statement.objects.select_related("call__phase")
    found: Statement | None = rows.filter(call=call.pk, identifier=identifier).first()
    if found is None:
        raise NotThere
    return found


def _participant(call: Call, code: str, channel: Channel, at: datetime) -> Participant:
    """As `take_part`, whose look at the call has been taken already."""
    if found := participant_with(call, code):
        return found
    new = Participant(
        call=call, key_hash=participant_hash(code), channel=channel, began_on=localdate(at)
    )
    Participant.objects.bulk_create([new], ignore_conflicts=True)
    found = participant_with(call, code)
    assert found is not None, "made here, or by whoever was faster"
    return found


def _write(participant: Participant, statement: Statement, value: int) -> Vote:
    vote = Vote(participant=participant, statement=statement, value=value)
    # One statement of the database: of two presses at once, one row with the later word.
    Vote.objects.bulk_create(
        [vote],
        update_conflicts=True,
        unique_fields=["participant", "statement"],
        update_fields=["value"],
    )
    return vote
