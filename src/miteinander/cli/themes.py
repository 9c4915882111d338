"""Themes of short texts: proposed, or with some labels given, the rest sorted.

Without --labels texts with similar words are put together, three telling words each: a weak first
proposal to read and correct. With --labels (the column of themes, empty where nobody has put one)
the rest is sorted; what is unsure belongs to people. Rows are numbered from 1 as they stand in the
file, without its header.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING, Any

from miteinander.cli import setup
from miteinander.cli.output import Output

if TYPE_CHECKING:
    from miteinander.analysis.files import Table
    from miteinander.analysis.themes import Proposal, Sorted

EXAMPLE = "miteinander themes contributions.csv --text title --text wording --json"
WIDEST = 60


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.csv")
    parser.add_argument(
        "--text",
        required=True,
        action="append",
        metavar="COLUMN",
        help="the column of the texts; several are read as one text (a title helps much)",
    )
    parser.add_argument("--labels", metavar="COLUMN", help="themes given so far")
    parser.add_argument(
        "--count", type=_count, metavar="N", help="themes to propose; default: by number of texts"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the proposal")


def _count(written: str) -> int:
    if not written.isdecimal() or not int(written):
        raise ArgumentTypeError(f"{written} is not a whole number above 0")
    return int(written)


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis import themes  # deferred: --help answers without NumPy
    from miteinander.analysis.files import read_table

    labels = [options.labels] if options.labels else []
    table = read_table(options.file, required=[*options.text, *labels])
    columns = [table.column(name) for name in options.text]
    texts = [" ".join(cells).strip() for cells in zip(*columns, strict=True)]
    language = setup.language()
    if options.labels:
        with output.waiting("sorting"):
            found = themes.sort_rest(texts, table.column(options.labels))
        lines = [*_sorted_lines(found, texts, table, language)]
        data = _sorted_data(found, table)
        lines += themes.sorted_sentences(found, language)
    else:
        with output.waiting("reading"):
            proposal = themes.propose(texts, count=options.count, seed=options.seed)
        lines = themes.proposal_sentences(proposal, language)
        data = _proposal_data(proposal, language)
    output.give("\n".join(lines), data)
    return 0


def _proposal_data(proposal: Proposal, language: str) -> dict[str, Any]:
    return {
        "clusters": [
            {
                "id": cluster.id,
                "words": list(cluster.words),
                "rows": [row + 1 for row in cluster.rows],
                "unsure": [row + 1 for row in cluster.unsure],
            }
            for cluster in proposal.clusters
        ],
        "silent": [row + 1 for row in proposal.silent],
        "reason": proposal.reason.spoken(language) if proposal.reason else None,
    }


def _sorted_data(found: Sorted, table: Table) -> dict[str, Any]:
    return {
        "predicted": [
            {
                "row": each.row + 1,
                "line": table.lines[each.row],
                "label": each.label,
                "p": round(each.p, 6),
                "unsure": each.unsure,
            }
            for each in found.predictions
        ],
        "labels": list(found.labels),
        "labelled": found.labelled,
        "checked": {
            "right": found.right,
            "macro_f1": found.f1,
            "sure": found.sure,
            "sure_right": found.sure_right,
        },
        "reason": found.reason.spoken(setup.language()) if found.reason else None,
    }


def _sorted_lines(found: Sorted, texts: list[str], table: Table, language: str) -> list[str]:
    """A line for each sorted text; the unsure ones last, as they are to be read."""
    from miteinander.analysis.text import Text, percent  # deferred: --help needs none of it

    unsure = Text("unsicher", "unsure").spoken(language)
    lines = [
        f"{table.at(each.row).spoken(language)}  {percent(each.p, language):>5}  "
        f"{each.label or '–'}{f' ({unsure})' if each.unsure else ''}  {_short(texts[each.row])}"
        for each in sorted(found.predictions, key=lambda each: (each.unsure, each.row))
    ]
    return [*lines, ""] if lines else []


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= WIDEST else f"{one_line[: WIDEST - 1]}…"
