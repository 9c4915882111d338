"""Target shares from a table, as the town's statistics give them out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from miteinander.core.errors import Invalid
from miteinander.core.sheets import Row, read_sheets

NUMBER = re.compile(r"-?\d[\d  .]*(?:,\d+)?|-?\d+(?:[.,]\d+)?")


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
            continue
        word = by_name.get(name.casefold())
        if word is None:
            _refuse(row, _("“%(name)s” is not among the values here") % {"name": name})
            continue
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
    """As a German form takes it; “12,5 %” and “12.5” are the same."""
    bare = cell.replace("%", "").strip()
    if not NUMBER.fullmatch(bare):
        return None
    bare = re.sub(r"[\s ]", "", bare)
    if "," in bare:
        return bare.replace(".", "")
    groups = bare.lstrip("-").split(".")
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):
        return bare.replace(".", "")
    return bare.replace(".", ",")


def _refuse(row: Row, what: str) -> None:
    sentence = _(
        "Line %(line)s of the file: %(what)s. Please correct it and choose the file again."
    )
    raise Invalid({"file": sentence % {"line": row.number, "what": what}})
