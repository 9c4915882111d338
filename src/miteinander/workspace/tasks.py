"""What the worker does for the workspace: the documents of frozen versions.

A version is built because it is there, not because somebody remembered to ask: the schedule
finds every version for which no work was begun, also those of an example or of a backup.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import queries
from miteinander.core.built import files_of
from miteinander.core.jobs import job, report
from miteinander.core.standing import system
from miteinander.workspace.building import BUILD, built, order_files, wanted


class NotBuilt(Exception):
    """Some files could not be made; says which and why. Those that could are kept."""


@job(BUILD, label=_("Build the documents of a version"))
def build_version(version: int, language: str) -> None:
    """Make every file of a version that is not kept yet, in one language.

    One file that fails does not keep the others waiting; the job then fails as a whole, and
    the next attempt makes only what is still missing.
    """
    found = queries.version_to_build(version)
    missing = [
        file.format
        for file in wanted(found, files_of(found))
        if file.language == language and file.kept is None
    ]
    failed = []
    for place, name in enumerate(missing):
        report(100 * place // len(missing))
        try:
            built(found, name, language)
        except Exception as problem:  # noqa: BLE001 -- whatever it is, the others must be made
            failed.append(f"{name.upper()}: {type(problem).__name__}: {problem}")
    if failed:
        raise NotBuilt("; ".join(failed))


def _some_were_never_built(at: datetime) -> bool:
    del at
    return queries.versions_never_built(BUILD).exists()


@job(
    "workspace.look_for_versions",
    label=_("Look for versions whose documents are not built yet"),
    every=timedelta(seconds=3),
    when=_some_were_never_built,
)
def look_for_versions() -> None:
    at = timezone.now()
    for version in queries.versions_never_built(BUILD):
        order_files(version, by=system(version.municipality_id, at=at), at=at)
