"""Sheets with statements that came back on paper, or were read out on the phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from miteinander.core.events.record import record
from miteinander.core.standing import Standing
from miteinander.participation.actions.guards import require_enterable
from miteinander.participation.actions.participants import participant_code
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.models import Call, KeptMap, Participant, Statement, Vote
from miteinander.participation.queries.participants import participant_hash
from miteinander.participation.states import Channel, StatementState

Ballot = Mapping[int, int]
"""What one person says, by the number of the statement."""


@transaction.atomic
def enter_ballots(
    call: Call,
    ballots: Sequence[Ballot],
    *,
    form_key: str,
    channel: Channel,
    by: Standing,
    at: datetime,
) -> int:
    """Enter sheets, each a participant of its own; returns how many votes count.

    What was handed in while the call was open is entered until its answers are due; a map that
    was settled before is settled anew. The same form sent twice changes nothing. What was taken
    out since the sheets were printed is left out.
    """
    require_enterable(Call.objects.get(pk=call.pk), at)
    rows = Statement.objects.filter(call=call, state=StatementState.OPEN)
    statements = {statement.order: statement for statement in rows}
    hashes = [
        participant_hash(participant_code(call, f"sheet {form_key} {line}"))
        for line in range(len(ballots))
    ]
    known = Participant.objects.filter(call=call, key_hash__in=hashes).count()
    Participant.objects.bulk_create(
        [
            Participant(call=call, key_hash=each, channel=channel, began_on=localdate(at))
            for each in hashes
        ],
        ignore_conflicts=True,
    )
    there = Participant.objects.filter(call=call, key_hash__in=hashes)
    people = {participant.key_hash: participant for participant in there}
    votes = [
        Vote(participant=people[each], statement=statements[number], value=value)
        for each, ballot in zip(hashes, ballots, strict=True)
        for number, value in ballot.items()
        if number in statements
    ]
    Vote.objects.bulk_create(
        votes,
        update_conflicts=True,
        unique_fields=["participant", "statement"],
        update_fields=["value"],
    )
    if new := len(hashes) - known:
        data = {"count": new, "channel": str(channel)}
        record("ballots.entered", call, by=by, at=told_at(call, at), data=data)
        KeptMap.objects.filter(call=call, is_final=True).update(is_final=False)
    return len(votes)
