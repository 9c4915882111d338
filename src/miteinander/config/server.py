"""Starting an installation: folder, database, web server and worker, in this order.

One process supervises. It prepares everything, so that nothing is served that cannot work,
forks the web server's processes and starts one worker. All of them go when it goes: the web
processes and the worker watch for their parent and stop without it.
"""

from __future__ import annotations

import http.client
import logging
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import (
    DatabaseTooNew,
    DatabaseTooOld,
    InstallationRefused,
    filled,
)

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.migrations import Migration

log = logging.getLogger("miteinander.server")
LOCAL = ("127.0.0.1", "localhost", "::1")
HEAD_START = 10
"""Seconds that the first page has before the worker is started in any case."""
THREADS = 4
"""Per web process: enough to wait for the disk, few enough for one interpreter."""
GROWN = 40
"""Megabytes by which a worker has grown when it makes room for a fresh one."""
RESTED = 10
"""Rounds without work after which it does so."""
Step = tuple[str, str]
"""App and name of a migration."""
PARENT = "MITEINANDER_SUPERVISED_BY"
CONNECTION_NAME = "miteinander"
"""How PostgreSQL knows our connections from those of others (`application_name`)."""


class NotADemo(InstallationRefused):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("This folder holds a real installation; the example is loaded into empty ones only."),
            where=str(folder),
            do=_("Set MITEINANDER_DATA to an empty folder, or start without --demo."),
        )


class DemoStaysHome(InstallationRefused):
    def __init__(self, address: str) -> None:
        super().__init__(
            _("A demo answers on this machine only: everybody may sign in as anybody."),
            where=address,
            do=_("Leave --bind out, or use a folder that is not a demo."),
        )


class PortTaken(InstallationRefused):
    def __init__(self, address: str, port: int, problem: OSError) -> None:
        super().__init__(
            filled(_("The address cannot be used (%(why)s)."), why=problem.strerror),
            where=f"{address}:{port}",
            do=_("Choose another one with --port, or stop the program that uses it."),
        )


class NotMigrated(InstallationRefused):
    def __init__(self, count: int) -> None:
        super().__init__(
            filled(_("The database is older than the program (%(count)s steps)."), count=count),
            do=_("Make a backup, run `miteinander migrate`, and start again."),
        )


class OthersAtWork(InstallationRefused):
    def __init__(self, count: int) -> None:
        super().__init__(
            filled(
                _("Other servers or workers still use this database (%(count)s connections)."),
                count=count,
            ),
            do=_("Stop Miteinander on every machine, then call this again."),
        )


# --- the database ------------------------------------------------------------------------------


def refuse_newer_database(connection: BaseDatabaseWrapper) -> None:
    """Refuse a database that this program cannot migrate: newer than it, or too old for it."""
    from django.db.migrations.loader import MigrationLoader  # deferred: the CLI's --help is quick
    from django.db.migrations.recorder import MigrationRecorder

    # Without a connection: with one, the loader itself stumbles over what is to be refused here.
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    ours = {app for app, _name in on_disk}
    applied = MigrationRecorder(connection).applied_migrations()
    known_steps((key for key in applied if key[0] in ours), on_disk)


def known_steps(applied: Iterable[Step], on_disk: dict[Step, Migration]) -> list[Step]:
    """Name applied migrations as they are called today: others may have been joined into one.

    Raises `DatabaseTooNew` for those that nobody here knows, and `DatabaseTooOld` where only some
    of those were applied that are one today.
    """
    steps = set(applied)
    joined = {key: set(found.replaces) for key, found in on_disk.items() if found.replaces}
    for key, parts in joined.items():
        if parts <= steps:
            steps = steps - parts | {key}
    unknown = {key for key in steps if key not in on_disk}
    if unknown:
        is_part = unknown <= set().union(*joined.values())
        refusal = DatabaseTooOld if is_part else DatabaseTooNew
        raise refusal([f"{app}.{name}" for app, name in sorted(unknown)])
    return sorted(steps)


def pending(connection: BaseDatabaseWrapper) -> int:
    """How many migrations wait."""
    from django.db.migrations.executor import MigrationExecutor  # deferred: as above

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate(connection: BaseDatabaseWrapper) -> None:
    from django.core.management import call_command  # deferred: as above

    call_command("migrate", interactive=False, verbosity=0, database=connection.alias)
    from miteinander.core.search.keep import fill_when_empty  # deferred: as above

    fill_when_empty()


def migrate_when_safe(connection: BaseDatabaseWrapper, folder: Path) -> Path | None:
    """Migrate an empty database, or a SQLite file after copying it; returns the copy.

    On PostgreSQL with data in it, somebody decides: other nodes may still run the old program.
    """
    refuse_newer_database(connection)
    waiting = pending(connection)
    if not waiting:
        return None
    copy = None
    if connection.introspection.table_names():
        if connection.vendor != "sqlite":
            raise NotMigrated(waiting)
        copy = folder / "backups" / f"before-migration-{time.strftime('%Y%m%d-%H%M%S')}.sqlite3"
        copy.parent.mkdir(exist_ok=True)
        copy_sqlite(Path(connection.settings_dict["NAME"]), copy)
    migrate(connection)
    return copy


def refuse_others_at_work(connection: BaseDatabaseWrapper) -> None:
    """Refuse while other processes of ours are connected; the folder's lock tells for SQLite."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = %s AND pid <> pg_backend_pid()",
            [CONNECTION_NAME],
        )
        (count,) = cursor.fetchone()
    if count:
        raise OthersAtWork(count)


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that may be in use: SQLite's own backup gives one consistent moment."""
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=20)) as read,
        closing(sqlite3.connect(target)) as write,
    ):
        read.backup(write)
        write.execute("PRAGMA journal_mode=DELETE")  # one file, complete in itself


# --- serving ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Options:
    bind: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    host: str = "127.0.0.1"
    """A host name that the settings know, for asking ourselves whether we answer."""
    own_worker: bool = True

    @property
    def url(self) -> str:
        shown = self.bind if self.bind not in {"0.0.0.0", "::"} else "127.0.0.1"  # noqa: S104 -- compared, not bound
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}/"


def refuse_taken_port(options: Options) -> None:
    family = socket.AF_INET6 if ":" in options.bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.bind, options.port))
        except OSError as problem:
            raise PortTaken(options.bind, options.port, problem) from problem


def serve(options: Options, *, announce: Callable[[str], None]) -> int:
    """Serve until a signal says stop; returns the exit code. `announce` hears the address."""
    from django.db import connections  # deferred: the other commands do without
    from granian.constants import Interfaces  # deferred: the other commands need no server
    from granian.log import LogLevels
    from granian.server import MPServer

    refuse_taken_port(options)
    connections.close_all()  # nothing that is open may be shared with the forks
    server = MPServer(
        "miteinander.config.wsgi:application",
        address=options.bind,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_level=LogLevels.warning,
    )
    stop = threading.Event()
    watchers = _watchers(options, announce, stop)
    for watcher in watchers:
        server.on_startup(watcher.start)

    try:
        server.serve(target_loader=_Application(os.getpid()), wrap_loader=False)
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        stop.set()
        for watcher in watchers:
            if watcher.ident is not None:
                watcher.join(timeout=15)
    return 0


def _watchers(
    options: Options, announce: Callable[[str], None], stop: threading.Event
) -> list[threading.Thread]:
    """What runs beside the web server, not started yet: who tells the address, who keeps a worker.

    On a small machine the first page does not wait for the worker. Nor does the worker wait for
    ever: mails go out and calls close also where that page does not come.
    """
    answered = threading.Event()

    def tell() -> None:
        try:
            _announce(options, announce, stop)
        finally:
            answered.set()

    def keep() -> None:
        answered.wait(HEAD_START)
        _keep_worker(stop)

    work = [tell, keep] if options.own_worker else [tell]
    return [threading.Thread(target=each, daemon=True) for each in work]


class _Application:
    """Loads the application inside a web process, and watches over its parent from there."""

    def __init__(self, parent: int) -> None:
        self.parent = parent

    def __call__(self) -> Any:
        stop_without_parent(self.parent)
        from miteinander.config.wsgi import application  # deferred: only web processes need it

        return application


def stop_without_parent(parent: int) -> None:
    """Stop this process gracefully when its supervisor is gone, however it went."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _keep_worker(stop: threading.Event) -> None:
    """Keep one worker running; one that fails at once is started again with growing pauses.

    The web processes are forked at the same time. With `close_fds` a start waits for the end of
    a pipe, which a process forked in that moment holds open for ever: then nobody would notice
    that the worker has ended. Our own files are closed by the system when a program is started.
    """
    pause = 1.0
    while not stop.is_set():
        began = time.monotonic()
        worker = subprocess.Popen(
            [sys.executable, "-m", "miteinander.cli.main", "worker"],
            env={**os.environ, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            close_fds=False,
        )
        while worker.poll() is None and not stop.wait(0.2):
            pass
        if stop.is_set():
            _end(worker)
            return
        if worker.returncode == 0 and time.monotonic() - began > RESTED:
            continue  # it had grown, and made room
        log.warning("worker ended", extra={"status": worker.returncode})
        pause = 1.0 if time.monotonic() - began > 60 else min(pause * 2, 60)
        stop.wait(pause)


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(timeout=10)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _announce(options: Options, announce: Callable[[str], None], stop: threading.Event) -> None:
    request = urllib.request.Request(  # noqa: S310 -- our own http address
        f"{options.url}-/ready", headers={"Host": f"{options.host}:{options.port}"}
    )
    for _attempt in range(600):
        try:
            with urllib.request.urlopen(request, timeout=5):  # noqa: S310 -- as above
                break
        except urllib.error.HTTPError as problem:
            log.warning("not ready", extra={"status": problem.code})
            return
        except (OSError, http.client.HTTPException):
            if stop.wait(0.05):
                return
    else:
        log.warning("no answer from our own address", extra={"address": options.url})
        return
    announce(options.url)


# --- the worker -----------------------------------------------------------------------------------


def work(stop: threading.Event) -> None:
    """Do scheduled and queued work until told to stop; looks once a second, and only reads then.

    A database that is locked or away is waited for with growing pauses, never given up. Setting
    documents and drawing maps takes hundreds of megabytes, which a process never gives back: a
    supervised worker that has grown ends when there is nothing to do, and a fresh one is started.
    """
    from django.db import OperationalError, close_old_connections, connection  # deferred: settings
    from django.utils import timezone
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    from miteinander.core import jobs

    queue = Worker(
        queue_names=["default"],
        interval=1,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )

    def finish(_signal: int, _frame: Any) -> None:
        stop.set()
        queue.running = False  # finishes the task at hand, then nothing more

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, finish)
    parent = int(os.environ.get(PARENT, "0"))
    pause, resumed = 1.0, False
    modest, idle = _most_memory(), 0
    while not stop.is_set() and (not parent or os.getppid() == parent):
        try:
            close_old_connections()
            if not resumed:
                alone = connection.vendor == "sqlite"
                jobs.resume(at=timezone.now(), after=jobs.LEFT_ALONE if alone else jobs.LEFT_SHARED)
                resumed = True
            jobs.run_scheduled(at=timezone.now())
            idle += 1
            if DBTaskResult.objects.ready().exists():
                queue.run()
                idle = 0
            elif parent and idle > RESTED and _most_memory() > modest + GROWN:
                break
            pause = 1.0
        except OperationalError:
            log.warning("database not available", exc_info=True)
            connection.close()
            pause = min(pause * 2, 30)
        stop.wait(pause)
    connection.close()


def _most_memory() -> float:
    """The most megabytes that this process has held at once."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
