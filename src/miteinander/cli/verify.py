"""Check an exported JSON version against its checksum. Needs no installation and no database.

Ends with 0 when the content is what was frozen, with 1 when anything was changed.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from miteinander.cli.output import Output
from miteinander.cli.setup import said

EXAMPLE = "miteinander verify konzept.json"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")


def run(options: Namespace, output: Output) -> int:
    from miteinander.adoption import readers  # deferred: --help answers without it
    from miteinander.core.errors import InstallationRefused

    try:
        data = Path(options.file).read_bytes()
    except OSError as problem:
        raise InstallationRefused(
            said(
                f"Die Datei kann nicht gelesen werden ({problem.strerror}).",
                f"The file cannot be read ({problem.strerror}).",
            ),
            where=options.file,
        ) from problem
    found = readers.verify(data)
    if not found.holds:
        raise InstallationRefused(
            said(
                "Der Inhalt ist nicht der eingefrorene: Die Prüfsumme stimmt nicht.",
                "The content is not what was frozen: the checksum does not match.",
            ),
            where=said(
                f"angegeben {found.stated}, berechnet {found.computed}",
                f"stated {found.stated}, computed {found.computed}",
            ),
            do=said(
                "Bitte die Datei noch einmal von der Seite der Fassung holen.",
                "Get the file again from the page of the version.",
            ),
        )
    what = said(
        f"{found.title}, {found.municipality}, Fassung {found.edition} vom {found.frozen_at}",
        f"{found.title}, {found.municipality}, version {found.edition} of {found.frozen_at}",
    )
    output.give(
        f"{what}\n{said('Die Prüfsumme stimmt', 'The checksum holds')}: {found.computed}",
        {
            "holds": True,
            "checksum": found.computed,
            "canonical": found.is_canonical,
            "municipality": found.municipality,
            "title": found.title,
            "edition": found.edition,
            "frozen_at": found.frozen_at,
        },
    )
    if not found.is_canonical:
        output.say(
            said(
                "Der Inhalt ist derselbe; nur die Schreibweise weicht von RFC 8785 ab.",
                "The content is the same; only its layout differs from RFC 8785.",
            )
        )
    return 0
