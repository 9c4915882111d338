"""What was said before is kept, and can be said again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from miteinander.core.bulk import AT_ONCE
from miteinander.core.standing import Standing
from miteinander.strategy import queries
from miteinander.strategy.models import Chapter, Wording
from miteinander.strategy.models.wordings import Draft, place_of


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft after a save; what it said before (``queries.said``), and its revision then."""

    row: Draft
    before: Mapping[str, str]
    seen: int


def begin(rows: Sequence[Draft], *, by: Standing, at: datetime) -> None:
    """Keep how new drafts read, in the caller's transaction: here their history begins.

    With rows from ``queries.sayable`` this is one query.
    """
    first = [
        _wording(row, queries.said(row), revision=row.revision, function=by.function, at=at)
        for row in rows
    ]
    Wording.objects.bulk_create(first, batch_size=AT_ONCE)


def remember(
    row: Draft, *, before: Mapping[str, str], seen: int, by: Standing, at: datetime
) -> None:
    """Keep what a save changed, in the caller's transaction; a save that changed nothing is none.

    Where history does not know yet what was said before (it begins here, or a text came from
    elsewhere), that is kept first.
    """
    remember_all([Saved(row, before, seen)], by=by, at=at)


def remember_all(saved: Sequence[Saved], *, by: Standing, at: datetime) -> None:
    """Keep what saves of several drafts of one kind changed, as `remember` would one by one."""
    known = queries.last_words([one.row for one in saved])
    wordings = []
    for one in saved:
        row, now, told = one.row, queries.said(one.row), known.get(one.row.pk)
        caught_up = one.before
        if told is not None:
            caught_up = {n: text for n, text in one.before.items() if told.get(n, "") != text}
        if caught_up:
            begun = at if told is not None or isinstance(row, Chapter) else row.created
            wordings.append(_wording(row, caught_up, revision=one.seen, function="", at=begun))
        if changed := {n: text for n, text in now.items() if one.before.get(n, "") != text}:
            kept = _wording(row, changed, revision=row.revision, function=by.function, at=at)
            wordings.append(kept)
    Wording.objects.bulk_create(wordings, batch_size=AT_ONCE)


def _wording(
    row: Draft, words: Mapping[str, str], *, revision: int, function: str, at: datetime
) -> Wording:
    return Wording(**place_of(row), revision=revision, at=at, function=function, words=dict(words))
