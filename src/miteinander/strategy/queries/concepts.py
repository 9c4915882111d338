"""Concepts with their processes and chapters: the current one, those still to be begun."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, F, QuerySet

from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing
from miteinander.process.models import Process
from miteinander.process.queries import know_phases_of
from miteinander.strategy.models import Chapter, Concept
from miteinander.strategy.queries.sight import concepts_visible_to, what_is_seen
from miteinander.strategy.states import ConceptState


def current_concept(municipality: Municipality, standing: Standing) -> Concept | None:
    """Return the latest adopted edition, else the one being drafted (home page, CLI)."""
    found = list(concepts_visible_to(municipality, standing))
    adopted = [concept for concept in found if concept.state == ConceptState.ADOPTED]
    return next(iter(adopted or found), None)


def processes_with_concepts(municipality: Municipality, standing: Standing) -> list[Process]:
    """Read all processes with phases and concept, the latest first: two queries (home page)."""
    found: list[Any] = _processes_with_concepts(
        town=municipality.pk, everything=sees_all(municipality, standing)
    )
    know_phases_of(found)
    for process in found:
        # Process and concept share their table of things, so Django leaves the concept's part of
        # it out and would read each column on its own.
        if process.concept_at:
            process.concept.kind = Concept.KIND
            process.concept.identifier = process.concept_at
            process.concept.is_public = process.concept_is_public
    return found


@prepared(town=BigIntegerField())
def _processes_with_concepts(*, town: Any, everything: bool) -> QuerySet[Process]:
    found = Process.objects.filter(what_is_seen(town, everything=everything))
    return (
        found.select_related("concept", "lead_office__organisation")
        .annotate(concept_is_public=F("concept__is_public"), concept_at=F("concept__identifier"))
        .order_by("-starts", "-pk")
    )


def concept_of_process(process: Process) -> Concept | None:
    return Concept.objects.filter(process=process).first()


def processes_without_concept(municipality: Municipality) -> QuerySet[Process]:
    """List the processes that can begin an edition."""
    return Process.objects.filter(municipality=municipality, concept=None).order_by("-starts")


def chapters_of(concept: Concept) -> list[Chapter]:
    """All chapters in their order, those left out among them (the list in the workspace)."""
    found = list(Chapter.objects.filter(concept=concept).order_by("position", "pk"))
    for chapter in found:
        chapter.concept = concept
    return found


def chapters_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Chapter]:
    """Chapters that are being written: for members only; everybody reads the frozen ones."""
    rows = Chapter.objects.filter(concept__municipality=municipality)
    if not sees_all(municipality, standing):
        return rows.none()
    return rows.select_related("concept__process").order_by("position", "pk")
