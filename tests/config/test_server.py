"""Preparing a database, and a worker that waits instead of failing or spinning."""

from __future__ import annotations

import http.client
import shutil
import sqlite3
import threading
from contextlib import closing, nullcontext

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from miteinander.config import server
from miteinander.core import jobs
from miteinander.core.errors import DatabaseTooNew, DatabaseTooOld

JOINED = "0001_squashed_0012_evidence"
"""What twelve steps before the first release have become."""


@pytest.mark.django_db
def test_an_unknown_migration_of_ours_means_a_newer_program_wrote_here():
    server.refuse_newer_database(connection)
    assert server.pending(connection) == 0
    MigrationRecorder(connection).record_applied("someone_elses_app", "0001_initial")
    server.refuse_newer_database(connection)
    MigrationRecorder(connection).record_applied("strategy", "0999_from_the_future")
    with pytest.raises(DatabaseTooNew) as refusal:
        server.refuse_newer_database(connection)
    assert refusal.value.where == "strategy.0999_from_the_future"


@pytest.mark.django_db
def test_what_was_applied_step_by_step_counts_as_the_one_step_it_is_today():
    steps = MigrationRecorder(connection)
    steps.record_unapplied("core", JOINED)  # as the database of an older program has it
    assert ("core", "0007_built_documents") in steps.applied_migrations()
    server.refuse_newer_database(connection)
    assert server.pending(connection) == 0
    steps.record_unapplied("core", "0012_evidence")
    with pytest.raises(DatabaseTooOld) as refusal:
        server.refuse_newer_database(connection)
    assert refusal.value.where.startswith("core.0001_initial, core.0002_events_are_append_only")
    assert "miteinander migrate" in str(refusal.value.do)


def test_a_copy_of_a_database_in_use_is_of_one_moment(tmp_path):
    source, target = tmp_path / "a.sqlite3", tmp_path / "b.sqlite3"
    with closing(sqlite3.connect(source)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE t (n)")
        writer.execute("INSERT INTO t VALUES (1)")
        writer.commit()
        writer.execute("INSERT INTO t VALUES (2)")  # not committed: must not be in the copy
        server.copy_sqlite(source, target)
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT n FROM t").fetchall() == [(1,)]
    assert not target.with_name("b.sqlite3-wal").exists()


class Rounds(threading.Event):
    """An event that stops the worker after some rounds and notes how long it would wait."""

    def __init__(self, count):
        super().__init__()
        self.left, self.waits = count, []

    def wait(self, timeout=None):
        self.waits.append(timeout)
        self.left -= 1
        if self.left <= 0:
            self.set()
        return self.is_set()


@pytest.fixture
def _no_signals(monkeypatch):
    monkeypatch.setattr(server.signal, "signal", lambda *_: None)


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_signals")
def test_an_idle_worker_looks_once_a_second(monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)
    rounds = Rounds(3)
    server.work(rounds)
    assert rounds.waits == [1.0, 1.0, 1.0]


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_signals")
def test_a_locked_database_is_waited_for_with_growing_pauses(monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)
    problems = [OperationalError("database is locked")] * 3

    def run_scheduled(*, at):
        if problems:
            raise problems.pop()
        return []

    monkeypatch.setattr(jobs, "run_scheduled", run_scheduled)
    rounds = Rounds(5)
    server.work(rounds)
    assert rounds.waits == [2.0, 4.0, 8.0, 1.0, 1.0]


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_signals")
def test_a_worker_goes_with_its_supervisor(monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setenv(server.PARENT, "4241")
    monkeypatch.setattr(server.os, "getppid", lambda: 4242)
    rounds = Rounds(3)
    server.work(rounds)
    assert rounds.waits == []


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_signals")
@pytest.mark.parametrize("grown", [0, server.GROWN, server.GROWN + 1])
@pytest.mark.parametrize("is_supervised", [True, False])
def test_a_worker_that_has_grown_and_rests_makes_room_for_a_fresh_one(
    monkeypatch, grown, is_supervised
):
    monkeypatch.setattr(connection, "close", lambda: None)
    if is_supervised:
        monkeypatch.setenv(server.PARENT, str(server.os.getppid()))
    held = iter([100.0])
    monkeypatch.setattr(server, "_most_memory", lambda: next(held, 100.0 + grown))
    rounds = Rounds(3 * server.RESTED)
    server.work(rounds)
    ends = is_supervised and grown > server.GROWN
    assert len(rounds.waits) == (server.RESTED if ends else 3 * server.RESTED)


def test_a_worker_that_made_room_is_followed_by_another_and_none_waits_for_a_pipe(monkeypatch):
    """A web process that is forked while a worker is started would hold the pipe open."""
    started, stop = [], threading.Event()

    def spawn(path, *arguments, **more):
        started.append(path)
        if len(started) == 3:
            stop.set()
        return spawned(path, *arguments, **more)

    def pipe():
        raise AssertionError("a pipe that a forked process may hold")

    spawned = server.os.posix_spawn
    monkeypatch.setattr(server.os, "posix_spawn", spawn)
    monkeypatch.setattr(server.os, "pipe", pipe)
    monkeypatch.setattr(server.sys, "executable", shutil.which("true"))
    monkeypatch.setattr(server, "RESTED", 0)

    server._keep_worker(stop)
    assert len(started) == 3


def test_a_worker_that_ends_before_it_could_have_grown_is_waited_for(monkeypatch):
    started = []

    class Pausing(threading.Event):
        def wait(self, timeout=None):
            if timeout > 1 or len(started) > 1:
                self.set()
            return self.is_set()

    def spawn(*arguments, **more):
        started.append(arguments)
        return spawned(*arguments, **more)

    spawned = server.os.posix_spawn
    monkeypatch.setattr(server.os, "posix_spawn", spawn)
    monkeypatch.setattr(server.sys, "executable", shutil.which("true"))
    server._keep_worker(Pausing())
    assert len(started) == 1


def _no_answer(*_, **__):
    raise TimeoutError


def _half_an_answer(*_, **__):
    raise http.client.BadStatusLine("")


def _refuse_to_tell(_url):
    raise ValueError("nobody listens")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("answer", [_no_answer, _half_an_answer, lambda *_, **__: nullcontext()])
def test_the_worker_starts_whatever_becomes_of_the_first_page(monkeypatch, answer):
    stop, kept = threading.Event(), threading.Event()

    def keep(given):
        kept.set()
        given.set()

    monkeypatch.setattr(server, "_keep_worker", keep)
    monkeypatch.setattr(server, "HEAD_START", 0)
    monkeypatch.setattr(server.urllib.request, "urlopen", answer)

    watchers = server._watchers(server.Options(port=9), _refuse_to_tell, stop)
    for watcher in watchers:
        watcher.start()
    for watcher in watchers:
        watcher.join(timeout=60)
    assert kept.is_set()
    assert not any(watcher.is_alive() for watcher in watchers)


def test_where_the_worker_runs_by_itself_none_is_kept():
    options = server.Options(port=9, own_worker=False)
    [telling] = server._watchers(options, _refuse_to_tell, threading.Event())
    assert telling.daemon


def test_the_address_is_told_once_also_after_half_an_answer(monkeypatch):
    told, answers = [], [_no_answer, _half_an_answer, lambda *_, **__: nullcontext()]
    monkeypatch.setattr(server.urllib.request, "urlopen", lambda *_, **__: answers.pop(0)())
    options = server.Options(port=9)
    server._announce(options, told.append, Rounds(9))
    assert told == [options.url]


def test_memory_is_counted_in_megabytes():
    held = bytearray(64 * 1024 * 1024)
    held[:: server.resource.getpagesize()] = b"x" * len(held[:: server.resource.getpagesize()])
    assert 64 < server._most_memory() < 16_000


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_signals")
def test_the_worker_runs_what_was_queued(monkeypatch):
    done = []
    monkeypatch.setattr(jobs, "_JOBS", {"test.note": lambda *, text: done.append(text)})
    monkeypatch.setattr(jobs, "_SCHEDULE", {})
    monkeypatch.setattr(connection, "close", lambda: None)
    from django.utils import timezone

    row = jobs.enqueue("test.note", at=timezone.now(), text="getan")
    server.work(Rounds(1))
    row.refresh_from_db()
    assert (row.state, done) == ("done", ["getan"])
