"""The documents of versions and minutes: which there are, which are missing, and making them.

Here and not in `documents`, which knows no database, nor in `adoption`, which knows no
documents. The worker and the command line call :func:`built`; pages only ask what is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from miteinander.adoption import queries
from miteinander.core import jobs
from miteinander.core.attachments import content_of
from miteinander.core.built import file_of, files_of, keep
from miteinander.core.links import address_of
from miteinander.documents.concept import document_of
from miteinander.documents.formats import FORMATS, render, tabulate
from miteinander.documents.meetings import minutes_of
from miteinander.process.queries import minutes_sheet, minutes_to_build

if TYPE_CHECKING:
    from miteinander.adoption.models import ConceptVersion
    from miteinander.core.models import BuiltDocument, Job, Municipality, Thing
    from miteinander.core.standing import Standing
    from miteinander.documents.formats import Rendered

BUILD = "workspace.build_version"
BUILD_MINUTES = "workspace.build_minutes"
"""The names of the jobs, by which pages and the schedule find them."""
PAPERS = tuple(name for name in ("pdf", "docx", "html") if name in FORMATS)
"""What minutes and attendance lists can be had as."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that belongs to a version; `kept` is None until it has been made."""

    format: str
    language: str
    kept: BuiltDocument | None


def languages_of(town: Municipality) -> list[str]:
    """The languages in which a town's documents have their labels: those of its interface."""
    there = [code for code, _name in settings.LANGUAGES]
    return [code for code in there if code in town.languages] or there[:1]


def wanted(version: ConceptVersion, files: Sequence[BuiltDocument]) -> list[Wanted]:
    """Every format in every language of the town, with what is kept of it."""
    known = {(row.format, row.language): row for row in files}
    return [
        Wanted(name, language, known.get((name, language)))
        for language in languages_of(version.municipality)
        for name in FORMATS
    ]


def built(version: ConceptVersion, name: str, language: str) -> BuiltDocument:
    """Return a file of a version; made now and kept, unless it is kept already."""
    if (found := file_of(version, name, language)) is not None:
        return found
    content = queries.content_frozen_in(version)
    with override(language):
        made = (
            render(document_of(content, language=language, crest=_crest(version, content)), name)
            if FORMATS[name].source == "document"
            else tabulate(content, name, base=address_of(version.municipality), language=language)
        )
    return _kept(version, name, language, made)


def _crest(version: ConceptVersion, content: Mapping[str, Any]) -> bytes | None:
    """The crest that the version names, unless the town has put another one in its place."""
    named, crest = content["municipality"].get("crest"), version.municipality.crest
    if not named or crest is None or crest.digest != named["digest"]:
        return None
    return content_of(crest)


def built_minutes(minutes: int, name: str, language: str) -> BuiltDocument:
    """Return a file of approved public minutes; made now and kept, unless it is kept already."""
    page = minutes_to_build(minutes, at=timezone.now())
    assert page.minutes is not None, "only approved public minutes are built"
    if (found := file_of(page.minutes, name, language)) is not None:
        return found
    with override(language):
        made = render(minutes_of(page, minutes_sheet(page.minutes), language=language), name)
    return _kept(page.minutes, name, language, made)


def _kept(thing: Thing, name: str, language: str, made: Rendered) -> BuiltDocument:
    return keep(
        thing,
        name,
        language,
        content=made.content,
        missing=[asdict(missing) for missing in made.missing],
        at=timezone.now(),
    )


# --- work in the background -------------------------------------------------------------------

UNDER_WAY = ("waiting", "running")


@dataclass(frozen=True, slots=True)
class Building:
    """How far the files of a version are; `jobs` is the latest work for each language."""

    files: list[Wanted]
    jobs: list[Job]

    @property
    def missing(self) -> list[Wanted]:
        return [file for file in self.files if file.kept is None]

    @property
    def is_running(self) -> bool:
        return any(job.state in UNDER_WAY for job in self.jobs)

    @property
    def percent(self) -> int:
        """Of all files together, so that the bar never goes back."""
        if not self.files:
            return 100
        return 100 * (len(self.files) - len(self.missing)) // len(self.files)

    @property
    def troubles(self) -> list[Job]:
        """Work that has failed, or failed and is to be tried again by itself."""
        return [job for job in self.jobs if job.error]

    @property
    def glyphs(self) -> list[tuple[BuiltDocument, list[dict[str, str]]]]:
        """Files in which characters are missing, with these."""
        rows = [file.kept for file in self.files if file.kept is not None]
        return [(row, row.missing) for row in rows if row.missing]


def building_of(version: ConceptVersion) -> Building:
    """Two queries: what is kept, and the work on the rest."""
    latest: dict[str, Job] = {}
    for row in jobs.jobs_for(version, BUILD):
        latest.setdefault(row.arguments.get("language", ""), row)
    return Building(wanted(version, files_of(version)), list(latest.values()))


@transaction.atomic
def order_files(version: ConceptVersion, *, by: Standing, at: datetime) -> list[Job]:
    """Hand the missing files of a version to the worker, unless it is at it already."""
    state = building_of(version)
    busy = {job.arguments["language"] for job in state.jobs if job.state in UNDER_WAY}
    missing = dict.fromkeys(file.language for file in state.missing)
    languages: Iterable[str] = missing if state.jobs else languages_of(version.municipality)
    return [
        jobs.enqueue(BUILD, at=at, by=by, thing=version, version=version.pk, language=language)
        for language in languages
        if language not in busy
    ]
