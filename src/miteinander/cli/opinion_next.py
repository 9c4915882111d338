"""Which statements to show somebody next, so that few answers say much and nothing stays unheard.

VOTES.csv as for `opinion`. Somebody who has not voted yet may be named all the same.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from miteinander.cli import setup
from miteinander.cli.output import Output

EXAMPLE = "miteinander opinion-next votes.csv --participant 17 --count 5 --json"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("votes", metavar="VOTES.csv", help="folder of a Polis export, or CSV")
    parser.add_argument("--participant", required=True, metavar="ID")
    parser.add_argument("--count", type=_count, default=1, metavar="N", help="default: 1")


def _count(written: str) -> int:
    if not written.isascii() or not written.isdecimal() or int(written) < 1:
        raise ArgumentTypeError(f"{written} is not a number from 1")
    return int(written)


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis.opinion.next_statement import (  # deferred: --help needs no NumPy
        choose,
        sentences,
    )
    from miteinander.analysis.opinion.votes import read_votes

    with output.waiting("Choosing"):
        votes = read_votes(options.votes)
        found = choose(votes, options.participant.strip(), options.count)
    data = {
        "statements": list(found.statements),
        "explored": [
            name for name, new in zip(found.statements, found.explored, strict=True) if new
        ],
        "answered": found.answered,
        "is_new": found.is_new,
    }
    wording = [f"{n}: {votes.texts[n]}" for n in found.statements if n in votes.texts]
    output.give("\n".join([*sentences(found, setup.language()), *wording]), data)
    return 0
