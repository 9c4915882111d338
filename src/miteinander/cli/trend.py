"""Trend of a short series: which way, how surely, and whether a target is within reach.

FILE has the columns time and value (a year and a number); an empty value is a missing reading.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import asdict
from math import isnan

from miteinander.cli import setup
from miteinander.cli.output import Output

EXAMPLE = "miteinander trend readings.csv --break 2022 --target 2030=75"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--time", default="time", metavar="COLUMN", help="default: time")
    parser.add_argument("--value", default="value", metavar="COLUMN", help="default: value")
    parser.add_argument(
        "--break", dest="breaks", type=float, action="append", default=[], metavar="TIME",
        help="from then on it is counted in another way; may be given several times",
    )  # fmt: skip
    parser.add_argument("--target", type=_target, metavar="TIME=VALUE", help="to be met by then")
    parser.add_argument("--lower-is-better", action="store_true")
    parser.add_argument("--unit", default="", help="of the value, for the sentences")


def _target(text: str) -> tuple[float, float]:
    time, sign, value = text.partition("=")
    try:
        return float(time), float(value.replace(",", "."))
    except ValueError:
        raise ArgumentTypeError(
            f"“{text}” is not TIME=VALUE{'' if sign else ': “=” is missing'}"
        ) from None


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis.errors import Unusable  # deferred: --help answers without NumPy
    from miteinander.analysis.files import read_table
    from miteinander.analysis.text import Text
    from miteinander.analysis.trend import sentences, trend

    table = read_table(options.file, required=[options.time, options.value])
    times = table.numbers(options.time)
    for row, time in enumerate(times):
        if isnan(time):
            raise Unusable(
                Text("Hier fehlt der Zeitpunkt.", "The time is missing here."),
                where=table.at(row, options.time),
                do=Text("Bitte zum Beispiel ein Jahr eintragen.", "Please enter a year, say."),
            )
    found = trend(
        times,
        table.numbers(options.value),
        breaks=options.breaks,
        target=options.target,
        lower_is_better=options.lower_is_better,
    )
    said = sentences(found, setup.language(), unit=options.unit)
    output.give("\n".join(said), asdict(found))
    return 0
