"""Cross-cutting themes across fields of action, as a matrix whose numbers lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.ui.coverage import said
from miteinander.ui.shapes import Cell, Matrix, MatrixHead, MatrixRow

if TYPE_CHECKING:
    from miteinander.core.models import Thing
    from miteinander.strategy.models import CrossCuttingTheme, FieldOfAction
    from miteinander.strategy.queries import Coverage

    Address = Callable[[CrossCuttingTheme, FieldOfAction], str]


def matrix_of(
    fields: Sequence[FieldOfAction], coverage: Sequence[Coverage], address: Address
) -> Matrix | None:
    """Draw nothing where there is nothing across: no theme, or no field with a measure.

    `address` leads from a number to the measures behind it.
    """
    if not fields or not coverage:
        return None
    columns = [_head(field) for field in fields]
    lines = [(_head(line.theme), line) for line in coverage]
    return Matrix(
        corner=_("Cross-cutting theme"),
        columns=tuple(columns),
        rows=tuple(
            MatrixRow(head, tuple(_cell(line, field, address) for field in fields))
            for head, line in lines
        ),
        caption=_("Measures by cross-cutting theme and field of action"),
        sentence=said(
            [
                (
                    str(head.label),
                    [
                        (str(column.label), line.by_field.get(field.pk, 0))
                        for column, field in zip(columns, fields, strict=True)
                    ],
                )
                for head, line in lines
            ]
        ),
    )


def _cell(line: Coverage, field: FieldOfAction, address: Address) -> Cell:
    count = line.by_field.get(field.pk, 0)
    return Cell(count, address(line.theme, field) if count else "")


def _head(thing: Thing) -> MatrixHead:
    """The title in the page's language, or the original with the language it is in."""
    url = thing.get_absolute_url()
    if localised := getattr(thing, "localised", {}).get("title"):
        return MatrixHead(localised.text, url)
    foreign = thing.language if thing.language != (get_language() or "de") else ""
    return MatrixHead(thing.title, url, foreign)
