"""Small lists that one query brings along beside each of its rows.

A page that shows a concept with its objections, changes and ballots would ask once for each.
`Rows` puts each list into a column, as JSON that the database writes and this module reads:

    concepts.annotate(fields=Rows(FieldOfAction.objects.filter(concept=OuterRef("pk")), "title"))

gives each concept `fields`, a list of tuples in the order of the queryset. For what is short and
shown whole; whatever can become long has a query, and pages, of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models.expressions import Subquery

TEMPLATES = {
    "sqlite": "(SELECT json_group_array(json_array({columns})) FROM ({rows}) AS found)",
    "postgresql": "(SELECT jsonb_agg(jsonb_build_array({columns})) FROM ({rows}) AS found)",
}


class Rows(Subquery):
    """The rows of a queryset as a list of tuples; `columns` are columns, not expressions."""

    output_field = models.TextField()

    def __init__(self, queryset: models.QuerySet[Any], *columns: str) -> None:
        super().__init__(queryset.values_list(*columns))

    def as_sql(
        self, compiler: Any, connection: Any, template: str | None = None, **extra: Any
    ) -> tuple[str, Any]:
        inner = self.query.get_compiler(connection=connection)
        rows, params = inner.as_sql(with_col_aliases=True)
        columns = ", ".join(connection.ops.quote_name(alias) for _c, _sql, alias in inner.select)
        return TEMPLATES[connection.vendor].format(columns=columns, rows=rows), params

    def get_db_converters(self, connection: Any) -> list[Callable[..., Any]]:
        return [self._read]

    def _read(self, value: str | None, *_known: object) -> list[tuple[Any, ...]]:
        readers = [_reader(column.output_field) for column in self.query.select]
        return [
            tuple(read(cell) for read, cell in zip(readers, row, strict=True))
            for row in json.loads(value or "[]")
        ]


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a value gets back from JSON; SQLite keeps moments as text, and JSON within JSON."""
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.JSONField):
        return lambda cell: json.loads(cell) if isinstance(cell, str) else cell
    if isinstance(field, models.BooleanField):
        return bool
    return lambda cell: cell


def _moment(cell: str | None) -> datetime | None:
    if cell is None:
        return None
    read = datetime.fromisoformat(cell)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
