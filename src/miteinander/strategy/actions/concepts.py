"""An edition begins, its cross-cutting themes are named, its numbers are set."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.models import Relation
from miteinander.core.standing import Standing
from miteinander.process.actions import require_public
from miteinander.process.models import Process
from miteinander.strategy import events
from miteinander.strategy.actions.ground import (
    next_position,
    number_field,
    number_fields,
    require_drafting,
    required,
)
from miteinander.strategy.models import Chapter, Concept, CrossCuttingTheme
from miteinander.strategy.states import OUTLINE, FieldState


@transaction.atomic
def begin_concept(
    process: Process,
    *,
    title: str,
    text: str = "",
    continues: Concept | None = None,
    language: str = "de",
    is_example: bool = False,
    by: Standing,
    at: datetime,
) -> Concept:
    """Begin an edition; a process makes one. That it is being made is public at once.

    Its document has the usual outline from the beginning.
    """
    required(title=title)
    require_public(process)
    if Concept.objects.filter(process=process).exists():
        raise Closed(
            _("This process has a concept already."),
            where=process.title,
            do=_("A new edition is made in a process of its own."),
        )
    concept = Concept.objects.create(
        municipality_id=process.municipality_id,
        process=process,
        title=title,
        text=text,
        continues=continues,
        language=language,
        is_example=is_example,
        is_public=True,
        happened_on=localdate(at),
    )
    Chapter.objects.bulk_create(
        Chapter(concept=concept, chapter_kind=kind, position=place)
        for place, kind in enumerate(OUTLINE, start=1)
    )
    if continues is not None:
        link(continues, concept, Relation.CONTINUED_AS, on=localdate(at))
    record(events.CONCEPT_BEGUN.name, concept, by=by, at=at)
    return concept


@transaction.atomic
def name_cross_cutting_theme(
    concept: Concept,
    *,
    title: str,
    text: str = "",
    language: str = "de",
    is_example: bool = False,
    by: Standing,
    at: datetime,
) -> CrossCuttingTheme:
    required(title=title)
    require_drafting(concept, "draft", "gather", at=at)
    theme = CrossCuttingTheme.objects.create(
        municipality_id=concept.municipality_id,
        concept=concept,
        title=title,
        text=text,
        position=next_position(CrossCuttingTheme.objects.filter(concept=concept)),
        language=language,
        is_example=is_example,
        is_public=True,
        happened_on=localdate(at),
    )
    record(events.THEME_NAMED.name, theme, by=by, at=at)
    return theme


@transaction.atomic
def renumber(concept: Concept, *, by: Standing, at: datetime) -> Concept:
    """Set all display numbers anew, without gaps. An adopted edition keeps its numbers."""
    require_drafting(concept, "draft", "gather", "review", at=at)
    number_fields(concept)
    for field in concept.fields.filter(state__in=(FieldState.KEPT, FieldState.CANDIDATE)):
        number_field(field)
    record(events.CONCEPT_RENUMBERED.name, concept, by=by, at=at)
    return concept
