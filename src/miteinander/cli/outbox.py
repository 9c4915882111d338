"""Show what mail would be sent now, or send it. Without options nothing is changed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.setup import said

EXAMPLE = "miteinander outbox --dry-run"


def add_arguments(parser: ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help="show only; this is the default")
    how.add_argument("--send", action="store_true", help="send what is due now")


def run(options: Namespace, output: Output) -> int:
    setup.database()
    from django.utils import timezone  # deferred: needs the settings

    from miteinander.core import outbox

    at = timezone.now()
    if options.send:
        sent = outbox.deliver(at=at)
        output.give(
            said(
                f"{sent.sent} gesendet, {sent.failed} gescheitert, {sent.waiting} warten.",
                f"{sent.sent} sent, {sent.failed} failed, {sent.waiting} waiting.",
            ),
            {"sent": sent.sent, "failed": sent.failed, "waiting": sent.waiting},
        )
        return 1 if sent.failed else 0
    mails = outbox.due(at)
    output.give(
        "\n\n".join(f"{m.to}\n{m.subject}\n\n{_text(m.key, m.body)}" for m in mails)
        or said("Nichts steht an.", "Nothing is due."),
        [
            {"to": m.to, "language": m.language, "subject": m.subject, "body": _text(m.key, m.body)}
            for m in mails
        ],
    )
    return 0


def _text(key: str, body: str) -> str:
    from miteinander.core import outbox  # deferred: needs the settings

    return (
        said("(Anmeldecode)", "(sign-in code)") if key.startswith(outbox.SECRET) else body.strip()
    )
