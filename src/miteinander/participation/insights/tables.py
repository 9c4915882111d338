"""The tables of a call, also those that are worked out from its answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from miteinander.participation.insights.surveys import results_of
from miteinander.participation.queries import results_are_shown
from miteinander.participation.queries.export import (
    SURVEY,
    TABLES,
    Exported,
    Reader,
    TableOfCall,
    Value,
)

if TYPE_CHECKING:
    from miteinander.core.errors import Text
    from miteinander.participation.models import Call

RESULTS: dict[str, Text] = {
    "number": _("No."),
    "question": _("Question"),
    "base": _("Base"),
    "line": _("Line"),
    "answer": _("Possible answer"),
    "count": _("Number"),
    "share": _("Share"),
}


def results_of_call(call: Call, reader: Reader) -> Exported:
    """The numbers of the results page, for both the same: small groups are withheld."""
    del reader
    return Exported(tuple(RESULTS), tuple(RESULTS.values()), _results(call))


def _results(call: Call) -> Iterator[Sequence[Value]]:
    for result in results_of(call).questions:
        first = [str(result.number), result.title, result.base]
        if result.matrix is not None:
            for line in result.matrix.rows:
                for column, cell in zip(result.matrix.columns, line.cells, strict=True):
                    yield [*first, str(line.head.label), str(column.label), str(cell.text), ""]
        elif result.rows:
            for row in result.rows:
                yield [*first, "", *(str(cell.text) for cell in row)]
        else:
            yield [*first, "", result.sentence, "", ""]


WORKED_OUT = {"ergebnisse": TableOfCall(_("Results"), results_of_call, SURVEY)}


def tables_of(call: Call, reader: Reader, *, at: datetime) -> dict[str, TableOfCall]:
    """The tables that a call of this method can be had as by somebody.

    Results of a survey only where everybody may see them on its page: one query.
    """
    found = {
        name: table
        for name, table in (TABLES | WORKED_OUT).items()
        if call.method in table.methods and reader in table.readers
    }
    if "ergebnisse" in found and reader == "everybody" and not results_are_shown(call, at):
        del found["ergebnisse"]
    return found
