"""An edition begins, its cross-cutting themes are named, its numbers are set."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.models import Relation
from miteinander.core.standing import Standing
from miteinander.process.actions import require_public, save_as_template
from miteinander.process.models import (
    Named,
    Pattern,
    PlannedChapter,
    Process,
    Template,
    pattern_from,
)
from miteinander.strategy import events
from miteinander.strategy.actions.ground import (
    next_position,
    number_field,
    number_fields,
    require_drafting,
    required,
)
from miteinander.strategy.models import Chapter, Concept, CrossCuttingTheme, FieldOfAction
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

    Its document has an outline from the beginning: that of the process's template, or the usual.
    The template's fields are candidates at first.
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
    pattern = pattern_from(process.pattern) if process.pattern else None
    Chapter.objects.bulk_create(_outline(concept, pattern))
    if continues is not None:
        link(continues, concept, Relation.CONTINUED_AS, on=localdate(at))
    record(events.CONCEPT_BEGUN.name, concept, by=by, at=at)
    # An edition that goes on brings its own fields and themes along.
    if pattern is not None and continues is None:
        _begin_with(concept, pattern, by=by, at=at)
    return concept


def _outline(concept: Concept, pattern: Pattern | None) -> list[Chapter]:
    """The template's chapters in its order, then those of the usual outline that it lacks."""
    planned = pattern.chapters if pattern else ()
    there = {chapter.kind for chapter in planned}
    rest = [PlannedChapter(kind) for kind in OUTLINE if kind not in there]
    return [
        Chapter(
            concept=concept,
            chapter_kind=chapter.kind,
            title=chapter.title,
            text=chapter.text,
            is_left_out=chapter.left_out,
            position=place,
        )
        for place, chapter in enumerate([*planned, *rest], start=1)
    ]


def _begin_with(concept: Concept, pattern: Pattern, *, by: Standing, at: datetime) -> None:
    """Put the template's fields and themes in; that no phase permits drafting yet is no matter."""
    shared: dict[str, Any] = {
        "municipality_id": concept.municipality_id,
        "concept": concept,
        "language": concept.language,
        "is_public": True,
        "happened_on": localdate(at),
    }
    for place, named in enumerate(pattern.fields, start=1):
        field = FieldOfAction.objects.create(
            title=named.title, scope=named.text, position=place, **shared
        )
        record(events.FIELD_PROPOSED.name, field, by=by, at=at)
    for place, named in enumerate(pattern.themes, start=1):
        theme = CrossCuttingTheme.objects.create(
            title=named.title, text=named.text, position=place, **shared
        )
        record(events.THEME_NAMED.name, theme, by=by, at=at)


@transaction.atomic
def save_process_as_template(
    process: Process, *, title: str, by: Standing, at: datetime
) -> Template:
    """Save a process as a template, with fields, themes and outline of its concept if it has one.

    Of the chapters the order, the headings and what is left out are kept, not the texts: they
    speak of this edition.
    """
    concept = Concept.objects.filter(process=process).first()
    later = Pattern(title=title)
    if concept is not None:
        later = Pattern(
            title=title,
            fields=tuple(
                Named(field.title, field.scope)
                for field in concept.fields.exclude(state=FieldState.RETIRED).order_by("position")
            ),
            themes=tuple(
                Named(theme.title, theme.text)
                for theme in concept.cross_cutting_themes.filter(retired_on=None).order_by(
                    "position"
                )
            ),
            chapters=tuple(
                PlannedChapter(chapter.chapter_kind, chapter.title, left_out=chapter.is_left_out)
                for chapter in concept.chapters.all()
            ),
        )
    return save_as_template(process, title=title, later=later, by=by, at=at)


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
