"""Triggers that make the memory append-only in the database itself, on both databases."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE = (
    """CREATE TRIGGER IF NOT EXISTS core_event_no_update BEFORE UPDATE ON core_event
       BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
    """CREATE TRIGGER IF NOT EXISTS core_event_no_delete BEFORE DELETE ON core_event
       BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
)
POSTGRES = (
    """CREATE OR REPLACE FUNCTION core_event_append_only() RETURNS trigger AS $$
       BEGIN RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'restrict_violation'; END
       $$ LANGUAGE plpgsql""",
    """CREATE OR REPLACE TRIGGER core_event_no_change BEFORE UPDATE OR DELETE ON core_event
       FOR EACH ROW EXECUTE FUNCTION core_event_append_only()""",
    """CREATE OR REPLACE TRIGGER core_event_no_truncate BEFORE TRUNCATE ON core_event
       FOR EACH STATEMENT EXECUTE FUNCTION core_event_append_only()""",
)
DROP_SQLITE = (
    "DROP TRIGGER IF EXISTS core_event_no_update",
    "DROP TRIGGER IF EXISTS core_event_no_delete",
)
DROP_POSTGRES = (
    "DROP TRIGGER IF EXISTS core_event_no_change ON core_event",
    "DROP TRIGGER IF EXISTS core_event_no_truncate ON core_event",
)


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    _run(connection, SQLITE if connection.vendor == "sqlite" else POSTGRES)


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    _run(connection, DROP_SQLITE if connection.vendor == "sqlite" else DROP_POSTGRES)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
