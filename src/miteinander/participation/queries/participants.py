"""Finding somebody who takes part without an account, by the code that they hold."""

from __future__ import annotations

from miteinander.core.codes import hash_of, hashes_of, read_code
from miteinander.core.models import Municipality
from miteinander.participation.models import Call, Participant

PURPOSE = "participant.hash"


def participant_hash(code: str) -> str:
    """What is stored instead of the code."""
    return hash_of(PURPOSE, code)


def participant_with(call: Call, code: str) -> Participant | None:
    """Somebody of this call, by their code in its one spelling: one query."""
    return Participant.objects.filter(call=call, key_hash__in=hashes_of(PURPOSE, code)).first()


def participant_with_receipt(municipality: Municipality, typed: str) -> Participant | None:
    """For whoever holds the code: one query, in whichever call it was."""
    code = read_code(typed)
    if not code:
        return None
    found = Participant.objects.filter(
        call__municipality=municipality, key_hash__in=hashes_of(PURPOSE, code)
    )
    return found.select_related("call__phase", "call__process").first()
