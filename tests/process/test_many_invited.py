"""Five hundred invitations: all queued or none, and each sent once, whoever is killed when."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.town import surroundings
from tests.postbox import Postbox
from tests.process.many_invited import MANY

ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """A folder with its database, and programs that are killed in it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.env = surroundings(
            folder,
            MITEINANDER_MAIL=f"127.0.0.1:{port}",
            MITEINANDER_MAIL_TLS="no",
            MITEINANDER_SECRET_KEY="a key for tests, and for nothing else at all",
            MITEINANDER_LOG_LEVEL="ERROR",
            DJANGO_SETTINGS_MODULE="miteinander.config.settings",
            PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", *words], cwd=ROOT, env=self.env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def beside(self, what: str) -> subprocess.Popen[str]:
        return self.start("tests.process.many_invited", what)

    def worker(self) -> subprocess.Popen[str]:
        return self.start("miteinander.cli.main", "worker")

    def ask(self, sql: str) -> int:
        with closing(sqlite3.connect(self.folder / "miteinander.sqlite3")) as database:
            found = database.execute(sql).fetchone()
            database.commit()
            return int(found[0]) if found else 0


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    process.stdin.close()
    process.stdout.close()


@pytest.fixture
def box():
    with Postbox() as found:
        yield found


@pytest.fixture
def place(tmp_path, box):
    found = Installation(tmp_path, box.port)
    founding = found.beside("found")
    founding.communicate(timeout=120)
    assert founding.returncode == 0
    return found


def test_all_are_queued_or_none_and_each_is_sent_once_through_two_kills(place, box):
    inviting = place.beside("stop")
    assert inviting.stdout.readline() == "queued\n"
    kill(inviting)
    assert place.ask("SELECT count(*) FROM core_mail") == 0, "killed before the commit: nothing"
    assert place.ask("SELECT count(*) FROM process_attendance") == 0

    inviting = place.beside("invite")
    inviting.communicate(timeout=120)
    assert inviting.returncode == 0
    assert place.ask("SELECT count(*) FROM core_mail WHERE state = 'waiting'") == MANY

    for kills, (enough, taken) in enumerate(((MANY // 4, False), (MANY // 2, True)), start=1):
        box.hold(enough, taken=taken)
        worker = place.worker()
        assert box.wait_until_held()
        kill(worker)
        box.let_go()
        assert box.distinct == enough + taken, "killed in the middle of it"
        # Of each kill the one mail that was on its way is not known to have arrived.
        assert place.ask("SELECT count(*) FROM core_mail WHERE state = 'sending'") == kills

    # The workers were killed more than ten minutes ago (see outbox.STUCK_AFTER).
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=11)
    place.ask(
        "UPDATE core_mail SET not_before = '"
        f"{long_ago:%Y-%m-%d %H:%M:%S}' WHERE state = 'sending' RETURNING id"
    )
    worker = place.worker()
    try:
        assert box.wait_for(MANY)
    finally:
        worker.terminate()
        worker.communicate(timeout=30)

    assert place.ask("SELECT count(*) FROM core_mail WHERE state = 'sent'") == MANY
    assert len({to for _message, to in box.came}) == box.distinct == MANY
    assert box.twice == 1, "the one that was kept without a word, under the same Message-ID"
