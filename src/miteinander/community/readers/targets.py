"""Target shares from a table, as the town's statistics give them out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NoReturn

from django.utils.translation import gettext as _

from miteinander.core.errors import Invalid
from miteinander.core.sheets import Row, read_sheets

THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def shares_in(data: bytes, words: Mapping[str, str]) -> dict[str, str]:
    """For each value of a target what the table says, as it would be typed into the form.

    Two columns: the value and its share. A first line without a number is a heading; lines of
    sums and empty ones are passed over. `words` are the values with what people read for them:
    either may stand in the table. Refuses (`Invalid` on `file`) with the line that does not fit.
    """
    rows = [row for row in read_sheets(data)[0].rows if any(row.cells)]
    by_name = {name.casefold(): word for word, label in words.items() for name in (word, label)}
    found: dict[str, str] = {}
    for place, row in enumerate(rows):
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        number = _number(cells[-1]) if len(cells) > 1 else None
        if number is None and place == 0:
            continue
        name = " ".join(cells[-2].split()) if len(cells) > 1 else cells[0]
        if re.fullmatch(r"(summe|gesamt|insgesamt|total)", name, re.IGNORECASE):
            continue
        if number is None:
            _refuse(row, _("a share is missing, or it is no number"))
        word = by_name.get(name.casefold())
        if word is None:
            _refuse(row, _("“%(name)s” is not among the values here") % {"name": name})
        if word in found:
            _refuse(row, _("“%(name)s” is there twice") % {"name": name})
        found[word] = number
    if not found:
        raise Invalid(
            {
                "file": _(
                    "There are no shares in the file. It needs two columns: the value, and its "
                    "share in percent or as a number."
                )
            }
        )
    return found


def _number(cell: str) -> str | None:
    """As a German form takes it; “12,5 %” and “12.5” are the same, “1.234” are thousands.

    A percentage has no thousands: spreadsheets give “12.125 %” for what they show as 12,1 %.
    """
    bare = re.sub(r"[\s%]", "", cell)
    if THOUSANDS.fullmatch(bare) and "%" not in cell:
        return bare.replace(".", "")
    return bare.replace(".", ",") if NUMBER.fullmatch(bare) else None


def _refuse(row: Row, what: str) -> NoReturn:
    sentence = _(
        "Line %(line)s of the file: %(what)s. Please correct it and choose the file again."
    )
    raise Invalid({"file": sentence % {"line": row.number, "what": what}})
