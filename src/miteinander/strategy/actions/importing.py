"""Documents taken over into a concept: received, previewed, decided about, only then written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Person
from miteinander.community.states import ImportState
from miteinander.core.bulk import AT_ONCE
from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Job
from miteinander.core.standing import Standing
from miteinander.strategy.actions.ground import require_drafting
from miteinander.strategy.models import Concept, ConceptImport, ConceptLine
from miteinander.strategy.queries import (
    concept_imports_left,
    lines_of_import,
    lines_to_tell,
    sources_of_concept,
)
from miteinander.strategy.states import LineOutcome

MOST_TOLD = 2000


@transaction.atomic
def receive_document(
    concept: Concept, *, name: str, content: bytes, by: Standing, at: datetime
) -> ConceptImport:
    """Keep a document for whoever sent it, to be read; nothing of it is written yet."""
    assert by.user is not None, "a preview belongs to an account"
    require_drafting(concept, at=at)
    earlier = sources_of_concept(concept).filter(name=name[:200]).first()
    return ConceptImport.objects.create(
        concept=concept,
        mapping=earlier.mapping if earlier else {},
        owner_id=by.user,
        name=name[:200],
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        received_at=at,
    )


def give_document_to_worker(found: ConceptImport, job: Job, *, state: ImportState) -> None:
    """Say which work in the background a document waits for."""
    found.job, found.state = job, state
    found.save(update_fields=["job", "state"])


@transaction.atomic
def keep_document_preview(
    found: ConceptImport,
    lines: Sequence[ConceptLine],
    *,
    structure: Mapping[str, Any],
    remarks: Sequence[Mapping[str, Any]],
    totals: Mapping[str, Any],
    seen: Sequence[int],
    why: str = "",
) -> None:
    """Put a new preview in the place of the old one; what was decided about the same stays so.

    `why` says why it had to be made anew. What was dropped or written meanwhile stays so.
    """
    if not hold_document(found):
        return
    decided = {
        (subject, number, title): decision
        for subject, number, title, decision in lines_of_import(found)
        .exclude(decision="")
        .values_list("subject", "number", "title", "decision")
    }
    ConceptLine.objects.filter(concept_import=found).delete()
    for line in lines:
        line.concept_import = found
        decision = decided.get((line.subject, line.number, line.title), "")
        if decision in allowed_decisions(line):
            line.decision = decision
    ConceptLine.objects.bulk_create(lines, batch_size=AT_ONCE)
    found.structure, found.remarks = dict(structure), [dict(one) for one in remarks]
    found.totals, found.seen = dict(totals), list(seen)
    found.state, found.refusal = ImportState.OPEN, why
    found.save()


@transaction.atomic
def refuse_document(found: ConceptImport, *, why: str, at: datetime) -> None:
    """Say why a document cannot be read, and let go of it."""
    if not hold_document(found):
        return
    ConceptLine.objects.filter(concept_import=found).delete()
    found.state, found.refusal, found.content = ImportState.REFUSED, why, b""
    found.ended_at, found.structure, found.remarks = at, {}, []
    found.save()


def hold_document(found: ConceptImport) -> bool:
    """Hold a document until the transaction ends, unless it was dropped or written meanwhile."""
    ended = (ImportState.DONE, ImportState.REFUSED)
    rows = ConceptImport.objects.filter(pk=found.pk).exclude(state__in=ended)
    return rows.select_for_update().values_list("pk", flat=True).first() is not None


@transaction.atomic
def choose_meanings(found: ConceptImport, mapping: Mapping[str, str]) -> ConceptImport:
    """Say what headings and labels of a document mean."""
    found = _still_open(found)
    levels = {row["key"] for row in found.structure.get("levels", [])}
    roles = [role for key, role in mapping.items() if key in levels]
    if levels and not {"field", "goal", "measure"} & set(roles):
        raise Invalid(
            {
                "": _(
                    "Nothing would be a field, a goal or a measure. Please say so of at least one "
                    "sort of heading."
                )
            }
        )
    found.mapping = dict(mapping)
    found.save(update_fields=["mapping"])
    return found


@transaction.atomic
def decide_lines(found: ConceptImport, decisions: Mapping[int, str]) -> int:
    """Say what becomes of single entries: “new”, “take”, “leave”, or nothing again."""
    found = _still_open(found)
    changed = []
    for line in lines_of_import(found).filter(pk__in=list(decisions)):
        wanted = decisions[line.pk]
        if wanted != line.decision and wanted in allowed_decisions(line):
            line.decision = wanted
            changed.append(line)
    ConceptLine.objects.bulk_update(changed, ["decision"], batch_size=AT_ONCE)
    return len(changed)


@transaction.atomic
def keep_sameness(
    found: ConceptImport, same: Mapping[str, int], lines: Sequence[ConceptLine]
) -> None:
    """Remember which things entries are, and the entries as they look since then."""
    found = _still_open(found)
    found.same = {**found.same, **same}
    found.save(update_fields=["same"])
    ConceptLine.objects.bulk_update(
        lines, ["match", "outcome", "differences", "candidates", "remarks", "decision"],
        batch_size=AT_ONCE,
    )  # fmt: skip


def allowed_decisions(line: ConceptLine) -> set[str]:
    match line.outcome:
        case LineOutcome.SIMILAR:
            return {"", "new", "leave"}
        case LineOutcome.BOTH:
            return {"", "take", "leave"}
        case LineOutcome.NEW | LineOutcome.CHANGED:
            return {"", "leave"}
    return {""}


@transaction.atomic
def finish_document(found: ConceptImport, told: Mapping[str, int], *, at: datetime) -> None:
    """Keep the report: what was written, and what was not with its place. The document goes."""
    rows = lines_to_tell(found)
    ConceptLine.objects.filter(concept_import=found).delete()
    found.state, found.content, found.ended_at = ImportState.DONE, b"", at
    found.totals = {"written": dict(told), "rows": rows[:MOST_TOLD]}
    found.save()


@transaction.atomic
def drop_document(found: ConceptImport) -> None:
    """Let go of a document and its preview; what was written of it stays."""
    ConceptImport.objects.filter(pk=found.pk).delete()


@transaction.atomic
def sweep_documents(*, at: datetime) -> int:
    """Let go of what nobody decided about for a week, and of reports as old."""
    count, _by_model = concept_imports_left(at).delete()
    return count


def forget_in_documents(person: int) -> None:
    """Drop every document of the town in which the name or address of a person stands."""
    found = Person.objects.filter(pk=person).values("municipality_id", "name", "email").first()
    if found is None:
        return
    told = [words for words in (found["name"], found["email"]) if words]
    waiting = ConceptImport.objects.filter(concept__municipality_id=found["municipality_id"])
    for document in waiting.prefetch_related("lines").defer("content"):
        rows = [(line.title, line.says, line.remarks) for line in document.lines.all()]
        everything = str((rows, document.structure, document.remarks, document.totals))
        if document.state == ImportState.READING or any(words in everything for words in told):
            document.delete()


def _still_open(found: ConceptImport) -> ConceptImport:
    current = (
        ConceptImport.objects.select_for_update(of=("self",)).defer("content").get(pk=found.pk)
    )
    if current.state != ImportState.OPEN:
        raise Closed(
            _("This document can no longer be changed: it is being read, or was taken over."),
            do=_("Please open it again and see how far it is."),
        )
    return current
