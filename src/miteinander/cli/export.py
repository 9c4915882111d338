"""Write a frozen version of a concept as a file: to read, to print, to edit, to reckon with.

Without further words it is the version in force of the latest adopted concept. The JSON is
exactly what was frozen, byte for byte (RFC 8785); `miteinander verify` checks it anywhere. Every
other file is the one that the page of the version offers: made once, kept, the same for ever.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.setup import said

if TYPE_CHECKING:
    from miteinander.adoption.models import ConceptVersion

EXAMPLE = "miteinander export --format pdf --out konzept.pdf"
FORMATS = ("html", "pdf", "docx", "odt", "epub", "json", "csv", "xlsx", "md")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "concept", metavar="CONCEPT", nargs="?", help="the short identifier in its address"
    )
    parser.add_argument("--version", metavar="V", help="number or identifier of the version")
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument("--language", default="de", help="of headings and labels (default: de)")
    parser.add_argument("--municipality", metavar="NAME", help="which one, where there are several")
    parser.add_argument("--out", metavar="FILE", help="default: standard output")


def run(options: Namespace, output: Output) -> int:
    setup.database()
    version = _version(options)
    content = _content(options, output, version)
    output.write(content, options.out)
    if options.out and output.as_json:
        output.give(
            "",
            {
                "file": options.out,
                "version": version.identifier,
                "edition": version.edition,
                "checksum": version.checksum,
            },
        )
    return 0


def _content(options: Namespace, output: Output, version: ConceptVersion) -> bytes:
    from django.conf import settings  # deferred: needs the settings

    from miteinander.adoption import queries
    from miteinander.core.errors import InstallationRefused
    from miteinander.workspace.building import built

    if options.format == "json":
        return queries.version_json(version)
    known = [code for code, _name in settings.LANGUAGES]
    if options.language not in known:
        raise InstallationRefused(
            said(
                "In dieser Sprache gibt es keine Dokumente.",
                "Documents do not speak this language.",
            ),
            where=options.language,
            do=said(
                f"Bitte mit --language eine davon wählen: {', '.join(known)}.",
                f"Choose one of these with --language: {', '.join(known)}.",
            ),
        )
    with output.waiting(options.format.upper()):
        file = built(version, options.format, options.language)
    for missing in file.missing:
        output.say(
            said(
                f"Keine Schrift hat dieses Zeichen: {missing['name']} ({missing['where']})",
                f"No font has this character: {missing['name']} ({missing['where']})",
            )
        )
    return bytes(file.content)


def _version(options: Namespace) -> ConceptVersion:
    from django.db.models import Q  # deferred: needs the settings

    from miteinander.adoption.queries import latest_adopted
    from miteinander.config import installation
    from miteinander.core.errors import InstallationRefused

    town = setup.one_municipality(options.municipality)
    if options.concept is None and options.version is None:
        latest = latest_adopted(town)
        if latest is None:
            raise InstallationRefused(
                said(
                    "Es ist noch keine Fassung eines Konzepts beschlossen.",
                    "No version of a concept has been adopted yet.",
                ),
                where=town.name,
                do=said(
                    "Bitte Konzept und Fassung nennen: miteinander export CONCEPT --version 1.",
                    "Name a concept and a frozen version: miteinander export CONCEPT --version 1.",
                ),
            )
        return latest
    found = installation.versions(town)
    if options.concept is not None:
        found = found.filter(concept__identifier=options.concept)
    if options.version is not None:
        wanted = Q(identifier=options.version)
        if options.version.isdecimal():
            wanted |= Q(edition=int(options.version))
        found = found.filter(wanted)
    version = found.first()
    if version is None:
        known = installation.versions(town)[:10]
        raise InstallationRefused(
            said("Diese Fassung gibt es nicht.", "There is no such version."),
            where=", ".join(f"{v.concept.identifier} --version {v.edition}" for v in known),
            do=said("Bitte eine davon wählen.", "Choose one of these.")
            if known
            else said(
                "Bitte zuerst im Arbeitsbereich eine Fassung einfrieren.",
                "Freeze a version in the workspace first.",
            ),
        )
    return version
