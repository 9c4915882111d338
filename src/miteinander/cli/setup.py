"""Getting Django ready for a command, and finding the refusal in whatever went wrong."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from miteinander.core.errors import InstallationRefused, Refusal

if TYPE_CHECKING:
    from miteinander.core.models import Municipality

PACKAGE = Path(__file__).resolve().parents[1]


def choose_settings() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miteinander.config.settings")


def language() -> str:
    """The language of the terminal: German where it says so, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "de" if value.lower().startswith("de") else "en"
    return "en"


def said(de: str, en: str) -> str:
    """A sentence of the command line in the terminal's language; no settings are needed for it."""
    return de if language() == "de" else en


def django() -> None:
    """Load settings and apps; from here on the command speaks the terminal's language."""
    choose_settings()
    import django as framework  # deferred: --help answers without it

    # What is loaded now stays: it is not searched for garbage while it grows, nor ever after,
    # which also leaves its pages shared with the processes that are forked from this one.
    gc.disable()
    framework.setup()
    gc.freeze()
    gc.enable()
    from django.utils import translation  # deferred: as above

    translation.activate(language())


def database(*, migrated: bool = True) -> None:
    """Make Django ready and refuse a database that is newer or older than the program."""
    from miteinander.config import folder  # deferred: --help answers without it

    folder.prepare(folder.data_folder())
    django()
    from django.db import OperationalError, connection  # deferred: as above

    from miteinander.config import server

    try:
        server.refuse_newer_database(connection)
        waiting = server.pending(connection) if migrated else 0
    except OperationalError as problem:
        raise unreachable(problem) from problem
    if waiting:
        raise server.NotMigrated(waiting)


def unreachable(problem: Exception) -> InstallationRefused:
    """Say that the database does not answer, without repeating its address or password."""
    return InstallationRefused(
        said("Die Datenbank antwortet nicht.", "The database does not answer."),
        where=str(problem).strip().splitlines()[0][:200],
        do=said(
            "Bitte starten, oder MITEINANDER_DATABASE berichtigen.",
            "Start it, or correct MITEINANDER_DATABASE.",
        ),
    )


def one_municipality(name: str | None) -> Municipality:
    """The municipality of that name, or the only one; refused where that is not clear."""
    from miteinander.config import installation  # deferred: needs the settings

    there = installation.municipalities()
    chosen = [m for m in there if name in (None, m.name)]
    if len(chosen) == 1:
        return chosen[0]
    raise InstallationRefused(
        said(
            "Es ist nicht klar, welche Kommune gemeint ist.",
            "It is not clear which municipality is meant.",
        )
        if there
        else said("Es gibt noch keine Kommune.", "There is no municipality."),
        where=", ".join(m.name for m in there),
        do=said("Bitte mit --municipality eine nennen.", "Name one with --municipality.")
        if there
        else said(
            "Bitte mit `miteinander invite` eine anlegen.", "Make one with `miteinander invite`."
        ),
    )


def refusal_in(problem: BaseException) -> Refusal | None:
    """Find the refusal that caused an exception, and make sure that it can be put in words."""
    found: BaseException | None = problem
    while found is not None and not isinstance(found, Refusal):
        found = found.__cause__ or found.__context__
    if found is None:
        return _from_database(problem)
    _make_words_possible()
    return found


def _from_database(problem: BaseException) -> Refusal | None:
    from django.db import OperationalError  # deferred: --help answers without it

    return unreachable(problem) if isinstance(problem, OperationalError) else None


def _make_words_possible() -> None:
    """Sentences are translated when they are read, which needs settings; these may have failed."""
    import django as framework  # deferred: --help answers without it
    from django.apps import apps
    from django.conf import settings
    from django.utils import translation
    from django.utils.functional import empty

    if not apps.ready:
        # Whatever the settings refused, a sentence must not fail for the same reason.
        settings._wrapped = empty  # Django has no other way back
        settings.configure(
            USE_I18N=True,
            LANGUAGE_CODE=language(),
            LANGUAGES=[("de", "Deutsch"), ("en", "English")],
            LOCALE_PATHS=[str(PACKAGE / "core" / "locale"), str(PACKAGE / "config" / "locale")],
        )
        framework.setup()
    translation.activate(language())
