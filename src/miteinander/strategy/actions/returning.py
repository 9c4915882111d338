"""An earlier wording is taken again: as a new save, with its own place in the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from miteinander.core.errors import NotThere
from miteinander.core.standing import Standing
from miteinander.strategy import queries
from miteinander.strategy.actions.chapters import write_chapter
from miteinander.strategy.actions.fields import describe_field
from miteinander.strategy.actions.goals import edit_goal
from miteinander.strategy.actions.measures import edit_measure
from miteinander.strategy.models import Chapter, FieldOfAction, Goal
from miteinander.strategy.models.wordings import Draft


@transaction.atomic
def say_again(row: Draft, *, wording: int, revision: int, by: Standing, at: datetime) -> None:
    """Take the texts of an earlier wording again; lead, money and dates stay as they are.

    The name of a field stays, too: it is renamed with its old name on record.
    """
    said = next((one for one in queries.wordings_of(row) if one.pk == wording), None)
    if said is None:
        raise NotThere
    now = queries.said(row)
    texts: dict[str, object] = {
        name: said.words[name]
        for name in queries.texts_of(row)
        if name in said.words and said.words[name] != now[name]
    }
    if isinstance(row, FieldOfAction):
        texts.pop("title", None)
    if not texts:
        return  # it reads like that already
    write_texts(row, texts, revision=revision, by=by, at=at)


def write_texts(
    row: Draft, texts: Mapping[str, object], *, revision: int, by: Standing, at: datetime
) -> None:
    """Save texts of any draft as its editor would, with the same refusals."""
    if isinstance(row, Chapter):
        write_chapter(row, changes=texts, revision=revision, by=by, at=at)
    elif isinstance(row, FieldOfAction):
        describe_field(row, changes=texts, revision=revision, by=by, at=at)
    elif isinstance(row, Goal):
        edit_goal(row, changes=texts, revision=revision, by=by, at=at)
    else:
        edit_measure(row, changes=texts, revision=revision, by=by, at=at)
