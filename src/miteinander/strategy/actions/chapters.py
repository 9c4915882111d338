"""The chapters of the document: written, put in order, added, left out. None is ever deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.standing import Standing
from miteinander.strategy import events
from miteinander.strategy.actions.ground import (
    locked,
    next_position,
    require_drafting,
    required,
    save_changes,
)
from miteinander.strategy.actions.wordings import begin, remember
from miteinander.strategy.models import Chapter, Concept
from miteinander.strategy.queries import said
from miteinander.strategy.rules import WRITING
from miteinander.strategy.states import ChapterKind


@transaction.atomic
def write_chapter(
    chapter: Chapter, *, changes: Mapping[str, object], revision: int, by: Standing, at: datetime
) -> Chapter:
    """Change heading and text of a chapter; `revision` is what the editor saw."""
    assert changes.keys() <= {"title", "text", "is_example"}, "places are changed by move_chapter"
    require_drafting(chapter.concept, *WRITING, at=at)
    if chapter.chapter_kind == ChapterKind.OWN and not str(changes.get("title", "-")).strip():
        raise Invalid({"title": _("A chapter of your own needs a heading.")})
    stored = Chapter.objects.select_for_update().get(pk=chapter.pk)
    before, was = said(stored), stored.revision
    chapter = save_changes(chapter, changes, seen=revision)
    remember(chapter, before=before, seen=was, by=by, at=at)
    _remember(events.CHAPTER_WRITTEN.name, chapter, by=by, at=at)
    return chapter


@transaction.atomic
def add_chapter(
    concept: Concept,
    *,
    title: str,
    text: str = "",
    is_example: bool = False,
    by: Standing,
    at: datetime,
) -> Chapter:
    """Add a chapter of one's own at the end; it can be moved from there."""
    required(title=title)
    concept = locked(concept)
    require_drafting(concept, *WRITING, at=at)
    chapter = Chapter.objects.create(
        concept=concept,
        chapter_kind=ChapterKind.OWN,
        position=next_position(Chapter.objects.filter(concept=concept)),
        title=title.strip(),
        text=text,
        is_example=is_example,
    )
    begin([chapter], by=by, at=at)
    _remember(events.CHAPTER_ADDED.name, chapter, by=by, at=at)
    return chapter


@transaction.atomic
def move_chapter(
    chapter: Chapter, *, to: Literal["earlier", "later"], by: Standing, at: datetime
) -> Chapter:
    """Let a chapter change places with the one before or after it; at the end nothing happens."""
    concept = locked(chapter.concept)
    require_drafting(concept, *WRITING, at=at)
    order = list(Chapter.objects.filter(concept=concept).order_by("position", "pk"))
    here = order.index(chapter)
    there = here - 1 if to == "earlier" else here + 1
    if not 0 <= there < len(order):
        return order[here]
    order[here], order[there] = order[there], order[here]
    for place, row in enumerate(order, start=1):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])
    _remember(events.CHAPTER_MOVED.name, order[there], by=by, at=at)
    return order[there]


@transaction.atomic
def leave_out_chapter(chapter: Chapter, *, by: Standing, at: datetime) -> Chapter:
    """Leave a chapter out of the document; its text stays and it can be taken in again."""
    if chapter.chapter_kind == ChapterKind.FIELDS:
        raise Closed(
            _("Without the fields of action there is nothing to decide on."),
            where=chapter.heading,
            do=_("Please leave another chapter out."),
        )
    return _put(chapter, left_out=True, by=by, at=at)


@transaction.atomic
def take_in_chapter(chapter: Chapter, *, by: Standing, at: datetime) -> Chapter:
    return _put(chapter, left_out=False, by=by, at=at)


def _put(chapter: Chapter, *, left_out: bool, by: Standing, at: datetime) -> Chapter:
    require_drafting(locked(chapter.concept), *WRITING, at=at)
    chapter.refresh_from_db()
    if chapter.is_left_out == left_out:
        return chapter
    chapter.is_left_out = left_out
    chapter.save(update_fields=["is_left_out"])
    kind = events.CHAPTER_LEFT_OUT if left_out else events.CHAPTER_TAKEN_IN
    _remember(kind.name, chapter, by=by, at=at)
    return chapter


def _remember(kind: str, chapter: Chapter, *, by: Standing, at: datetime) -> None:
    with override(chapter.concept.language):
        heading = chapter.heading
    record(kind, chapter.concept, by=by, at=at, data={"chapter": heading})
