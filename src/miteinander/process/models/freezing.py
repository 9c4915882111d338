"""Triggers that keep approved minutes as they are in the database itself, on both databases.

An approved row has its checksum; nothing may change or remove it after that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE = tuple(
    f"""CREATE TRIGGER IF NOT EXISTS process_minutes_no_{what.lower()}
        BEFORE {what} ON process_minutes WHEN OLD.checksum <> ''
        BEGIN SELECT RAISE(ABORT, 'approved minutes are frozen'); END"""
    for what in ("UPDATE", "DELETE")
)
POSTGRES = (
    """CREATE OR REPLACE FUNCTION process_minutes_frozen() RETURNS trigger AS $$
       BEGIN RAISE EXCEPTION 'approved minutes are frozen' USING ERRCODE = 'restrict_violation'; END
       $$ LANGUAGE plpgsql""",
    """CREATE OR REPLACE TRIGGER process_minutes_no_change BEFORE UPDATE OR DELETE
       ON process_minutes FOR EACH ROW WHEN (OLD.checksum <> '')
       EXECUTE FUNCTION process_minutes_frozen()""",
)
DROP_SQLITE = (
    "DROP TRIGGER IF EXISTS process_minutes_no_update",
    "DROP TRIGGER IF EXISTS process_minutes_no_delete",
)
DROP_POSTGRES = ("DROP TRIGGER IF EXISTS process_minutes_no_change ON process_minutes",)


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    _run(connection, SQLITE if connection.vendor == "sqlite" else POSTGRES)


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    _run(connection, DROP_SQLITE if connection.vendor == "sqlite" else DROP_POSTGRES)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
