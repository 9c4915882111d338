"""Lists taken over into the register: received, previewed, decided about, and only then written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.actions.sharing import locked
from miteinander.community.actions.taking import Taking
from miteinander.community.models import ColumnMapping, Person, SheetImport, SheetLine
from miteinander.community.queries import fingerprint_of, imports_left, left_out, lines_of
from miteinander.community.states import ImportState, LineOutcome, LineSubject, ListField
from miteinander.core.bulk import AT_ONCE
from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.models import Job, Municipality
from miteinander.core.standing import Standing


@transaction.atomic
def receive_list(
    municipality: Municipality, *, name: str, content: bytes, by: Standing, at: datetime
) -> SheetImport:
    """Keep a file for whoever sent it, to be read; nothing of it is remembered as an event."""
    assert by.user is not None, "a preview belongs to an account"
    return SheetImport.objects.create(
        municipality=municipality,
        owner_id=by.user,
        name=name[:200],
        content=content,
        received_at=at,
    )


def hand_to_worker(found: SheetImport, job: Job, *, state: ImportState) -> None:
    """Say which work in the background a list waits for."""
    found.job, found.state = job, state
    found.save(update_fields=["job", "state"])


@transaction.atomic
def keep_preview(
    found: SheetImport,
    lines: Sequence[SheetLine],
    *,
    sheets: list[dict[str, Any]],
    sheet: int,
    columns: list[dict[str, Any]],
    mapping: Mapping[str, str],
    totals: dict[str, Any],
    seen: list[int],
) -> SheetImport:
    """Put a new preview in the place of the old one; what was decided about the same stays so."""
    decided = {
        (subject, row, title): (decision, candidates)
        for subject, row, title, decision, candidates in lines_of(found)
        .exclude(decision="")
        .values_list("subject", "row", "title", "decision", "candidates")
    }
    SheetLine.objects.filter(sheet_import=found).delete()
    for line in lines:
        line.sheet_import = found
        decision, candidates = decided.get((line.subject, line.row, line.title), ("", []))
        if decision == "leave" or (decision and candidates == line.candidates):
            line.decision = decision
    SheetLine.objects.bulk_create(lines, batch_size=AT_ONCE)
    found.sheets, found.sheet, found.columns = sheets, sheet, columns
    found.mapping, found.totals, found.seen = dict(mapping), totals, seen
    found.state, found.refusal = ImportState.OPEN, ""
    found.save()
    return found


@transaction.atomic
def refuse_list(found: SheetImport, *, why: str, at: datetime) -> SheetImport:
    """Say why a file cannot be read, and let go of it."""
    SheetLine.objects.filter(sheet_import=found).delete()
    found.state, found.refusal, found.content, found.ended_at = ImportState.REFUSED, why, b"", at
    found.columns, found.sheets = [], []
    found.save()
    return found


@transaction.atomic
def choose_columns(
    found: SheetImport, *, headings: str, instead_of: str, sheet: int, mapping: Mapping[str, str]
) -> SheetImport:
    """Say what the columns hold; remembered for every list with these headings in this town.

    What was remembered for the headings that somebody corrects is forgotten: they are none.
    """
    found = _open(found)
    checked_columns(mapping)
    if instead_of != headings:
        ColumnMapping.objects.filter(
            municipality_id=found.municipality_id, headings=instead_of
        ).delete()
    ColumnMapping.objects.update_or_create(
        municipality_id=found.municipality_id,
        headings=headings,
        defaults={"mapping": dict(mapping)},
    )
    found.sheet, found.mapping = sheet, dict(mapping)
    found.save(update_fields=["sheet", "mapping"])
    return found


_SEVERAL = {ListField.BODY, ListField.MARK, ListField.EMAIL, ListField.TITLE, ListField.IGNORE}
_NAMING = {
    ListField.NAME, ListField.LAST_NAME, ListField.FUNCTION, ListField.EMAIL,
    ListField.ORGANISATION, ListField.BODY,
}  # fmt: skip


def checked_columns(mapping: Mapping[str, str]) -> None:
    """Refuse columns that say the same twice, or that do not say who is meant."""
    once = [field for field in mapping.values() if field and field not in _SEVERAL]
    if twice := sorted({field for field in once if once.count(field) > 1}):
        raise Invalid(
            {
                place: _("Another column already holds this. Please choose it for one column only.")
                for place, field in mapping.items()
                if field in twice
            }
        )
    if not _NAMING & set(mapping.values()):
        raise Invalid(
            {
                "": _(
                    "Nothing says who is meant. Please choose at least one column with the name of "
                    "the person, the organisation or the body."
                )
            }
        )


@transaction.atomic
def choose_sheet(found: SheetImport, *, sheet: int) -> SheetImport:
    """Read another sheet of the same file; what its columns hold is guessed anew."""
    found = _open(found)
    found.sheet, found.mapping = sheet, {}
    found.save(update_fields=["sheet", "mapping"])
    return found


@transaction.atomic
def decide(found: SheetImport, decisions: Mapping[int, str]) -> int:
    """Say what single lines are: “new”, “leave”, the place of a candidate, or nothing again."""
    found = _open(found)
    changed = []
    for line in lines_of(found).filter(pk__in=list(decisions)):
        wanted = decisions[line.pk]
        if wanted != line.decision and wanted in allowed_for(line):
            line.decision = wanted
            changed.append(line)
    SheetLine.objects.bulk_update(changed, ["decision"], batch_size=AT_ONCE)
    return len(changed)


@transaction.atomic
def decide_all(found: SheetImport, outcome: str, decision: str) -> int:
    """The same for every line that waits (or differs) and about which nothing was said yet."""
    found = _open(found)
    waiting = [
        line
        for line in lines_of(found, outcome).filter(decision="")
        if decision in allowed_for(line)
    ]
    return SheetLine.objects.filter(pk__in=[line.pk for line in waiting]).update(decision=decision)


def allowed_for(line: SheetLine) -> set[str]:
    match line.outcome:
        case LineOutcome.SIMILAR:
            return {"", "new", "leave", *(str(n) for n in range(len(line.candidates)))}
        case LineOutcome.NEW | LineOutcome.CHANGED:
            return {"", "leave"}
    return {""}


def take_over(
    municipality: Municipality,
    lines: Sequence[SheetLine],
    *,
    seen: list[int],
    by: Standing,
    at: datetime,
) -> dict[str, int]:
    """Write what was decided, all of it or nothing; how many of each came in or changed.

    One event tells of it, in figures. Whatever nobody decided about is left out. Refused (`Closed`)
    when somebody entered something since the list was compared.
    """
    with transaction.atomic():
        town = locked(municipality)
        if fingerprint_of(town) != seen:
            raise Closed(
                _("The register has changed since this preview was made."),
                do=_("It has been made anew. Please look at it again and confirm once more."),
            )
        told = Taking(town, lines, by=by, at=at).written()
        if any(told.values()):
            record("register.imported", None, by=by, at=at, municipality=town.pk, data=told)
    return told


@transaction.atomic
def finish_import(found: SheetImport, told: Mapping[str, int], *, at: datetime) -> SheetImport:
    """Keep the figures and where rows were not taken; file, names and addresses go."""
    lines = list(lines_of(found))
    waiting = {line.pk for line in left_out(lines)}
    left = [
        {
            "row": line.row,
            "remarks": [{**r, "value": ""} for r in line.remarks],
            "outcome": line.outcome,
        }
        for line in lines
        if line.remarks or line.pk in waiting
    ]
    SheetLine.objects.filter(sheet_import=found).delete()
    found.state, found.content, found.ended_at = ImportState.DONE, b"", at
    found.totals = {"written": dict(told), "left": left[:1000], "counted": found.totals}
    found.columns, found.sheets = [], []
    found.save()
    return found


@transaction.atomic
def drop_import(found: SheetImport) -> None:
    """Let go of a list and its preview; nothing of it was written."""
    SheetImport.objects.filter(pk=found.pk).delete()


@transaction.atomic
def sweep_imports(*, at: datetime) -> int:
    """Let go of what nobody decided about for a week."""
    count, _by_model = imports_left(at).delete()
    return count


def forget_in_imports(person: Person) -> None:
    """Drop every preview in which somebody stands who is to be forgotten, with its file."""
    told = Q(lines__subject=LineSubject.PERSON, lines__match=person.pk)
    if person.email:
        told |= Q(lines__says__email=person.email)
    if person.name:
        told |= Q(lines__title=person.name)
    SheetImport.objects.filter(
        pk__in=SheetImport.objects.filter(told, municipality=person.municipality_id).values("pk")
    ).delete()
    person.spellings.all().delete()


def _open(found: SheetImport) -> SheetImport:
    """The list, locked, as long as one may still say something about it."""
    current = SheetImport.objects.select_for_update().defer("content").get(pk=found.pk)
    if current.state != ImportState.OPEN:
        raise Closed(
            _("This list can no longer be changed: it is being read, or was taken over."),
            do=_("Please open it again and see how far it is."),
        )
    return current
