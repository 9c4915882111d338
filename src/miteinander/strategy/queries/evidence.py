"""What the need of a goal rests on: contributions, the stock-take, measures with their indicators.

Stitches of the golden thread, so that both ends tell of each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from miteinander.community.queries import things_named
from miteinander.core.errors import Invalid
from miteinander.core.models import Link, Relation, Thing
from miteinander.core.rows import Rows
from miteinander.core.search.find import search
from miteinander.core.standing import Standing
from miteinander.strategy.models import Goal

KINDS = frozenset(
    {
        "contribution", "theme", "statement", "survey_question", "offer", "meeting", "minutes",
        "resolution", "measure", "report", "version", "news", "page", "organisation",
    }
)  # fmt: skip
"""What can be evidence; offers are the stock-take, a measure and its reports hold the figures."""
NOT_EVIDENCE = _(
    "“%(title)s” cannot be evidence: it is another part of the concept, or grew from this goal."
)
FOR_THE_OFFICE = ("call", "contribution")
"""Kinds that only the coordination sees before they are public."""
MOST_FOUND = 12


def with_evidence(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Each goal with what its need rests on; `evidence_of` reads it."""
    stitches = _stitches(OuterRef("pk"))
    return goals.annotate(
        told_evidence=Rows(
            stitches.order_by("source__kind", "source__title", "source"), "source_id",
            "source__kind", "source__identifier", "source__title", "source__language",
            "source__is_public", "source__is_example",
        )
    )  # fmt: skip


def evidence_of(goal: Any, standing: Standing) -> list[Thing]:
    """As far as this reader may see it."""
    names = ("pk", "kind", "identifier", "title", "language", "is_public", "is_example")
    found = (Thing(**dict(zip(names, row, strict=True))) for row in goal.told_evidence)
    return [thing for thing in found if may_name(thing, standing)]


def with_linked(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Each goal with whether its need rests on anything linked; then `founded` asks nothing."""
    return goals.annotate(is_linked=Exists(_stitches(OuterRef("pk"))))


def founded(goals: Iterable[Goal]) -> set[int]:
    """Those that say what their need rests on, in a sentence or by what is linked.

    One query, and none where each has its sentence or came by `with_linked`.
    """
    known = {g.pk: bool(g.evidence.strip()) or vars(g).get("is_linked") for g in goals}
    asked = [pk for pk, is_founded in known.items() if is_founded is None]
    linked = _stitches(asked).values_list("target", flat=True) if asked else ()
    return {pk for pk, is_founded in known.items() if is_founded} | set(linked)


def _stitches(goals: Any) -> QuerySet[Link]:
    target = {"target__in": goals} if isinstance(goals, list) else {"target": goals}
    return Link.objects.filter(relation=Relation.EVIDENCE_OF, undone_at=None, **target)


def may_name(thing: Thing, standing: Standing) -> bool:
    """Whether somebody may learn of a thing by its name."""
    if thing.is_public or standing.is_coordinator:
        return bool(thing.title)
    return standing.is_member and thing.kind not in FOR_THE_OFFICE


def evidence_found(goal: Goal, typed: str) -> list[Thing]:
    """What everybody may read and could be evidence for a goal, as the search finds it."""
    found = [hit.thing for hit in search(goal.municipality, typed).hits]
    return [thing for thing in found if is_evidence(thing, goal)][:MOST_FOUND]


def evidence_at(goal: Goal, typed: str, standing: Standing) -> list[Thing]:
    """Things by their addresses, one a line; raises `Invalid` for ``about``, naming the line."""
    found = things_named(goal.municipality, typed)
    for thing in found:
        if not may_name(thing, standing) or not is_evidence(thing, goal):
            raise Invalid({"about": NOT_EVIDENCE % {"title": thing.identifier}})
    return found


def is_evidence(thing: Thing, goal: Goal) -> bool:
    """What grew from a goal does not prove that it is needed."""
    grown = Link.objects.filter(source=goal.pk, target=thing.pk, undone_at=None)
    return thing.kind in KINDS and not grown.exists()
