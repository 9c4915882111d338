"""Fields of action: what they came from and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet

from miteinander.core.models import Link, Relation, Thing
from miteinander.core.prepared import prepared
from miteinander.core.wordlist import words_of
from miteinander.participation.models import Contribution, Theme
from miteinander.strategy.models import Concept, FieldOfAction, Measure
from miteinander.strategy.states import MeasureState

MERGES = (Relation.MOVED_TO, Relation.BECAME, Relation.SPLIT_INTO)


def target_groups_in_use(concept: Concept) -> list[str]:
    """Name the target groups of an edition, so that the next sheet uses the same words."""
    texts = Measure.objects.filter(goal__field__concept=concept).exclude(state=MeasureState.RETIRED)
    return words_of(texts.values_list("target_groups", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Moves:
    """Where things of a field came from, and where they went; as the thread remembers it."""

    to: list[Thing]
    came_from: list[Thing]
    notes: list[str]


def moves_of(field_: FieldOfAction) -> Moves:
    """One query: the fields into which this one went, and those that went into it."""
    moves = Moves([], [], [])
    for link in _moves_of(field=field_.pk):
        if link.source_id == field_.pk:
            moves.to.append(link.target)
            moves.notes.append(link.note)
        else:
            moves.came_from.append(link.source)
    return moves


@prepared(field=BigIntegerField())
def _moves_of(*, field: Any) -> QuerySet[Link]:
    return (
        Link.objects.filter(Q(source=field) | Q(target=field), undone_at=None)
        .filter(relation__in=MERGES)
        .select_related("source", "target")
        .order_by("happened_on", "pk")
    )


def themes_of_field(field_: FieldOfAction) -> list[Theme]:
    """Themes that the field collects; retiring it asks where each goes."""
    collected = Link.objects.filter(
        target=field_, relation=Relation.COLLECTED_BY, undone_at=None
    ).values("source")
    return list(Theme.objects.filter(pk__in=collected).order_by("title"))


def contributions_of_theme(theme: Theme) -> list[Contribution]:
    """Read the newest hundred contributions of a theme: what growing a goal from it would link."""
    return list(
        Contribution.objects.filter(theme=theme, is_merged=False, is_split=False).order_by("-pk")[
            :100
        ]
    )
