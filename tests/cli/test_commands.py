"""The command line as people meet it: real processes, a folder of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from miteinander.cli.main import COMMANDS

KEY = "a key for these tests only, long enough to be one"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


def environment(folder, **more):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MITEINANDER_")}
    return {
        **kept,
        "MITEINANDER_DATA": str(folder),
        "MITEINANDER_SECRET_KEY": KEY,
        "LC_ALL": "C.UTF-8",
        **more,
    }


def call(folder, *arguments, stdin="", **more):
    return subprocess.run(
        [sys.executable, "-m", "miteinander.cli.main", *arguments],
        env=environment(folder, **more),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def refusal(done):
    assert done.returncode == 1, done.stderr
    return json.loads(done.stdout)["error"]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A migrated folder with a municipality and a coordinator, copied by those who need one."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    assert call(folder, "migrate").returncode == 0
    done = call(folder, "invite", "amt@stadt.example", "--municipality", "Musterstadt", "--json")
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout)


# --- usage ------------------------------------------------------------------------------------


def test_every_command_explains_itself_with_an_example(folder):
    overview = call(folder, "--help")
    assert overview.returncode == 0
    for name in COMMANDS:
        assert name in overview.stdout


@pytest.mark.parametrize("name", ["start", "invite", "backup"])
def test_help_names_an_example_and_touches_nothing(folder, name):
    done = call(folder, name, "--help")
    assert done.returncode == 0
    assert re.search(rf"example:\n\s+.*miteinander {name}", done.stdout)
    assert not folder.exists()


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["start", "--port", "many"], ["invite"], ["backup"]]
)
def test_wrong_usage_ends_with_2_and_says_so_on_standard_error(folder, arguments):
    done = call(folder, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "miteinander" in done.stderr


# --- refusals ---------------------------------------------------------------------------------


def test_an_unwritable_folder_is_refused_in_words(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    done = call(tmp_path / "file" / "data", "start")
    assert done.returncode == 1
    assert "The data folder cannot be written" in done.stderr
    assert "MITEINANDER_DATA" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unwritable_folder_is_refused_even_before_the_settings(tmp_path):
    """Without a key in the environment the settings themselves need the folder."""
    (tmp_path / "file").write_text("not a folder")
    done = call(tmp_path / "file" / "data", "outbox", "--json", MITEINANDER_SECRET_KEY="")
    assert refusal(done)["where"].endswith("file/data")
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_named_with_what_it_should_be(folder):
    error = refusal(call(folder, "check", "--json", MITEINANDER_HTTPS="perhaps"))
    assert "MITEINANDER_HTTPS" in error["what"]
    assert error["do"] == "Set it to 1 or 0, or leave it out."


def test_refusals_speak_the_language_of_the_terminal(folder):
    folder.mkdir()
    (folder / "miteinander.sqlite3").write_text("")
    german = call(folder, "start", "--demo", LC_ALL="de_DE.UTF-8")
    english = call(folder, "start", "--demo")
    assert german.returncode == english.returncode == 1
    assert "This folder holds a real installation" in english.stderr


def test_a_database_newer_than_the_program_is_left_untouched(prepared, folder):
    shutil.copytree(prepared[0], folder)
    path = folder / "miteinander.sqlite3"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('core', '0999_from_the_future', '2030-01-01')"
        )
    for arguments in (["start"], ["worker"], ["migrate"], ["check"]):
        error = refusal(call(folder, *arguments, "--json"))
        assert error["where"] == "core.0999_from_the_future"
        assert "newer" in error["what"]


def test_a_database_older_than_the_program_is_refused_by_the_worker(folder):
    error = refusal(call(folder, "worker", "--json"))
    assert "miteinander migrate" in error["do"]


def test_a_demo_never_answers_to_the_world(folder):
    error = refusal(call(folder, "start", "--demo", "--bind", "0.0.0.0", "--json"))
    assert error["where"] == "0.0.0.0"


def test_a_taken_port_is_refused_before_anything_starts(folder):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        error = refusal(call(folder, "start", "--port", str(port), "--json"))
    assert error["where"] == f"127.0.0.1:{port}"


# --- invite -----------------------------------------------------------------------------------


def test_the_first_invitation_makes_the_municipality_and_a_link(prepared):
    _folder, invited = prepared
    assert invited["municipality"] == "Musterstadt"
    assert invited["link"].startswith("http://127.0.0.1:8000/de/konto/link/")


def test_without_a_municipality_its_name_is_asked_for(folder):
    call(folder, "migrate")
    error = refusal(call(folder, "invite", "amt@stadt.example", "--json"))
    assert "--municipality" in error["do"]


def test_inviting_again_finds_the_town_and_refuses_what_is_not_there(prepared):
    folder, _invited = prepared
    again = call(folder, "invite", "zwei@stadt.example")
    assert again.returncode == 0
    assert again.stdout.startswith("http://")
    assert "Musterstadt" in again.stderr
    wrong = refusal(call(folder, "invite", "x@stadt.example", "--municipality", "Andere", "--json"))
    assert wrong["where"] == "Musterstadt"
    assert "MAIL" in call(folder, "invite", "not a mail").stderr


# --- other commands ---------------------------------------------------------------------------


def test_check_tells_remarks_and_errors_apart(prepared):
    folder, _invited = prepared
    done = call(folder, "check", "--json")
    found = json.loads(done.stdout)
    ids = {m["id"] for m in found["found"]}
    assert ids == {"miteinander.W001", "miteinander.W002", "security.W009"}
    assert all(m["do"] for m in found["found"]), "every remark says what to do"
    assert found["ok"]
    assert done.returncode == 0
    (folder / "demo").write_text("")
    try:
        world = call(folder, "check", "--json", MITEINANDER_HOSTS="stadt.example")
    finally:
        (folder / "demo").unlink()
    assert world.returncode == 1
    assert "miteinander.E001" in {m["id"] for m in json.loads(world.stdout)["found"]}


def test_the_outbox_shows_and_sends(prepared):
    folder, _invited = prepared
    shown = call(folder, "outbox", "--dry-run", "--json")
    assert shown.returncode == 0
    assert json.loads(shown.stdout) == []
    sent = call(folder, "outbox", "--send", "--json")
    assert json.loads(sent.stdout) == {"sent": 0, "failed": 0, "waiting": 0}


def test_a_backup_comes_back_complete(prepared, tmp_path):
    folder, _invited = prepared
    (folder / "files").mkdir(exist_ok=True)
    (folder / "files" / "plan.txt").write_text("Anlage")
    (folder / "secret.key").write_text("the key")
    out = tmp_path / "backup.zip"
    done = call(folder, "backup", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert oct(out.stat().st_mode & 0o777) == "0o600", "it holds the key and personal data"

    new = tmp_path / "new"
    assert call(new, "restore", str(out)).returncode == 0
    assert (new / "files" / "plan.txt").read_text() == "Anlage"
    assert (new / "secret.key").read_text() == "the key"
    with closing(sqlite3.connect(new / "miteinander.sqlite3")) as database:
        assert database.execute("SELECT name FROM core_municipality").fetchall() == [
            ("Musterstadt",)
        ]
    assert refusal(call(new, "restore", str(out), "--json"))["what"] == "This folder is not empty."


def test_what_is_no_backup_is_not_unpacked(folder, tmp_path):
    import zipfile

    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("miteinander.sqlite3", "")
        archive.writestr("../outside.txt", "x")
    assert "no backup" in refusal(call(folder, "restore", str(bad), "--json"))["what"]
    bad.write_text("text")
    assert "cannot be read" in refusal(call(folder, "restore", str(bad), "--json"))["what"]
    assert not (tmp_path / "outside.txt").exists()


def test_djangos_own_commands_stay_reachable(prepared):
    folder, _invited = prepared
    done = call(folder, "django", "showmigrations", "core")
    assert done.returncode == 0
    assert "[X] 0001_" in done.stdout


def test_a_file_is_verified_without_an_installation(folder, tmp_path):
    from miteinander.core.canonical import CHECKSUM, canonical, checksum_of

    content = {"concept": {"title": "Konzept"}, "municipality": {"name": "Musterstadt"}}
    content[CHECKSUM] = checksum_of(content)
    path = tmp_path / "konzept.json"
    path.write_bytes(canonical(content))
    done = call(folder, "verify", str(path), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["title"] == "Konzept"

    path.write_bytes(canonical({**content, "concept": {"title": "Anders"}}))
    assert "not what was frozen" in refusal(call(folder, "verify", str(path), "--json"))["what"]
    path.write_text("text")
    assert call(folder, "verify", str(path)).returncode == 1
    assert not folder.exists(), "nothing is made where nothing is kept"


def test_nothing_to_export_is_said(prepared):
    folder, _invited = prepared
    error = refusal(call(folder, "export", "--format", "json", "--json"))
    assert error["where"] == "Musterstadt"


# --- the server -------------------------------------------------------------------------------


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(prepared):
    """A running server of the prepared folder, with its worker; killed if it survives the test."""
    folder, _invited = prepared
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "miteinander.cli.main", "start", "--port", str(port), "--json"],
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    line = process.stdout.readline()
    assert line, process.stderr.read()
    process.address = json.loads(line)["address"]
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def children(process):
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(pid) for pid in listed.stdout.split()]


def gone(pids, *, within):
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not any(_is_running(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


def _is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def worker_of(process):
    until = time.monotonic() + 10
    while time.monotonic() < until:
        pids = children(process)
        if len(pids) == 2:
            return pids
        time.sleep(0.1)
    raise AssertionError("no worker was started")


def test_the_server_answers_refuses_a_second_one_and_stops_with_all_its_processes(server, prepared):
    folder, _invited = prepared
    with urllib.request.urlopen(f"{server.address}-/ready") as answer:
        assert answer.read() == b"ok"
    pids = worker_of(server)

    second = refusal(call(folder, "start", "--port", str(free_port()), "--json"))
    assert f"(process {server.pid})" in second["what"]
    assert second["where"] == str(folder)

    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=20) == 0
    assert gone(pids, within=5)
    assert call(folder, "migrate").returncode == 0, "the folder is free again"


def test_a_killed_server_leaves_no_processes_behind(server):
    pids = worker_of(server)
    server.kill()
    server.wait()
    assert gone(pids, within=10)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de_DE.UTF-8", "Die Datei kann nicht gelesen werden"),
        ("C.UTF-8", "The file cannot be read"),
    ],
)
def test_a_refusal_speaks_the_language_of_the_terminal(folder, language, said):
    done = call(folder, "verify", "fehlt.json", LC_ALL=language)

    assert done.returncode == 1
    assert said in done.stderr
    assert not folder.exists()
