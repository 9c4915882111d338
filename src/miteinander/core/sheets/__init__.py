"""Tables as offices have them, XLSX or CSV: bytes in, sheets of rows of text out.

    for sheet in read_sheets(data):
        for row in sheet.rows:
            row.number, row.cells     # 7, ("Anna Beispiel", "", "anna@verein.example")
            address(row.number, 2)    # "C7"

Nothing is guessed here but the encoding and the separator: what a column means is known to whoever
asked for the file. Whatever cannot be read is refused (`Invalid`, on the field `file`) with what is
wrong and what to do. No file can fill the memory: rows, columns and what a packed file unpacks to
have limits, which are counted while reading and never believed.
"""

from miteinander.core.sheets.reading import is_light, read_sheets
from miteinander.core.sheets.shapes import (
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED,
    Flaw,
    Row,
    Sheet,
    address,
    column_name,
)
from miteinander.core.sheets.values import day_in, mark_in

__all__ = [
    "MOST_BYTES",
    "MOST_CELLS",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "MOST_UNPACKED",
    "Flaw",
    "Row",
    "Sheet",
    "address",
    "column_name",
    "day_in",
    "is_light",
    "mark_in",
    "read_sheets",
]
