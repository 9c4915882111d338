"""Previews of lists: read at once or by the worker, and confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from miteinander.community import actions, queries
from miteinander.community.models import SheetImport
from miteinander.community.readers.lists import read_list
from miteinander.community.states import ImportState
from miteinander.core import jobs
from miteinander.core.errors import Closed, Invalid
from miteinander.core.sheets import is_light
from miteinander.core.standing import Standing

READ, TAKE_OVER = "community.read_list", "community.take_over_list"
"""The names of the work in the background."""
FEW = 1000
"""Lines that are taken over while somebody waits."""


def prepare_soon(found: SheetImport, *, by: Standing, at: datetime) -> None:
    """Make the preview of a list: at once when it is small, else by the worker."""
    if is_light(bytes(found.content)):
        prepare(found, at=at)
        return
    with transaction.atomic():
        job = jobs.enqueue(READ, at=at, by=by, found=found.pk)
        actions.hand_to_worker(found, job, state=ImportState.READING)


def prepare(
    found: SheetImport, *, at: datetime, report: Callable[[int], None] = lambda _percent: None
) -> None:
    """Read a list and keep its preview; a file that is none is told so, and let go."""
    register = queries.register_of(found.municipality)
    with override(found.owner.language):
        try:
            draft = read_list(
                bytes(found.content),
                register,
                sheet=found.sheet if found.sheets else None,
                mapping=found.mapping or None,
                report=report,
            )
        except Invalid as refusal:
            why = " ".join(str(sentence) for sentence in refusal.fields.values())
            actions.refuse_list(found, why=why, at=at)
            return
    actions.keep_preview(
        found,
        draft.lines,
        sheets=draft.sheets,
        sheet=draft.sheet,
        columns=[column.as_json() for column in draft.columns],
        mapping=draft.mapping,
        totals=draft.totals,
        seen=register.fingerprint,
    )


def take_over_soon(found: SheetImport, *, by: Standing, at: datetime) -> None:
    """Write what was decided: at once when it is little, else by the worker."""
    if queries.lines_of(found).count() <= FEW:
        take_over(found, by=by, at=at)
        return
    with transaction.atomic():
        job = jobs.enqueue(TAKE_OVER, at=at, by=by, found=found.pk)
        actions.hand_to_worker(found, job, state=ImportState.WRITING)


def take_over(found: SheetImport, *, by: Standing, at: datetime) -> None:
    """Write what was decided. When the register changed meanwhile, the preview is made anew."""
    lines = list(queries.lines_of(found))
    try:
        with transaction.atomic():
            told = actions.take_over(found.municipality, lines, seen=found.seen, by=by, at=at)
            actions.finish_import(found, told, at=at)
    except Closed:
        prepare(found, at=at)
        raise
