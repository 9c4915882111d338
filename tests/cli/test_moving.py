"""Backup, restore and upgrade: on both databases, and from each to the other."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from contextlib import closing

import pytest
from django.db.migrations.loader import MigrationLoader

from miteinander.config import folder as folders
from tests.cli.test_commands import call, environment, refusal
from tests.deployed import empty_database

POSTGRES = os.environ.get("MITEINANDER_DATABASE", "")
# Dumps a SQLite file, as `restore` does on its way to PostgreSQL.
DUMP = """
import sys, zipfile, pathlib, django
django.setup()
from miteinander.config import dump
with zipfile.ZipFile(sys.argv[2], "w") as archive:
    dump.write(dump.open_sqlite(pathlib.Path(sys.argv[1])), archive)
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The example town on SQLite: rows in nearly every table."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    done = call(folder, "demo")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def settings_of_target(tmp_path):
    """An empty database of the kind that is tested; on SQLite the folder brings it."""
    if not POSTGRES:
        yield {}
        return
    with empty_database(tmp_path) as address:
        yield {"MITEINANDER_DATABASE": address}


def dumped(path, out):
    """The rows of a SQLite file as lines of JSON."""
    command = [sys.executable, "-c", DUMP, str(path), str(out)]
    more = {"DJANGO_SETTINGS_MODULE": "miteinander.config.settings"}
    subprocess.run(command, env=environment(path.parent, **more), check=True)
    return out


def rows_in(archive):
    """Each table with its rows by primary key; JSON columns compare by meaning."""
    with zipfile.ZipFile(archive) as opened:
        names = [name for name in opened.namelist() if name.startswith("rows/")]
        return {n: [json.loads(line) for line in opened.read(n).splitlines()] for n in names}


def change_one_event(folder, **more):
    """Try what the memory forbids, past everything of ours."""
    change = "from django.db import connection as c; c.cursor().execute"
    change += "(\"UPDATE core_event SET kind = 'never.happened'\")"
    return call(folder, "django", "shell", "--no-imports", "-c", change, **more)


def test_every_row_comes_back_in_the_other_database(demo, tmp_path, settings_of_target):
    before = dumped(demo / "miteinander.sqlite3", tmp_path / "before.zip")
    backup, new, back = tmp_path / "backup.zip", tmp_path / "new", tmp_path / "back"
    if POSTGRES:
        assert call(demo, "backup", "--out", str(backup)).returncode == 0
    else:
        shutil.copy(before, backup)  # rows, as PostgreSQL would give them

    done = call(new, "restore", str(backup), **settings_of_target)
    assert done.returncode == 0, done.stderr
    again = tmp_path / "again.zip"
    if POSTGRES:
        assert call(new, "backup", "--out", str(again), **settings_of_target).returncode == 0
        assert oct(again.stat().st_mode & 0o777) == "0o600", "it holds personal data"
    else:
        dumped(new / "miteinander.sqlite3", again)

    assert len(rows_in(before)["rows/core.event.jsonl"]) > 1000
    assert rows_in(again) == rows_in(before)
    assert "append-only" in change_one_event(new, **settings_of_target).stderr
    # New rows get new numbers: the counters of the database went on behind the last row.
    invited = call(new, "invite", "neu@stadt.example", **settings_of_target)
    assert invited.returncode == 0, invited.stderr

    assert call(back, "restore", str(again)).returncode == 0
    assert rows_in(dumped(back / "miteinander.sqlite3", tmp_path / "back.zip")) == rows_in(before)


def test_nothing_is_restored_over_what_is_there(demo, tmp_path, settings_of_target):
    backup = tmp_path / "backup.zip"
    dumped(demo / "miteinander.sqlite3", backup)
    first = tmp_path / "first"
    assert call(first, "restore", str(backup), **settings_of_target).returncode == 0
    other = tmp_path / "second" if POSTGRES else first
    error = refusal(call(other, "restore", str(backup), "--json", **settings_of_target))
    assert "not empty" in error["what"]


def with_steps(backup, out, change):
    """The same backup, as if other migrations had been applied."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "rows.json":
                contents = json.loads(content)
                contents["migrations"] = change(contents["migrations"])
                content = json.dumps(contents).encode()
            new.writestr(name, content)
    return out


def test_rows_of_a_newer_program_are_not_read(demo, tmp_path, settings_of_target):
    backup = dumped(demo / "miteinander.sqlite3", tmp_path / "backup.zip")
    future = ["core", "0999_from_the_future"]
    newer = with_steps(backup, tmp_path / "newer.zip", lambda steps: [*steps, future])
    folder = tmp_path / "data"
    error = refusal(call(folder, "restore", str(newer), "--json", **settings_of_target))
    assert error["where"] == "core.0999_from_the_future"


def test_rows_from_before_migrations_were_joined_are_read(demo, tmp_path, settings_of_target):
    backup = dumped(demo / "miteinander.sqlite3", tmp_path / "backup.zip")
    on_disk = MigrationLoader(None).disk_migrations

    def as_they_were(steps):
        return [old for app, name in steps for old in on_disk[app, name].replaces or [(app, name)]]

    older = with_steps(backup, tmp_path / "older.zip", as_they_were)
    folder, back = tmp_path / "data", tmp_path / "back.zip"
    done = call(folder, "restore", str(older), **settings_of_target)
    assert done.returncode == 0, done.stderr
    if POSTGRES:
        assert call(folder, "backup", "--out", str(back), **settings_of_target).returncode == 0
    else:
        dumped(folder / "miteinander.sqlite3", back)
    assert rows_in(back) == rows_in(backup)


def test_rows_that_do_not_fit_leave_nothing_behind(demo, tmp_path, settings_of_target):
    backup, broken = tmp_path / "backup.zip", tmp_path / "broken.zip"
    dumped(demo / "miteinander.sqlite3", backup)
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "rows/core.event.jsonl":  # the last event twice
                content += content.splitlines()[-1] + b"\n"
            new.writestr(name, content)
    folder = tmp_path / "data"
    error = refusal(call(folder, "restore", str(broken), "--json", **settings_of_target))
    assert error["where"] == "core.event"
    assert {path.name for path in folder.iterdir()} == {"lock"}
    assert call(folder, "restore", str(backup), **settings_of_target).returncode == 0


# --- upgrade --------------------------------------------------------------------------------------


def test_an_upgrade_backs_up_first_and_reports(demo, tmp_path, settings_of_target):
    backup, folder = tmp_path / "backup.zip", tmp_path / "data"
    dumped(demo / "miteinander.sqlite3", backup)
    assert call(folder, "restore", str(backup), **settings_of_target).returncode == 0
    # As an older program left it: the last step of the stages is not done yet.
    undo = call(folder, "django", "migrate", "monitoring", "zero", **settings_of_target)
    assert undo.returncode == 0, undo.stderr

    done = call(folder, "upgrade", "--json", **settings_of_target)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["applied"] > 0
    assert report["found"] > 100, "the index of the search was written anew"
    kept = folder / "backups" / report["backup"].rpartition("/")[2]
    with zipfile.ZipFile(kept) as archive:
        assert {"rows.json", "miteinander.sqlite3"} & set(archive.namelist())
    assert call(folder, "worker", "--help").returncode == 0
    again = json.loads(call(folder, "upgrade", "--json", **settings_of_target).stdout)
    assert again == {**report, "applied": 0, "backup": None}


def test_an_upgrade_waits_until_no_server_runs(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    with folders.only_one_server(folder):
        error = refusal(call(folder, "upgrade", "--json"))
    assert "already running" in error["what"]
    assert list(folder.iterdir()) == [folder / "lock"]


@pytest.mark.skipif(not POSTGRES, reason="several machines share PostgreSQL only")
def test_an_upgrade_waits_for_the_other_machines(tmp_path, settings_of_target):
    import psycopg

    address = settings_of_target["MITEINANDER_DATABASE"]
    with psycopg.connect(address, application_name="miteinander"):
        error = refusal(call(tmp_path, "upgrade", "--json", **settings_of_target))
    assert "Other servers" in error["what"]
    assert call(tmp_path, "upgrade", "--json", **settings_of_target).returncode == 0


# --- mail -----------------------------------------------------------------------------------------


def test_check_says_why_a_test_mail_does_not_leave(tmp_path):
    assert call(tmp_path, "migrate").returncode == 0
    with closing(socket.socket()) as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{nobody.getsockname()[1]}"
        done = call(tmp_path, "check", "--mail", "it@a.example", MITEINANDER_MAIL=address)
    assert done.returncode == 1
    assert "ConnectionRefusedError" in done.stdout
    assert "MITEINANDER_MAIL" in done.stdout
    # Without a server it becomes a file, like all mails, and check says so as a remark.
    assert call(tmp_path, "check", "--mail", "it@a.example").returncode == 0
    assert len(list((tmp_path / "mail").iterdir())) == 1
