"""Say what stands in the way of running this installation, and what to do about it.

Ends with 1 when something must be changed first; remarks alone end with 0.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.setup import said

EXAMPLE = "miteinander check --mail it@stadt.example"
COVERED = {"security.W004", "security.W012", "security.W016"}
"""Django says these one by one where https is not set; our own remark says it once."""
WORDS = {
    "security.W009": (
        said(
            "Der geheime Schlüssel ist kurz oder leicht zu erraten.",
            "The secret key is short or easily guessed.",
        ),
        said(
            "MITEINANDER_SECRET_KEY weglassen: Dann entsteht ein guter im Datenordner.",
            "Leave MITEINANDER_SECRET_KEY out: a good one is made and kept in the data folder.",
        ),
    ),
    "security.W018": (
        said(
            "Die Fehlersuche ist an: Fehlerseiten zeigen allen Passwörter und Programmtext.",
            "Debugging is on: error pages show passwords and program text to everybody.",
        ),
        said("MITEINANDER_DEBUG weglassen.", "Leave MITEINANDER_DEBUG out."),
    ),
    "security.W020": (
        said(
            "Kein Rechnername ist erlaubt, also antwortet keine Seite.",
            "No host name is allowed, so no page answers.",
        ),
        said(
            "MITEINANDER_HOSTS auf die Namen der Installation setzen.",
            "Set MITEINANDER_HOSTS to the host names of the installation.",
        ),
    ),
}
"""What Django remarks, in words for people who run a town's server."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--mail", metavar="ADDRESS", help="also send a test mail to this address, now"
    )


def run(options: Namespace, output: Output) -> int:
    from miteinander.config import folder as folders  # deferred: --help answers without it

    folders.prepare(folders.data_folder())
    setup.database(migrated=False)
    from django.core import checks  # deferred: needs the settings
    from django.db import connection

    from miteinander.config import server

    found = [
        {
            "level": "error" if message.is_serious() else "remark",
            "what": WORDS.get(str(message.id), (str(message.msg),))[0],
            "do": WORDS.get(str(message.id), ("", str(message.hint or "")))[1],
            "id": str(message.id or ""),
        }
        for message in checks.run_checks(include_deployment_checks=True, databases=["default"])
        if not message.is_silenced() and message.id not in COVERED
    ]
    if waiting := server.pending(connection):
        found.append(
            {
                "level": "error",
                "what": said(
                    f"Die Datenbank ist älter als das Programm ({waiting} Schritte).",
                    f"The database is older than the program ({waiting} steps).",
                ),
                "do": said("Bitte `miteinander migrate` aufrufen.", "Run `miteinander migrate`."),
                "id": "miteinander.E002",
            }
        )
    if options.mail and (problem := _mail_problem(options.mail)):
        found.append(problem)
    errors = [message for message in found if message["level"] == "error"]
    lines = [
        f"{'✗' if m['level'] == 'error' else '–'} {m['what']}{' ' + m['do'] if m['do'] else ''}"
        for m in found
    ]
    output.give(
        "\n".join(lines) or said("Alles in Ordnung.", "All is well."),
        {"ok": not errors, "found": found},
    )
    return 1 if errors else 0


def _mail_problem(to: str) -> dict[str, str] | None:
    """Send a test mail and say what stands in its way; None when the server has taken it."""
    import smtplib  # deferred: rarely asked

    from django.conf import settings  # deferred: needs the settings
    from django.core.mail import EmailMessage

    text = said(
        f"Eine Probe von Miteinander unter {settings.PUBLIC_ADDRESS}.",
        f"A test mail of Miteinander at {settings.PUBLIC_ADDRESS}.",
    )
    mail = EmailMessage("Miteinander", text, settings.DEFAULT_FROM_EMAIL, [to])
    mail.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        mail.send()
    except (smtplib.SMTPException, OSError) as problem:
        why = f"{type(problem).__name__}: {problem}"[:300]
        return {
            "level": "error",
            "what": said(
                f"Der Mailserver hat die Probe nicht angenommen ({why}).",
                f"The mail server did not take the test mail ({why}).",
            ),
            "do": said(
                "Bitte MITEINANDER_MAIL, _MAIL_FROM, _MAIL_USER, _MAIL_PASSWORD und _MAIL_TLS mit "
                "dem vergleichen, was der Mailserver verlangt.",
                "Compare MITEINANDER_MAIL, _MAIL_FROM, _MAIL_USER, _MAIL_PASSWORD and _MAIL_TLS "
                "with what the mail server asks for.",
            ),
            "id": "miteinander.E003",
        }
    return None
