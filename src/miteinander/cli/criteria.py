"""Several criteria: which option is best, and how much that depends on the weights.

FILE has a column `option`, a column for each criterion, and a column `person` when several people
rate; without it the file is a table of facts.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import asdict

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.people import (
    add_ignore,
    add_people,
    how_to_see,
    table,
    threshold_of,
    without_numbers,
)

EXAMPLE = "miteinander criteria bewertung.csv --weight Wirkung=2 --less Kosten --scale 0:10"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--option", default="option", metavar="COLUMN", help="default: option")
    parser.add_argument(
        "--weight",
        type=_weight,
        action="append",
        default=[],
        metavar="CRITERION=N",
        help="default: 1 for every criterion",
    )
    parser.add_argument(
        "--less", action="append", default=[], metavar="CRITERION", help="less is better here"
    )
    parser.add_argument(
        "--scale",
        type=_scale,
        metavar="LOW:HIGH",
        help="the scale of the ratings; default: from the lowest to the highest value that occurs",
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the drawn weightings")
    add_people(parser)
    add_ignore(parser)


def _number(written: str) -> float:
    try:
        return float(written.replace(",", "."))
    except ValueError as problem:
        raise ArgumentTypeError(f"{written} is not a number") from problem


def _weight(written: str) -> tuple[str, float]:
    name, sign, much = written.rpartition("=")
    if not (name and sign):
        raise ArgumentTypeError(f"{written} is not CRITERION=N")
    return name, _number(much)


def _scale(written: str) -> tuple[float, float]:
    low, sign, high = written.partition(":")
    if not sign or not _number(low) < _number(high):
        raise ArgumentTypeError(f"{written} is not LOW:HIGH")
    return _number(low), _number(high)


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis import consensus  # deferred: --help answers without NumPy
    from miteinander.analysis.text import number, percent

    language = setup.language()
    ratings = consensus.read_ratings(
        options.file,
        option=options.option,
        institution=options.institution,
        perspective=options.perspective,
        ignore=options.ignore,
    )
    result = consensus.weigh(
        ratings,
        weights=dict(options.weight),
        less=options.less,
        scale=options.scale,
        seed=options.seed,
        threshold=threshold_of(options),
    )
    german = language.startswith("de")
    rows = table(
        ("", "Punkte" if german else "points", "vorn" if german else "first", "#"),
        [
            (
                o.name,
                "–" if o.score is None else number(o.score, language),
                "–" if o.first_share is None else percent(o.first_share, language),
                "–" if o.rank is None else str(o.rank),
            )
            for o in result.options
        ],
    )
    data = asdict(result)
    data["why_empty"] = None if result.empty is None else result.empty.spoken(language)
    del data["empty"]
    words = consensus.criteria_sentences(result, language)
    words += how_to_see(withheld=without_numbers(result))
    output.give("\n".join(words if result.empty else [*rows, "", *words]), data)
    return 0
