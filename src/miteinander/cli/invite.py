"""Invite somebody by mail address, and print a link that signs them in once.

Makes the account and gives it its role. With this the first coordinator of a new installation
comes in; all others can be invited in the workspace. The link works for three days.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.setup import said

if TYPE_CHECKING:
    from miteinander.core.models import Municipality

FUNCTION = "Installation"
"""How the record names who invites from the command line."""
EXAMPLE = 'miteinander invite koordination@stadt.example --municipality "Musterstadt"'


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("mail", metavar="MAIL")
    parser.add_argument("--role", choices=["coordinator"], default="coordinator")
    parser.add_argument(
        "--municipality",
        metavar="NAME",
        help="which one, where there are several; the name of the new one, where there is none",
    )
    parser.add_argument(
        "--host", metavar="NAME", help="make one more municipality that answers under this host"
    )


def run(options: Namespace, output: Output) -> int:
    setup.database()
    from django.conf import settings  # deferred: needs the settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import transaction
    from django.utils import timezone, translation

    from miteinander.community import actions
    from miteinander.config.signin import DAYS, sign_in_path
    from miteinander.core.errors import Invalid
    from miteinander.core.links import address_of
    from miteinander.core.standing import system

    mail = options.mail.strip().lower()
    try:
        validate_email(mail)
    except ValidationError as problem:
        raise Invalid({"MAIL": problem.messages[0]}) from problem
    at = timezone.now()
    with transaction.atomic():
        town = _municipality(options)
        user = actions.appoint_coordinator(
            town, email=mail, by=system(town.pk, at=at, function=FUNCTION), at=at
        )
    with translation.override(settings.LANGUAGE_CODE):
        path = sign_in_path(user, town, at=at)
    address = address_of(town)
    output.say(
        said(
            f"{town.name}: Dieser Link meldet {mail} einmal an, innerhalb von {DAYS} Tagen:",
            f"{town.name}: this link signs {mail} in once, within {DAYS} days:",
        )
    )
    output.give(
        f"{address}{path}",
        {"link": f"{address}{path}", "mail": mail, "municipality": town.name, "days": DAYS},
    )
    return 0


def _municipality(options: Namespace) -> Municipality:
    from django.utils import timezone  # deferred: needs the settings

    from miteinander.community import actions
    from miteinander.config import installation
    from miteinander.core.errors import InstallationRefused

    there = installation.municipalities()
    named = [town for town in there if town.name == options.municipality]
    if named:
        return named[0]
    if len(there) == 1 and options.municipality is None:
        return there[0]
    if there and not options.host:
        raise InstallationRefused(
            said(
                "Es ist nicht klar, welche Kommune gemeint ist.",
                "It is not clear which municipality is meant.",
            )
            if options.municipality is None
            else said(
                f"Es gibt keine Kommune „{options.municipality}“.",
                f"There is no municipality “{options.municipality}”.",
            ),
            where=", ".join(town.name for town in there),
            do=said(
                "Bitte mit --municipality eine davon nennen, oder mit --host eine weitere anlegen.",
                "Name one of them with --municipality, or add --host to make another.",
            ),
        )
    name = options.municipality or (_ask() if not there and sys.stdin.isatty() else "")
    if not name:
        raise InstallationRefused(
            said("Es gibt noch keine Kommune.", "There is no municipality yet."),
            do=said(
                "Bitte nennen: --municipality „Musterstadt“.",
                "Name it: --municipality “Musterstadt”.",
            ),
        )
    return actions.found_municipality(name, host=options.host, at=timezone.now())


def _ask() -> str:
    print(
        said("Wie heißt die Kommune? ", "How is the municipality called? "),
        end="",
        file=sys.stderr,
        flush=True,
    )
    return sys.stdin.readline().strip()
