"""Coverage: who is there, held against who was to be there, and who is missing.

FILE has a row for each person and a column for each attribute; an empty cell is not known. The
targets have the columns attribute,value,share (shares, percentages or head counts).
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from miteinander.cli import setup
from miteinander.cli.output import Output

EXAMPLE = "miteinander coverage people.csv --targets register.csv"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="CSV, a row for each person")
    parser.add_argument(
        "--targets", metavar="FILE", required=True, help="CSV attribute,value,share"
    )


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis.coverage import coverage, sentences, targets_from  # deferred: --help
    from miteinander.analysis.files import read_table

    table = read_table(options.file)
    wanted = targets_from(read_table(options.targets))
    people = {attribute: table.column(attribute) for attribute in wanted}
    found = coverage(people, wanted)
    output.give("\n".join(sentences(found, setup.language())), asdict(found))
    return 0
