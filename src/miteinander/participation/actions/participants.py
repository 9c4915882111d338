"""Taking part without an account: a key of one's own, and nothing else."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from miteinander.core.codes import ALPHABET, LETTERS, code_from, keyed, written
from miteinander.participation.actions.receiving import require_open
from miteinander.participation.models import Call, Participant
from miteinander.participation.queries.participants import participant_hash, participant_with
from miteinander.participation.states import Channel


def fresh_token() -> str:
    """What a browser keeps: 256 bits drawn by lot, worth nothing to anybody else."""
    return secrets.token_urlsafe(32)


def token_of_form(form_key: str) -> str:
    """What a browser keeps that has sent its first form: the same when it is sent again."""
    return keyed(settings.SECRET_KEY, "participant.token", form_key.encode()).hex()


def fresh_access_code() -> str:
    """A code that opens a call: handed out on paper, typed by hand."""
    return written("".join(secrets.choice(ALPHABET) for _letter in range(LETTERS)))


def participant_code(call: Call, token: str) -> str:
    """The code under which somebody finds again what they said in a call.

    Derived from what the browser keeps and from the call: another one in each call.
    """
    return code_from("participant.code", str(call.pk), token)


@transaction.atomic
def take_part(
    call: Call, code: str, *, at: datetime, channel: Channel = Channel.ONLINE
) -> Participant:
    """Return the participant with this code, made at the first time; also of two at once, one.

    Refused while the call is not open. No event: that somebody takes part is remembered by what
    they say, and nowhere else.
    """
    require_open(Call.objects.select_related("phase").get(pk=call.pk), at)
    if found := participant_with(call, code):
        return found
    new = Participant(
        call=call, key_hash=participant_hash(code), channel=channel, began_on=localdate(at)
    )
    Participant.objects.bulk_create([new], ignore_conflicts=True)
    found = participant_with(call, code)
    assert found is not None, "made here, or by whoever was faster"
    return found
