"""Finding a contribution by its receipt: three groups of four letters, typed by hand."""

from __future__ import annotations

from miteinander.core.codes import hash_of, hashes_of, read_code
from miteinander.core.models import Municipality
from miteinander.participation.models import Contribution

PURPOSE = "receipt.hash"


def receipt_hash(code: str, *, secret: str | None = None) -> str:
    """What is stored instead of the code."""
    return hash_of(PURPOSE, code, secret=secret)


def contribution_with_receipt(municipality: Municipality, typed: str) -> Contribution | None:
    """For whoever holds the receipt: one query, also with the keys of former years."""
    code = read_code(typed)
    if not code:
        return None
    return (
        Contribution.objects.filter(
            municipality=municipality, receipt_hash__in=hashes_of(PURPOSE, code)
        )
        .select_related(
            "call",
            "theme",
            "process__lead_office__organisation",
            "answer__organisation",
            "picture",
            "place",
            "passage_comment__passage",
            "blacked_out",
        )
        .first()
    )
