"""The command line: one module per command, loaded only when it is called.

Data go to standard output (or `--out`), messages to standard error. The exit code is 0 when
done, 1 when refused (what, where, what to do), 2 when the command was used wrongly.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from miteinander.analysis.errors import Unusable
from miteinander.cli import setup
from miteinander.cli.output import Output

COMMANDS: dict[str, str] = {
    "start": "start the server and its worker",
    "invite": "invite somebody by mail address; prints a link that signs them in once",
    "check": "say what stands in the way of running this installation",
    "upgrade": "after a new version was installed: backup, database, report",
    "migrate": "bring the database up to date",
    "worker": "do background work until told to stop",
    "demo": "load the example municipality into an empty folder",
    "export": "write a frozen version of a concept as a web page or as JSON",
    "import": "take a list of people or organisations over into the register",
    "verify": "check an exported JSON version against its checksum",
    "reindex": "write the index of the search anew",
    "outbox": "show what mail would be sent, or send it",
    "backup": "write everything into one file",
    "restore": "unpack a backup into an empty folder",
}


# These need no database, no settings and no Django: they are for anybody with a file.
ANALYSES: dict[str, str] = {
    "budget": "which projects a budget pays for, everybody with an equal share",
    "consensing": "which option meets the least resistance",
    "consent": "does anybody object, and were enough people there",
    "coverage": "who is there, held against who was to be there, and who is missing",
    "criteria": "which option is best, and how much that hangs on the weights",
    "dots": "which options get the most dots, by how many people",
    "lot": "draw a panel by lot, as fair as its quotas allow",
    "opinion": "what unites, distinguishes and divides: a map of opinions from votes",
    "opinion-predict": "how likely somebody agrees to a statement they did not see",
    "opinion-next": "which statements to show somebody next",
    "similar": "which texts probably say the same, across languages with the extra installed",
    "tables": "who sits where: mixed, with wishes, new neighbours in each round",
    "themes": "what short texts are about: proposed, or sorted by the themes given so far",
    "trend": "which way a short series goes, how surely, and whether a target is in reach",
}

# A word that Python keeps for itself names no module.
MODULES = {"import": "importing"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["django"]:
        sys.exit(_django(given[1:]))
    if not given or given[0] in {"-h", "--help", "--version"}:
        sys.exit(_front(given))
    if given[0] not in COMMANDS | ANALYSES:
        unknown = setup.said(
            f"Den Befehl „{given[0]}“ gibt es nicht.", f"There is no command “{given[0]}”."
        )
        print(f"miteinander: {unknown}\n\n{_overview()}", file=sys.stderr)
        sys.exit(2)
    sys.exit(_run(given[0], given[1:]))


def _run(name: str, arguments: list[str]) -> int:
    command = import_module(f"miteinander.cli.{MODULES.get(name, name.replace('-', '_'))}")
    parser = argparse.ArgumentParser(
        prog=f"miteinander {name}",
        description=command.__doc__,
        epilog=f"example:\n  {command.EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    if name in ANALYSES:
        # On a busy machine several threads are slower for matrices as small as these, and only
        # one thread adds numbers up in the same order every time.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        parser.add_argument("--out", metavar="FILE", help="default: standard output")
    command.add_arguments(parser)
    options = parser.parse_args(arguments)
    output = Output(as_json=options.json, out=options.out if name in ANALYSES else None)
    try:
        return int(command.run(options, output))
    except Unusable as unusable:
        return output.explain(unusable.lines(setup.language()), unusable.as_json(setup.language()))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough; do not complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        if refusal := setup.refusal_in(problem):
            return output.refuse(refusal)
        raise


def _front(given: list[str]) -> int:
    if given[:1] == ["--version"]:
        from importlib.metadata import version  # deferred: rarely asked

        print(version("miteinander"))
        return 0
    print(_overview(), file=sys.stdout if given else sys.stderr)
    return 0 if given else 2


def _overview() -> str:
    width = max(map(len, COMMANDS | ANALYSES))
    lines, analyses = (
        [f"  {name:<{width}}  {summary}" for name, summary in commands.items()]
        for commands in (COMMANDS, ANALYSES)
    )
    return "\n".join(
        [
            "usage: miteinander COMMAND [options]",
            "",
            *lines,
            f"  {'django':<{width}}  Django's own management commands",
            "",
            "for anybody with a file, without an installation:",
            *analyses,
            "",
            "`miteinander COMMAND --help` explains a command and gives an example.",
        ]
    )


def _django(arguments: list[str]) -> int:
    setup.choose_settings()
    from django.core.management import execute_from_command_line  # deferred: after the settings

    try:
        execute_from_command_line(["miteinander django", *arguments])
    except Exception as problem:
        if refusal := setup.refusal_in(problem):
            return Output(as_json=False).refuse(refusal)
        raise
    return 0


if __name__ == "__main__":
    main()
