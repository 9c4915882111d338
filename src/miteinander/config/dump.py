"""All rows of a database as lines of JSON in a zip file, and back into an empty database.

So PostgreSQL is backed up without its own tools, and a town moves from SQLite to PostgreSQL (or
back) with a backup. Rows are read and written through the models *as the migrations describe
them*, never through today's: a dump of an older program is loaded into the tables it was taken
from and migrated afterwards. No action, no default and no signal touches a row on the way.

    rows/core.thing.jsonl     ["id", "identifier", …]      the columns
                              [1, "f4bww8dv", …]           one line for each row
    rows.json                 {"format": 1, "migrations": [["monitoring", "0001_initial"], …],
                               "rows": {"core.thing": 4312, …}}
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.color import no_style
from django.db import DatabaseError, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.duration import duration_iso_string
from django.utils.translation import gettext_lazy as _

from miteinander.config import server
from miteinander.config.server import Step
from miteinander.core.errors import InstallationRefused, filled

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

CONTENTS = "rows.json"
FOLDER = "rows"
FORMAT = 1
AT_ONCE = 2_000
Progress = Callable[[list[type[models.Model]]], Iterable[type[models.Model]]]
"""Passes the tables on, and may draw a bar."""


class NotEmpty(InstallationRefused):
    def __init__(self) -> None:
        super().__init__(
            _("The database is not empty."), do=_("Give it an empty one with MITEINANDER_DATABASE.")
        )


class RowsRefused(InstallationRefused):
    def __init__(self, table: str, problem: Exception) -> None:
        super().__init__(
            filled(_("The database does not take these rows (%(why)s)."), why=_first(problem)),
            where=table,
            do=_("Nothing was changed. Please report this with the line above."),
        )


def _first(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0][:200]


# --- out ------------------------------------------------------------------------------------------


def write(
    connection: BaseDatabaseWrapper, archive: zipfile.ZipFile, *, progress: Progress = iter
) -> int:
    """Write every row, as of one moment, also while others write; returns how many."""
    alias = connection.alias
    counts: dict[str, int] = {}
    with transaction.atomic(using=alias):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        loader = MigrationLoader(connection)
        applied = sorted(key for key in loader.applied_migrations if key in loader.disk_migrations)
        for model in progress(_models(loader, applied)):
            fields = _fields(model)
            with archive.open(_member(model), "w", force_zip64=True) as out:
                out.write(_line([field.column for field in fields]))
                rows = model._base_manager.using(alias).order_by("pk").iterator(AT_ONCE)
                label = model._meta.label_lower
                counts[label] = 0
                for row in rows:
                    out.write(_line([_plain(field, row) for field in fields]))
                    counts[label] += 1
    contents = {"format": FORMAT, "migrations": applied, "rows": counts}
    archive.writestr(CONTENTS, json.dumps(contents, indent=1))
    return sum(counts.values())


def _models(loader: MigrationLoader, applied: list[Step]) -> list[type[models.Model]]:
    """Everything that has a table after these migrations, the tables of relations included."""
    state = loader.project_state(applied)
    found = state.apps.get_models(include_auto_created=True)
    return [m for m in found if m._meta.managed and not m._meta.proxy and not m._meta.swapped]


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _member(model: type[models.Model]) -> str:
    return f"{FOLDER}/{model._meta.label_lower}.jsonl"


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(field: Any, row: models.Model) -> Any:
    """Return the value of a field as JSON has it, in a form that its `to_python` reads again."""
    value = getattr(row, field.attname)
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()  # with all its microseconds
    if isinstance(value, dt.timedelta):
        return duration_iso_string(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    if isinstance(value, (uuid.UUID, Decimal)):
        return str(value)
    return value


# --- in -------------------------------------------------------------------------------------------


def read(
    connection: BaseDatabaseWrapper, archive: zipfile.ZipFile, *, progress: Progress = iter
) -> int:
    """Make the tables of a dump in an empty database and fill them: all of it or nothing.

    The database is then as old as the dump; the caller migrates it. Returns the number of rows.
    """
    contents = json.loads(archive.read(CONTENTS))
    executor = MigrationExecutor(connection)
    named = ((str(app), str(name)) for app, name in contents["migrations"])
    applied = server.known_steps(named, executor.loader.disk_migrations)
    if connection.introspection.table_names():
        raise NotEmpty
    last = _last_of_each_app(executor.loader, applied)
    if connection.vendor == "sqlite":  # its tables cannot be made inside a transaction
        executor.migrate(last)
    with transaction.atomic(using=connection.alias):
        if connection.vendor == "postgresql":
            executor.migrate(last)
            with connection.cursor() as cursor:  # making the tables had switched this off
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        every = _models(executor.loader, applied)
        return _fill(connection, archive, every, contents["rows"], progress)


def _last_of_each_app(loader: MigrationLoader, applied: list[Step]) -> list[Step]:
    """Return where to migrate to; to name an earlier step as well would mean to go back to it."""
    there = set(applied)
    return [
        key
        for key in applied
        if not any(
            c.key in there and c.key[0] == key[0] for c in loader.graph.node_map[key].children
        )
    ]


def _fill(
    connection: BaseDatabaseWrapper,
    archive: zipfile.ZipFile,
    every: list[type[models.Model]],
    counts: dict[str, int],
    progress: Progress,
) -> int:
    for model in every:
        # What a migration itself put there comes again with the rows.
        if model._base_manager.using(connection.alias).exists():
            model._base_manager.using(connection.alias).all().delete()
    for model in progress(every):
        label = model._meta.label_lower
        try:
            number = _insert(connection, model, archive)
        except DatabaseError as problem:
            raise RowsRefused(label, problem) from problem
        if number != counts[label]:
            raise RowsRefused(label, ValueError(f"{number} rows of {counts[label]}"))
    try:
        connection.check_constraints()
    except DatabaseError as problem:
        raise RowsRefused("", problem) from problem
    with connection.cursor() as cursor:
        for line in connection.ops.sequence_reset_sql(no_style(), every):
            cursor.execute(line)
    return sum(counts.values())


def _insert(
    connection: BaseDatabaseWrapper, model: type[models.Model], archive: zipfile.ZipFile
) -> int:
    """Insert the lines of one table as they are: no default, no signal, no parent."""
    number, per_query = 0, AT_ONCE
    if connection.features.max_query_params:
        per_query = max(1, connection.features.max_query_params // len(_fields(model)))
    rows = _rows(model, archive)
    while some := list(islice(rows, per_query)):
        query = models.sql.InsertQuery(model)
        query.insert_values(_fields(model), some, raw=True)
        query.get_compiler(connection=connection).execute_sql()
        number += len(some)
    return number


def _rows(model: type[models.Model], archive: zipfile.ZipFile) -> Iterator[models.Model]:
    by_column = {field.column: field for field in _fields(model)}
    with archive.open(_member(model)) as lines:
        fields = [by_column[column] for column in json.loads(next(lines))]
        for line in lines:
            values = zip(fields, json.loads(line), strict=True)
            yield model(**{field.attname: field.to_python(value) for field, value in values})


# --- from another database ------------------------------------------------------------------------


def open_sqlite(path: Path) -> BaseDatabaseWrapper:
    """Open a SQLite file beside the installation's own database, to dump it."""
    from django.db.backends.sqlite3.base import DatabaseWrapper  # deferred: rarely needed

    alias = "former"
    settings = {**connections.settings["default"], "ENGINE": "django.db.backends.sqlite3"}
    settings |= {
        "NAME": str(path),
        "OPTIONS": {},
        "HOST": "",
        "PORT": "",
        "USER": "",
        "PASSWORD": "",
    }
    connections[alias] = DatabaseWrapper(settings, alias)
    return connections[alias]
