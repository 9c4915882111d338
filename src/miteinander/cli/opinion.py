"""Opinion map: what unites people, what distinguishes them, what divides them, and how sure it is.

PATH is the folder of a Polis export, or a CSV file of votes: a row a vote
(participant,statement,vote with 1 agree, 0 pass, -1 disagree), or a row a person and a column a
statement. Figures about fewer than five people are withheld.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from miteinander.cli import setup
from miteinander.cli.output import Output

if TYPE_CHECKING:
    from miteinander.analysis.errors import Unusable
    from miteinander.analysis.files import Table
    from miteinander.analysis.opinion.result import Earlier

EXAMPLE = "miteinander opinion votes.csv --html karte.html"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", help="folder of a Polis export, or CSV of votes")
    parser.add_argument(
        "--groups", metavar="FILE", help="CSV participant,group: compare these, look for no others"
    )
    parser.add_argument(
        "--attributes",
        metavar="FILE",
        help="CSV participant,institution,perspective: also read with one voice for each",
    )
    parser.add_argument("--k", type=int, choices=range(2, 6), metavar="N", help="groups, 2 to 5")
    parser.add_argument("--seed", type=_count, default=0, metavar="N", help="of the test halves")
    parser.add_argument(
        "--splits",
        type=_count,
        default=20,
        metavar="N",
        help="test halves; 0 judges no reliability",
    )
    parser.add_argument(
        "--previous", metavar="FILE", help="an earlier result as JSON: the picture stays turned so"
    )
    parser.add_argument("--html", metavar="FILE", help="write a report with picture and tables")


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis.files import read_table  # deferred: --help answers without NumPy
    from miteinander.analysis.opinion.result import as_json, opinion_map
    from miteinander.analysis.opinion.sentences import sentences
    from miteinander.analysis.opinion.votes import read_votes

    began = perf_counter()
    known = read_table(options.attributes) if options.attributes else None
    groups = read_table(options.groups) if options.groups else None
    with output.waiting("Opinions"):
        found = opinion_map(
            read_votes(options.path),
            given=_column(groups, "group") if groups else None,
            institution=_column(known, "institution", optional=True) if known else None,
            perspective=_column(known, "perspective", optional=True) if known else None,
            k=options.k,
            seed=options.seed,
            splits=options.splits,
            earlier=_earlier(options.previous) if options.previous else None,
        )
    language = setup.language()
    if options.html:
        from miteinander.analysis.opinion.report import report  # deferred: as above

        output.write(report(found, language=language).encode(), options.html)
    data = as_json(found) if output.as_json else {}
    output.give("\n".join(sentences(found, language)), {**data, "seconds": perf_counter() - began})
    return 0


def _column(table: Table, name: str, *, optional: bool = False) -> dict[str, str] | None:
    """What the participants of a table have in a column."""
    if optional and name not in table.columns:
        return None
    people, found = table.column("participant"), table.column(name)
    stands_for: dict[str, str] = {}
    for row, (who, what) in enumerate(zip(people, found, strict=True)):
        if stands_for.setdefault(who, what) != what:
            raise _in_two(table, row, name, stands_for[who])
    return stands_for


def _in_two(table: Table, row: int, name: str, before: str) -> Unusable:
    from miteinander.analysis.errors import Unusable  # deferred: --help answers without NumPy
    from miteinander.analysis.text import Text

    return Unusable(
        Text(
            "Diese Person steht schon weiter oben, mit einer anderen Angabe.",
            "This person stands further up already, with something else.",
        ),
        where=table.at(row, name),
        do=Text(
            f"Oben steht „{before[:40]}“. Bitte jede Person nur einmal eintragen.",
            f"Further up it says “{before[:40]}”. Please enter each person once only.",
        ),
    )


def _count(written: str) -> int:
    if (number := int(written)) < 0:
        raise ValueError
    return number


def _earlier(path: str) -> Earlier:
    from miteinander.analysis.errors import Unusable  # deferred: --help answers without NumPy
    from miteinander.analysis.files import read_bytes
    from miteinander.analysis.opinion.groups import Memory
    from miteinander.analysis.opinion.result import Earlier
    from miteinander.analysis.text import Text

    try:
        told = json.loads(read_bytes(path))
        positions = {
            str(each["id"]): (float(each["x"]), float(each["y"])) for each in told["participants"]
        }
        kept = told.get("memory") or {}
        memory = Memory(**{name: int(value) for name, value in kept.items()}) if kept else None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as problem:
        raise Unusable(
            Text(
                "Das ist kein früheres Ergebnis von „miteinander opinion --json“.",
                "This is no earlier result of “miteinander opinion --json”.",
            ),
            where=Path(path).name,
            do=Text("Bitte die richtige Datei angeben.", "Please name the right file."),
        ) from problem
    return Earlier(positions, memory)
