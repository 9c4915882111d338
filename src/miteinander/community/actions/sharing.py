"""What the register's actions share.

Who may do it is asked by the faces (see rules); what fits is decided here. Entering the same
organisation, body, seat or person twice is refused with a sentence, which also catches a form
that was sent twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from miteinander.community.models import Body, Organisation, Person, Perspective
from miteinander.core.errors import Invalid
from miteinander.core.models import (
    Municipality,
    Thing,
)

if TYPE_CHECKING:
    from miteinander.core.errors import Text


T = TypeVar("T", Organisation, Perspective, Person)


def locked(municipality: Municipality) -> Municipality:
    """One writer at a time in the register, so that "is it there already?" stays true."""
    return Municipality.objects.select_for_update().get(pk=municipality.pk)


def refuse_namesake(
    model: type[Perspective | Organisation | Body],
    municipality: Municipality,
    title: str,
    sentence: Text,
    own: Thing | None = None,
) -> None:
    locked(municipality)
    namesakes = model.objects.filter(
        municipality=municipality, title__iexact=title.strip(), retired_on=None
    )
    if own is not None:
        namesakes = namesakes.exclude(pk=own.pk)
    if namesakes.exists():
        raise Invalid({"title": sentence})


def own_row(row: T | None, town: int) -> T | None:
    assert row is None or row.municipality_id == town, "rows of another municipality"
    return row
