"""Options that the commands about groups of people share: who is who, and how secret it was."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from miteinander.cli.setup import said


def add_people(parser: ArgumentParser) -> None:
    """The columns that say who somebody is."""
    parser.add_argument(
        "--institution", metavar="COLUMN", help="default: a column “institution”, if there is one"
    )
    parser.add_argument(
        "--perspective", metavar="COLUMN", help="default: a column “perspective”, if there is one"
    )
    parser.add_argument(
        "--open",
        action="store_true",
        help="everybody saw how the others voted: show numbers of fewer than five people as well",
    )


def add_ignore(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--ignore", metavar="COLUMN", action="append", default=[], help="a column to leave out"
    )


def threshold_of(options: Namespace) -> int:
    """The threshold below which numbers are withheld; 1 where everybody saw everything."""
    from miteinander.analysis.privacy import THRESHOLD  # deferred: --help answers without it

    return 1 if options.open else THRESHOLD


def without_numbers(result: Any) -> bool:
    """Whether a result has no numbers because few people took part."""
    from miteinander.analysis.consensus.words import too_few  # deferred: as above

    return bool(result.empty == too_few(1, result.threshold))


def how_to_see(*, withheld: bool) -> list[str]:
    """Where numbers are withheld, which option shows them: only a command has it, no page."""
    hint = said(
        "Hat die Runde offen abgestimmt, zeigt --open sie trotzdem.",
        "If the group voted openly, --open shows them all the same.",
    )
    return [hint] if withheld else []


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """Rows as text, the first column to the left, the others to the right."""
    if not rows:
        return []
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (head, *rows)
    ]
