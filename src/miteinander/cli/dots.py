"""Dot voting: which options get the most dots, by how many people.

FILE has people in rows and options in columns, dots as whole numbers; empty means no dot.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
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

EXAMPLE = "miteinander dots punkte.csv --each 5 --most 2 --take 3"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--each", type=int, metavar="N", help="dots a person has at most")
    parser.add_argument("--most", type=int, metavar="N", help="dots a person may give one option")
    parser.add_argument("--take", type=int, metavar="N", help="how many options are taken further")
    add_people(parser)
    add_ignore(parser)


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis import consensus  # deferred: --help answers without NumPy

    language = setup.language()
    sheet = consensus.read_sheet(
        options.file,
        institution=options.institution,
        perspective=options.perspective,
        ignore=options.ignore,
    )
    rules = consensus.Rules(each=options.each, most=options.most, take=options.take)
    result = consensus.count_dots(sheet, rules, threshold=threshold_of(options))
    german = language.startswith("de")
    rows = table(
        ("", "Punkte" if german else "dots", "Menschen" if german else "people", "#"),
        [
            (o.name, *("–" if v is None else str(v) for v in (o.dots, o.people, o.rank)))
            for o in result.options
        ],
    )
    data = asdict(result)
    data["why_empty"] = None if result.empty is None else result.empty.spoken(language)
    del data["empty"]
    words = consensus.dots_sentences(result, language)
    words += how_to_see(withheld=without_numbers(result))
    output.give("\n".join(words if result.empty else [*rows, "", *words]), data)
    return 0
