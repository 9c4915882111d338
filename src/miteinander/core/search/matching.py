"""How the two databases look up tokens: the only place that knows.

A *wanted* expression is a list of alternatives: each must match, by any of its tokens (itself a
list of tokens that must all be there). SQLite answers with FTS5 over the table's own column
(external content, kept in step by triggers, without positions), PostgreSQL with a generated
`tsvector` and a GIN index. Neither sees a text: both are handed finished tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, TextField

Wanted = Sequence[Sequence[Sequence[str]]]
"""All of them, each by one of its ways; a way is tokens that stand together."""

TABLES = ("core_searchentry", "core_searchword")
KEYS = {"core_searchentry": "thing_id", "core_searchword": "id"}
# What is a token and what is not must be ours to say; FTS5 would cut at our marks.
TOKENIZER = "ascii tokenchars ''=~^$''"


@TextField.register_lookup
class Holds(Lookup[Any]):
    """``tokens__holds=wanted``: the row holds what is wanted."""

    lookup_name = "holds"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [value]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        table = self.lhs.target.model._meta.db_table
        key = f"{connection.ops.quote_name(self.lhs.alias)}.{KEYS[table]}"
        fts = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s"  # noqa: S608 -- our own names
        return f"{key} IN ({fts})", [_joined(self.rhs, _fts_token, " AND ", " OR ")]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        vector = f"{connection.ops.quote_name(self.lhs.alias)}.vector"
        return f"{vector} @@ %s::tsquery", [_joined(self.rhs, _ts_token, " & ", " | ")]


def first_keys(
    wanted: Wanted, *, below: int | None = None, above: int | None = None, most: int
) -> list[int]:
    """The keys of the entries that hold what is wanted, the newest first, at most so many.

    With `above` the other way round. Both databases stop when they have enough.
    """
    key, where, value = _asked(connection.vendor, wanted)
    order = "DESC"
    values: list[Any] = [value]
    if above is not None:
        where, order = f"{where} AND {key} > %s", "ASC"
        values.append(above)
    elif below is not None:
        where = f"{where} AND {key} < %s"
        values.append(below)
    query = f"SELECT {key} FROM {where} ORDER BY {key} {order} LIMIT {int(most)}"  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [row[0] for row in cursor.fetchall()]


def newest_of(wanted: Sequence[Wanted], *, most: int, counted: int) -> tuple[list[list[int]], int]:
    """For each expression its newest keys, at most so many; and how many the last one has.

    It is counted no further than said. One query, and both databases stop when they have enough.
    """
    parts, values = [], []
    for place, each in enumerate(wanted):
        key, where, value = _asked(connection.vendor, each)
        first = f"SELECT {place}, {key} FROM {where} ORDER BY {key} DESC LIMIT {int(most)}"  # noqa: S608 -- our own names
        parts.append(f"SELECT * FROM ({first}) p{place}")  # noqa: S608 -- likewise
        values.append(value)
    some = f"SELECT 1 FROM {where} LIMIT {int(counted)}"  # noqa: S608 -- likewise
    parts.append(f"SELECT {len(wanted)}, count(*) FROM ({some}) p{len(wanted)}")  # noqa: S608 -- likewise
    found: list[list[int]] = [[] for _each in (*wanted, None)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [*values, value])
        for place, number in cursor.fetchall():
            found[place].append(number)
    *newest, [count] = found
    return [sorted(keys, reverse=True) for keys in newest], count


def some_keys(wanted: Sequence[Wanted], *, most: int) -> list[list[int]]:
    """For each expression some keys of entries that hold it, at most so many: one query.

    Which ones they are is the database's choice. What narrows it (the process) belongs into the
    expression: the indexes of both databases intersect. Looked at afterwards, in what a word
    found, it costs a process of few voices whatever all the others ever said.
    """
    parts, values = [], []
    for place, each in enumerate(wanted):
        key, where, value = _asked(connection.vendor, each)
        first = f"SELECT {place}, {key} FROM {where} LIMIT {int(most)}"  # noqa: S608 -- likewise
        parts.append(f"SELECT * FROM ({first}) p{place}")  # noqa: S608 -- likewise
        values.append(value)
    found: list[list[int]] = [[] for _each in wanted]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for place, pk in cursor.fetchall():
                found[place].append(pk)
    return found


def _asked(vendor: str, wanted: Wanted) -> tuple[str, str, str]:
    """The key of an entry, where it is looked up, and the value that is looked for."""
    table = "core_searchentry"
    if vendor == "sqlite":
        value = _joined(wanted, _fts_token, " AND ", " OR ")
        return "rowid", f"{table}_fts WHERE {table}_fts MATCH %s", value
    value = _joined(wanted, _ts_token, " & ", " | ")
    return KEYS[table], f"{table} WHERE vector @@ %s::tsquery", value


def _joined(wanted: Wanted, quoted: Any, every: str, some: str) -> str:
    alternatives = [
        "(" + some.join("(" + every.join(map(quoted, way)) + ")" for way in ways) + ")"
        for ways in wanted
    ]
    return every.join(alternatives)


def _fts_token(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


def _ts_token(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


# --- what the migration installs -----------------------------------------------------------


def install(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in _statements(connection.vendor, table, KEYS[table]):
                cursor.execute(statement)


def uninstall(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "sqlite":
                for moment in ("insert", "delete", "update"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{moment}")
                cursor.execute(f"DROP TABLE IF EXISTS {table}_fts")
            else:
                cursor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS vector")


def _statements(vendor: str, table: str, key: str) -> tuple[str, ...]:
    if vendor != "sqlite":
        return (
            f"""ALTER TABLE {table} ADD COLUMN vector tsvector GENERATED ALWAYS AS
                (array_to_tsvector(string_to_array(tokens, ' '))) STORED""",
            # Written at once: what waits in a list to be merged is read through by every question.
            f"CREATE INDEX {table}_vector ON {table} USING gin (vector) WITH (fastupdate = off)",
            # Else it takes whatever is no frequent token for one in every two hundred rows, and
            # walks through all of them from the newest to find the few there are.
            f"ALTER TABLE {table} ALTER COLUMN vector SET STATISTICS 500",
        )
    fts = f"{table}_fts"
    gone = f"'delete', old.{key}, old.tokens"
    forget = f"INSERT INTO {fts}({fts}, rowid, tokens) VALUES ({gone});"  # noqa: S608 -- our own names
    learn = f"INSERT INTO {fts}(rowid, tokens) VALUES (new.{key}, new.tokens);"  # noqa: S608 -- likewise
    return (
        f"""CREATE VIRTUAL TABLE {fts} USING fts5(tokens, content='{table}',
            content_rowid='{key}', detail='none', columnsize=0, tokenize='{TOKENIZER}')""",
        f"CREATE TRIGGER {table}_insert AFTER INSERT ON {table} BEGIN {learn} END",
        f"CREATE TRIGGER {table}_delete AFTER DELETE ON {table} BEGIN {forget} END",
        f"""CREATE TRIGGER {table}_update AFTER UPDATE OF tokens ON {table}
            BEGIN {forget} {learn} END""",
    )
