"""What the worker does for the town's own words."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.community import actions, insights, readers
from miteinander.community.queries import (
    import_to_read,
    imports_left,
    is_being_worked_on,
    news_due,
    standing_of,
    towns_with_targets,
)
from miteinander.core.errors import Closed
from miteinander.core.jobs import job, report


def _some_is_due(at: datetime) -> bool:
    return news_due(at).exists()


@job(
    "community.let_appear",
    label=_("Note what has appeared"),
    every=timedelta(seconds=5),
    when=_some_is_due,
)
def let_appear() -> None:
    actions.let_appear(at=timezone.now())


@job(readers.READ, label=_("Read a list for the register"))
def read_list(found: int) -> None:
    if (waiting := import_to_read(found)) is not None and is_being_worked_on(waiting):
        readers.prepare(waiting, at=timezone.now(), report=report)


@job(readers.TAKE_OVER, label=_("Take a list over into the register"))
def take_over_list(found: int) -> None:
    """Whoever confirmed it is its owner; a second run finds nothing left to do."""
    waiting = import_to_read(found)
    if waiting is None or not is_being_worked_on(waiting):
        return
    at = timezone.now()
    by = standing_of(waiting.municipality, waiting.owner, at=at)
    # The register has changed: the preview was made anew, and waits for its owner's word.
    with contextlib.suppress(Closed):
        readers.take_over(waiting, by=by, at=at)


def _a_list_was_left(at: datetime) -> bool:
    return imports_left(at).exists()


@job(
    "community.sweep_imports",
    label=_("Let go of lists that nobody has decided about"),
    every=timedelta(hours=1),
    when=_a_list_was_left,
)
def sweep_imports() -> None:
    actions.sweep_imports(at=timezone.now())


def _somebody_is_wanted(_at: datetime) -> bool:
    return towns_with_targets().exists()


@job(
    "community.release_figures",
    label=_("Count who is at the table, as far as it may be shown"),
    every=timedelta(hours=6),
    when=_somebody_is_wanted,
)
def release_figures() -> None:
    at = timezone.now()
    for town in towns_with_targets():
        insights.release_bodies(town, at=at)
