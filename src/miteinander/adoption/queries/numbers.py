"""Display numbers as they were in a version: they change, and the old ones have been quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from miteinander.adoption.models import ConceptVersion
from miteinander.core.models import Link, Municipality, Relation, Thing
from miteinander.strategy.models import Measure

NUMBER = re.compile(r"[1-9]\d?(?:\.[1-9]\d?)+")
"""As measures are numbered within their field: 2.4."""
MOST = 40


@dataclass(frozen=True, slots=True)
class Former:
    """A measure that had a number in a version, and what it is called there."""

    thing: Thing
    """With the number of today; none where it was given up."""
    number: str
    field: str
    version: Thing


def is_number(typed: str) -> bool:
    """Whether somebody looks for a number such as 2.4."""
    return NUMBER.fullmatch(typed.strip().rstrip(".")) is not None


def numbered_before(municipality: Municipality, typed: str) -> list[Former]:
    """Public measures that had a number in a public version and have another now: one query."""
    number = typed.strip().rstrip(".")
    rows = Link.objects.filter(
        relation=Relation.FROZEN_IN,
        target__municipality=municipality,
        target__is_public=True,
        source__is_public=True,
        source_kind=Measure.KIND,
        note__startswith=f"{number} ",
        undone_at=None,
    ).exclude(source__number=number)
    found = rows.select_related("source", "target").order_by("-happened_on", "target", "source")
    return [_former(link) for link in found[:MOST]]


def numbers_of(version: ConceptVersion) -> list[Former]:
    """Measures of a version whose number has changed since, in the order of the version."""
    rows = Link.objects.filter(
        relation=Relation.FROZEN_IN,
        target=version.pk,
        source_kind=Measure.KIND,
        source__is_public=True,
        undone_at=None,
    )
    former = [_former(link) for link in rows.select_related("source", "target").order_by("pk")]
    return [one for one in former if one.number and one.number != one.thing.number]


def _former(link: Link) -> Former:
    number, _space, field = link.note.partition(" ")
    return Former(link.source, number, field, link.target)
