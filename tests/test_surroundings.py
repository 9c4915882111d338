"""The ground under the tests: nothing of a developer's is touched, and the memory holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction


def _triggers() -> set[str]:
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'core_event'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgrelid = 'core_event'::regclass"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name for (name,) in cursor.fetchall() if name.startswith("core_event_no_")}


def test_tests_run_on_the_database_they_were_asked_for():
    wanted = {"sqlite": "sqlite", "postgres": "postgresql"}

    assert connection.vendor == wanted[os.environ["MITEINANDER_TEST_DB"]]


def test_the_data_folder_is_a_temporary_one():
    assert not settings.DATA.is_relative_to(Path(__file__).resolve().parents[1])


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_the_memory_is_append_only_again_after_every_flush(time):
    """Runs twice: the second time, a flush of Django has emptied the tables in between."""
    assert len(_triggers()) == 2
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute("TRUNCATE core_event CASCADE")
