"""Similar texts: for each text of FILE2 the texts of FILE that say the same, best first.

Rows are numbered from 1 as they stand in the file, without its header. The score is the
probability that two texts say the same. Other languages are only reached with the extra
`languages` (pip install 'miteinander[languages]'); it works without a network.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from miteinander.cli import setup
from miteinander.cli.output import Output

if TYPE_CHECKING:
    from miteinander.analysis.files import Table
    from miteinander.analysis.similar import Matches

EXAMPLE = "miteinander similar contributions.csv --text wording --query new.csv --json"
WIDEST = 70


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.csv", help="the collection")
    parser.add_argument("--text", required=True, metavar="COLUMN", help="the column of the texts")
    parser.add_argument("--query", required=True, metavar="FILE2.csv", help="what is looked for")
    parser.add_argument(
        "--query-text", metavar="COLUMN", help="the column in FILE2; default: the one of --text"
    )
    parser.add_argument(
        "--count", type=_count, default=5, metavar="N", help="neighbours per text; default 5"
    )
    parser.add_argument(
        "--model",
        choices=["auto", "none"],
        default="auto",
        help="auto: also by sense and across languages, when the extra is installed; none: letters",
    )


def _count(written: str) -> int:
    if not written.isdecimal() or not int(written):
        raise ArgumentTypeError(f"{written} is not a whole number above 0")
    return int(written)


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis import similar  # deferred: --help answers without NumPy
    from miteinander.analysis.files import read_table

    table = read_table(options.file, required=[options.text])
    asked = read_table(options.query, required=[options.query_text or options.text])
    encoders = similar.installed() if options.model == "auto" else ()
    with output.waiting("comparing"):
        index = similar.Index(table.column(options.text), encoders=encoders)
        questions = asked.column(options.query_text or options.text)
        found = index.neighbours(questions, count=options.count)
    language = setup.language()
    lines = similar.sentences(found, language)
    shown = _pairs(found, questions, table, index.texts, language)
    output.give("\n".join([*shown, *lines]), _data(found, table))
    return 0


def _data(found: Matches, table: Table) -> list[list[dict[str, object]]]:
    return [
        [
            {
                "row": neighbour.row + 1,
                "line": table.lines[neighbour.row],
                "score": round(neighbour.score, 6),
                "verdict": neighbour.verdict,
            }
            for neighbour in neighbours
        ]
        for neighbours in found.neighbours
    ]


def _pairs(
    found: Matches, questions: list[str], table: Table, texts: tuple[str, ...], language: str
) -> list[str]:
    """Each text with what may be the same or related, for the eye."""
    from miteinander.analysis.text import Text, percent  # deferred: --help needs none of it

    names = {
        "same": Text("vermutlich dasselbe", "probably the same"),
        "related": Text("verwandt", "related"),
    }
    lines: list[str] = []
    for question, neighbours in zip(questions, found.neighbours, strict=True):
        alike = [n for n in neighbours if n.verdict in names]
        if not alike:
            continue
        lines.append(_short(question))
        for neighbour in alike:
            share = percent(neighbour.score, language)
            where = table.at(neighbour.row).spoken(language)
            verdict = names[neighbour.verdict].spoken(language)
            lines.append(f"  {share:>5}  {verdict}  {_short(texts[neighbour.row])}  ({where})")
        lines.append("")
    return lines


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= WIDEST else f"{one_line[: WIDEST - 1]}…"
