"""Who sits at which table: mixed well, wishes kept, institutions apart, new neighbours.

Wishes are table numbers from 1, the strongest column first. Three plans are computed: balanced,
wishes first, mixing first; --prefer says which one is the result, the others stand beside it.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING, Any

from miteinander.cli import setup
from miteinander.cli.output import Output

if TYPE_CHECKING:
    from miteinander.analysis.tables import Plan, Seating

EXAMPLE = (
    "miteinander tables people.csv --tables 8 --rounds 2 --mix age district --apart office "
    "--wish first second third"
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.csv")
    parser.add_argument("--tables", type=int, required=True, metavar="N")
    parser.add_argument("--rounds", type=_rounds, default=1, metavar="M")
    for name, text in (
        ("mix", "columns whose values every table should have its share of"),
        ("wish", "columns with wished tables, the strongest first"),
    ):
        parser.add_argument(
            f"--{name}", nargs="+", action="extend", default=[], metavar="COLUMN", help=text
        )
    parser.add_argument("--apart", metavar="COLUMN", help="at most 2 of one value at a table")
    parser.add_argument("--needs", metavar="COLUMN", help="language a person needs interpreted")
    parser.add_argument("--speaks", metavar="COLUMN", help="languages a person interprets")
    parser.add_argument("--seed", type=_seed, default=0, metavar="S")
    parser.add_argument("--prefer", choices=["balanced", "wishes", "mixing"], default="balanced")


def _rounds(written: str) -> int:
    if not written.isdigit() or not 1 <= int(written) <= 50:
        raise ArgumentTypeError("between 1 and 50 rounds")
    return int(written)


def _seed(written: str) -> int:
    if not written.isdigit():
        raise ArgumentTypeError("a whole number from 0")
    return int(written)


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis import tables  # deferred: --help answers without NumPy

    language = setup.language()
    with output.waiting("seating"):
        group = tables.read_group(
            options.file,
            tables=options.tables,
            columns=tables.Columns(
                mix=options.mix,
                apart=options.apart,
                wishes=options.wish,
                needs=options.needs,
                speaks=options.speaks,
            ),
        )
        found = tables.seat(group, rounds=options.rounds, seed=options.seed, prefer=options.prefer)
    lines = [*_listed(found, language), "", *tables.sentences(found, language)]
    output.give("\n".join(lines), _data(found, options.seed))
    return 0


def _data(found: Seating, seed: int) -> dict[str, Any]:
    """The keys of the contract, and the plans beside the chosen one."""
    return {
        **_plan(found, found.plan),
        "seed": seed,
        "solutions": [_plan(found, plan) for plan in found.plans],
        "seconds": found.seconds,
    }


def _plan(found: Seating, plan: Plan) -> dict[str, Any]:
    return {
        "name": plan.leaning,
        "rounds": found.tables(plan),
        "deviation": plan.deviation,
        "without_wish": plan.without_wish,
        "wishes": [plan.first, plan.second, plan.third],
        "apart_broken": plan.apart_broken,
        "repeats": plan.repeats,
        "not_interpreted": plan.alone,
    }


def _listed(found: Seating, language: str) -> list[str]:
    round_, table = ("Runde", "Tisch") if language.startswith("de") else ("Round", "Table")
    lines = []
    for number, seating in enumerate(found.tables(found.plan), start=1):
        lines.append(f"{round_} {number}")
        lines += [f"  {table} {n}: {', '.join(ids)}" for n, ids in enumerate(seating, start=1)]
    return lines
