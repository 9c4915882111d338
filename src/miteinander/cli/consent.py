"""Consent: does anybody object, were enough people there, what do they say.

FILE has a row for each person with a column `vote` (agree, with reservations, abstain, object; in
German: Zustimmung, mit Bedenken, Enthaltung, Einwand), perhaps `reason` and `proposal`.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import asdict
from fractions import Fraction

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.people import add_people, how_to_see, threshold_of

EXAMPLE = "miteinander consent abstimmung.csv --eligible 24 --quorum 1/2 --open"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--eligible", type=int, metavar="N", help="how many may vote")
    parser.add_argument(
        "--quorum",
        type=_quorum,
        metavar="Q",
        help="how many must take part: a number (12), or a share of the eligible (1/2, 50%%)",
    )
    add_people(parser)


def _quorum(written: str) -> Fraction | int:
    try:
        if written.endswith("%"):
            share = Fraction(written[:-1].strip()) / 100
        elif "/" in written or "." in written:
            share = Fraction(written)
        else:
            number = int(written)
            if number < 0:
                raise ArgumentTypeError("a quorum is at least 0")
            return number
    except (ValueError, ZeroDivisionError) as problem:
        raise ArgumentTypeError(f"{written} is neither a number nor a share") from problem
    if not 0 <= share <= 1:
        raise ArgumentTypeError("a share is between 0 and 1")
    return share


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis import consensus  # deferred: --help answers without NumPy

    language = setup.language()
    results = [
        consensus.consent(
            ballots,
            eligible=options.eligible,
            quorum=options.quorum,
            threshold=threshold_of(options),
        )
        for ballots in consensus.read_ballots(
            options.file, institution=options.institution, perspective=options.perspective
        )
    ]
    lines = [line for r in results for line in (*consensus.consent_sentences(r, language), "")]
    lines += how_to_see(withheld=any(c is None for r in results for c in r.counts.values()))
    output.give("\n".join(lines).strip(), {"proposals": [asdict(r) for r in results]})
    return 0
