"""What was said before is kept, and can be said again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from miteinander.core.standing import Standing
from miteinander.strategy import queries
from miteinander.strategy.models import Chapter, Wording
from miteinander.strategy.models.wordings import Draft, place_of


def remember(
    row: Draft, *, before: Mapping[str, str], seen: int, by: Standing, at: datetime
) -> None:
    """Keep what a save changed, in the caller's transaction; a save that changed nothing is none.

    `before` is what the draft said (``queries.said``) and `seen` its revision then. Where history
    does not know that yet (it begins here, or a text came from elsewhere), it is kept first.
    """
    now = queries.said(row)
    known = queries.wordings_of(row)
    told = known[-1].words if known else {}
    if caught_up := {name: text for name, text in before.items() if told.get(name) != text}:
        begun = at if known or isinstance(row, Chapter) else row.created
        _keep(row, caught_up, revision=seen, function="", at=begun)
    if changed := {name: text for name, text in now.items() if before.get(name, "") != text}:
        _keep(row, changed, revision=row.revision, function=by.function, at=at)


def _keep(
    row: Draft, words: Mapping[str, str], *, revision: int, function: str, at: datetime
) -> None:
    Wording.objects.create(
        **place_of(row), revision=revision, at=at, function=function, words=dict(words)
    )
