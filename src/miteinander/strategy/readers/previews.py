"""Previews of documents: read at once or by the worker, and confirmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import override

from miteinander.community.states import ImportState
from miteinander.core import jobs
from miteinander.core.errors import Invalid, Refusal
from miteinander.core.standing import Standing
from miteinander.strategy import actions, queries
from miteinander.strategy.models import ConceptImport, ConceptLine
from miteinander.strategy.readers.comparing import MOST_CANDIDATES, compared, hold_against, same_key
from miteinander.strategy.readers.drafts import Draft, is_light, read_concept
from miteinander.strategy.states import LineOutcome

READ, TAKE_IN = "strategy.read_document", "strategy.take_in_document"
"""The names of the work in the background."""
FEW = 60
"""Entries that are written while somebody waits."""


def structure_of(draft: Draft) -> dict[str, Any]:
    """What is shown of how a document was understood."""
    return {
        "kind": draft.kind,
        "levels": draft.levels,
        "labels": draft.labels,
        "aside": draft.aside,
    }


def prepare_soon(found: ConceptImport, *, by: Standing, at: datetime) -> None:
    """Make the preview of a document: at once when it is small, else by the worker."""
    if is_light(bytes(found.content)):
        prepare(found, at=at)
        return
    with transaction.atomic():
        job = jobs.enqueue(READ, at=at, by=by, found=found.pk)
        actions.give_document_to_worker(found, job, state=ImportState.READING)


def prepare(
    found: ConceptImport,
    *,
    at: datetime,
    report: Callable[[int], None] = lambda _percent: None,
    why: str = "",
) -> None:
    """Read a document and keep its preview; a file that is none is told so, and let go.

    `why` says to its owner why this is done once more.
    """
    with override(found.owner.language):
        try:
            draft = read_concept(bytes(found.content), found.mapping, report)
        except Invalid as refusal:
            told = " ".join(str(sentence) for sentence in refusal.fields.values())
            actions.refuse_document(found, why=told, at=at)
            return
    ground = queries.ground_of(found.concept)
    lines = compared(draft.entries, ground, found.same)
    actions.keep_document_preview(
        found,
        lines,
        structure=structure_of(draft),
        remarks=draft.remarks,
        totals=queries.counted_lines(lines),
        seen=ground.seen,
        why=why,
    )


def decide(found: ConceptImport, decisions: Mapping[int, str]) -> int:
    """Keep what was said of entries; the place of a candidate says that it is the same thing."""
    places = {str(place): place for place in range(MOST_CANDIDATES)}
    chosen = {pk: places[value] for pk, value in decisions.items() if value in places}
    rest = {pk: value for pk, value in decisions.items() if value not in places}
    count = actions.decide_lines(found, rest)
    lines = [
        line
        for line in queries.lines_of_import(found, LineOutcome.SIMILAR).filter(pk__in=list(chosen))
        if chosen[line.pk] < len(line.candidates)
    ]
    return count + _are_same(found, {line: chosen[line.pk] for line in lines})


def decide_all(found: ConceptImport, decision: str) -> int:
    """The same for every entry that is perhaps there and about which nothing was said yet."""
    waiting = queries.lines_of_import(found, LineOutcome.SIMILAR).filter(decision="")
    return decide(found, {line.pk: decision for line in waiting})


def _are_same(found: ConceptImport, chosen: Mapping[ConceptLine, int]) -> int:
    if not chosen:
        return 0
    ground = queries.ground_of(found.concept)
    taken = {line.match for line in queries.lines_of_import(found)}
    same: dict[str, int] = {}
    for line, place in chosen.items():
        part = ground.parts.get(line.candidates[place]["pk"])
        if part is None or part.pk in taken:
            continue  # no two entries are one thing
        taken.add(part.pk)
        same[same_key(line)] = part.pk
        line.decision = ""
        hold_against(line, part, ground)
    actions.keep_sameness(found, same, list(chosen))
    return len(same)


def take_in_soon(found: ConceptImport, *, by: Standing, at: datetime) -> None:
    """Write what was decided: at once when it is little, else by the worker."""
    if queries.lines_of_import(found).count() <= FEW:
        take_in(found, by=by, at=at)
        return
    with transaction.atomic():
        job = jobs.enqueue(TAKE_IN, at=at, by=by, found=found.pk)
        actions.give_document_to_worker(found, job, state=ImportState.WRITING)


def take_in(found: ConceptImport, *, by: Standing, at: datetime) -> None:
    """Write what was decided, once. Where it cannot be, the preview is made anew and says why."""
    try:
        with transaction.atomic():
            if not actions.hold_document(found):
                return  # written by a second press at the same moment, or dropped
            told = actions.take_in_document(
                found.concept,
                list(queries.lines_of_import(found)),
                name=found.name,
                digest=found.digest,
                size=len(found.content),
                seen=found.seen,
                mapping=found.mapping,
                by=by,
                at=at,
            )
            actions.finish_document(found, told, at=at)
    except Refusal as refusal:
        with override(found.owner.language):
            why = str(refusal)
        prepare(found, at=at, why=why)
        raise
