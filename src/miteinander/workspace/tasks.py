"""What the worker does for the workspace: files of frozen versions and of approved minutes.

A version is built because it is there, not because somebody remembered to ask: the schedule
finds every version for which no work was begun, also those of an example or of a backup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import queries
from miteinander.core.built import files_of
from miteinander.core.errors import Refusal
from miteinander.core.jobs import enqueue, job, report
from miteinander.core.standing import system
from miteinander.process.queries import minutes_never_built
from miteinander.workspace.building import (
    BUILD,
    BUILD_MINUTES,
    PAPERS,
    built,
    built_minutes,
    languages_of,
    order_files,
    wanted,
)


class NotBuilt(Exception):
    """Some files could not be made; says which and why. Those that could are kept."""


@job(BUILD, label=_("Build the documents of a version"))
def build_version(version: int, language: str) -> None:
    """Make every file of a version that is not kept yet, in one language.

    One file that fails does not keep the others waiting; the job then fails as a whole, and
    the next attempt makes only what is still missing.
    """
    found = queries.version_to_build(version)
    _each(
        [
            file.format
            for file in wanted(found, files_of(found))
            if file.language == language and file.kept is None
        ],
        lambda name: built(found, name, language),
    )


@job(BUILD_MINUTES, label=_("Build the files of minutes"))
def build_minutes(minutes: int, language: str) -> None:
    _each(PAPERS, lambda name: built_minutes(minutes, name, language))


def _each(names: Sequence[str], make: Callable[[str], object]) -> None:
    """Make one after the other; what fails is told at the end."""
    failed = []
    for place, name in enumerate(names):
        report(100 * place // len(names))
        try:
            make(name)
        except Refusal as refusal:  # it is meant for people: no name of a class before it
            failed.append(f"{name.upper()}: {refusal}")
        except Exception as problem:  # noqa: BLE001 -- whatever it is, the others must be made
            failed.append(f"{name.upper()}: {type(problem).__name__}: {problem}")
    if failed:
        raise NotBuilt("; ".join(failed))


def _some_were_never_built(at: datetime) -> bool:
    del at
    versions = queries.versions_never_built(BUILD)
    return versions.exists() or minutes_never_built(BUILD_MINUTES).exists()


@job(
    "workspace.look_for_documents",
    label=_("Look for versions and minutes whose files are not built yet"),
    every=timedelta(seconds=3),
    when=_some_were_never_built,
)
def look_for_documents() -> None:
    at = timezone.now()
    for version in queries.versions_never_built(BUILD):
        order_files(version, by=system(version.municipality_id, at=at), at=at)
    for minutes in minutes_never_built(BUILD_MINUTES):
        by = system(minutes.municipality_id, at=at)
        with transaction.atomic():
            for language in languages_of(minutes.municipality):
                enqueue(
                    BUILD_MINUTES, at=at, by=by, thing=minutes, minutes=minutes.pk,
                    language=language,
                )  # fmt: skip
