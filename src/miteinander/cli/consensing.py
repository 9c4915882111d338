"""Systemic consensing: which option meets the least resistance.

FILE has people in rows and options in columns, marks from 0 (no objection) to 10 (unacceptable);
empty means no mark. The first option is the status quo.
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

EXAMPLE = "miteinander consensing widerstand.csv --json"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the bootstrap")
    add_people(parser)
    add_ignore(parser)


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis import consensus  # deferred: --help answers without NumPy
    from miteinander.analysis.text import number

    language = setup.language()
    with output.waiting("computing"):
        sheet = consensus.read_sheet(
            options.file,
            institution=options.institution,
            perspective=options.perspective,
            ignore=options.ignore,
        )
        result = consensus.consense(sheet, seed=options.seed, threshold=threshold_of(options))

    def shown(value: float | None, digits: int = 0) -> str:
        return "–" if value is None else number(value, language, digits=digits)

    rows = table(
        ("", "R", "⌀", "0–2", "3–7", "8–10", "#"),
        [
            (
                o.name,
                shown(o.resistance),
                shown(o.mean, 1),
                shown(o.low),
                shown(o.middle),
                shown(o.high),
                shown(o.rank),
            )
            for o in result.options
        ],
    )
    data = {
        "options": [
            {
                **{k: v for k, v in asdict(o).items() if k != "worst"},
                "worst": None
                if o.worst is None
                else {"perspective": o.worst[0], "mean": o.worst[1]},
            }
            for o in result.options
        ],
        "inseparable": [list(pair) for pair in result.inseparable],
        "ties": [list(names) for names in result.ties],
        "readings": [asdict(reading) for reading in result.readings],
        "people": result.people,
        "gaps": result.gaps,
        "connected": result.connected,
        "passive": result.passive,
        "seed": result.seed,
        "threshold": result.threshold,
        "why_empty": None if result.empty is None else result.empty.spoken(language),
    }
    words = consensus.consensing_sentences(result, language)
    words += how_to_see(withheld=without_numbers(result))
    output.give("\n".join(words if result.empty else [*rows, "", *words]), data)
    return 0
