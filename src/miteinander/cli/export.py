"""Write a frozen version of a concept: as a web page to read, or as JSON to check and reuse.

Without further words it is the version in force of the latest adopted concept. The JSON is
exactly what was frozen, byte for byte (RFC 8785); `miteinander verify` checks it anywhere.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from miteinander.cli import setup
from miteinander.cli.output import Output

if TYPE_CHECKING:
    from miteinander.adoption.models import ConceptVersion
    from miteinander.core.models import Municipality

EXAMPLE = "miteinander export --format json --out konzept.json"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "concept", metavar="CONCEPT", nargs="?", help="the short identifier in its address"
    )
    parser.add_argument("--version", metavar="V", help="number or identifier of the version")
    parser.add_argument("--format", choices=["html", "json"], required=True)
    parser.add_argument("--language", default="de", help="of headings and labels (default: de)")
    parser.add_argument("--municipality", metavar="NAME", help="which one, where there are several")
    parser.add_argument("--out", metavar="FILE", help="default: standard output")


def run(options: Namespace, output: Output) -> int:
    setup.database()
    from miteinander.adoption import queries  # deferred: needs the settings
    from miteinander.documents import concept, html

    version = _version(options)
    if options.format == "json":
        text = queries.version_json(version).decode()
    else:
        document = concept.document_of(
            queries.content_frozen_in(version), language=options.language
        )
        text = html.render(document)
    if options.out and output.as_json:
        output.write(text, options.out)
        output.give(
            "",
            {
                "file": options.out,
                "version": version.identifier,
                "edition": version.edition,
                "checksum": version.checksum,
            },
        )
    else:
        output.write(text, options.out)
    return 0


def _version(options: Namespace) -> ConceptVersion:
    from django.db.models import Q  # deferred: needs the settings

    from miteinander.adoption.queries import latest_adopted
    from miteinander.config import installation
    from miteinander.core.errors import InstallationRefused

    town = _municipality(options)
    if options.concept is None and options.version is None:
        latest = latest_adopted(town)
        if latest is None:
            raise InstallationRefused(
                "No version of a concept has been adopted yet.",
                where=town.name,
                do="Name a concept and a frozen version: miteinander export CONCEPT --version 1.",
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
            "There is no such version.",
            where=", ".join(f"{v.concept.identifier} --version {v.edition}" for v in known),
            do="Choose one of these." if known else "Freeze a version in the workspace first.",
        )
    return version


def _municipality(options: Namespace) -> Municipality:
    from miteinander.config import installation  # deferred: needs the settings
    from miteinander.core.errors import InstallationRefused

    there = installation.municipalities()
    chosen = [m for m in there if options.municipality in (None, m.name)]
    if len(chosen) == 1:
        return chosen[0]
    raise InstallationRefused(
        "It is not clear which municipality is meant." if there else "There is no municipality.",
        where=", ".join(m.name for m in there),
        do="Name one with --municipality." if there else "Make one with `miteinander invite`.",
    )
