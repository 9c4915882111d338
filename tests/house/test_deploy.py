"""The files in deploy/ fit the program: its settings, commands, port, folder and limits."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
from importlib import import_module

import pytest
import yaml
from django.conf import settings
from django.urls import resolve

from miteinander.cli.main import COMMANDS
from tests.house.files import ROOT, python

DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file())
VARIABLE = re.compile(r"MITEINANDER_[A-Z_]+[A-Z]")
PROGRAM = "/opt/miteinander/bin/miteinander"


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def unit(name: str) -> dict[str, list[str]]:
    """Each key of a unit file with its values, whatever its section."""
    found: dict[str, list[str]] = {}
    for line in read(name).splitlines():
        if "=" in line and not line.startswith("#"):
            key, _equals, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def options(command: list[str]) -> argparse.Namespace:
    """What a command line of ours means to our own parser; one that is wrong ends the test."""
    name, *rest = command
    assert name in COMMANDS
    parser = argparse.ArgumentParser()
    import_module(f"miteinander.cli.{name}").add_arguments(parser)
    return parser.parse_args(rest)


def test_every_variable_is_a_setting():
    ours = {name for path in python("src") for name in VARIABLE.findall(path.read_text("utf-8"))}
    named = {name for path in FILES for name in VARIABLE.findall(path.read_text("utf-8"))}

    assert named - ours == set()
    assert "MITEINANDER_MAIL_FROM" in named


def test_the_service_starts_the_program_on_the_folder_that_systemd_makes(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    service = unit("miteinander.service")
    program, *command = shlex.split(service["ExecStart"][0])
    (folder,) = re.findall(r"^MITEINANDER_DATA=(.*)$", read("miteinander.env"), re.M)

    assert program == PROGRAM
    assert f"127.0.0.1:{options(command).port};" in read("nginx.conf")
    assert f"127.0.0.1:{options(command).port} {{" in read("Caddyfile")
    assert folder == f"/var/lib/{service['StateDirectory'][0]}"
    assert service["ProtectSystem"] == ["strict"]
    assert service["NoNewPrivileges"] == ["yes"]


def test_the_backup_is_a_command_of_ours_and_lands_where_it_may_write():
    service = unit("miteinander-backup.service")
    (command,) = re.findall(rf"{PROGRAM} ([^']*)", service["ExecStart"][0])
    out = options(shlex.split(command)).out
    folders = service["StateDirectory"][0].split()

    assert "miteinander" in folders
    assert out.rpartition("/")[0] in {f"/var/lib/{folder}" for folder in folders}
    assert service["EnvironmentFile"] == unit("miteinander.service")["EnvironmentFile"]
    assert service["User"] == unit("miteinander.service")["User"]


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_what_the_program_accepts_passes_the_proxy(name):
    (most,) = re.findall(r"(?:client_max_body_size|max_size) (\d+)(?:m|MB)", read(name))

    assert int(most) * 1_000_000 > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_proxies_write_down_no_person():
    nginx = read("nginx.conf")
    (kept,) = re.findall(r"log_format without_persons '(.*)'", nginx)
    said = {"$time_iso8601", "$request_method", "$status", "$body_bytes_sent", "$request_time"}

    assert set(kept.split()) == said
    assert set(re.findall(r"access_log (.*);", nginx)) == {
        "off",
        "/var/log/nginx/miteinander.log without_persons",
    }
    assert "exclude http.log.error" in read("Caddyfile")
    assert "output" not in read("Caddyfile"), "nothing is logged per request"


def test_the_container_starts_the_program_and_asks_an_address_that_is():
    file = read("Containerfile")
    (command,) = re.findall(r"^CMD \[(.*)\]", file, re.M)
    asked, path = re.findall(r"urlopen\('http://127\.0\.0\.1:(\d+)(/[^']*)'", file)[0]

    assert options(re.findall(r'"([^"]*)"', command)).bind == "0.0.0.0"
    assert resolve(path).url_name == "health"
    assert re.findall(r"^EXPOSE (\d+)", file, re.M) == [asked]
    assert "USER 10001" in file
    for source in re.findall(r"^COPY (?!--from)(.*) \S+$", file, re.M)[0].split():
        assert source.startswith("dist/") or (ROOT / source).exists()


def test_compose_describes_the_container_and_its_database():
    services = yaml.safe_load(read("compose.yaml"))["services"]
    app = services["app"]
    (folder,) = re.findall(r"MITEINANDER_DATA=(\S+)", read("Containerfile"))

    assert (DEPLOY / app["build"]["context"] / app["build"]["dockerfile"]).exists()
    assert app["volumes"] == [f"data:{folder}"]
    assert app["ports"] == ["127.0.0.1:8000:8000"], "nobody reaches it but the proxy"
    assert "127.0.0.1" in app["environment"]["MITEINANDER_HOSTS"].split(","), "the health check"
    assert app["environment"]["MITEINANDER_DATABASE"].endswith("@db/miteinander")
    assert "db" in services


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_understands_the_units(tmp_path):
    for path in DEPLOY.glob("miteinander*.[st]*"):
        text = path.read_text(encoding="utf-8").replace(PROGRAM, "/bin/true")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_every_file_is_explained_to_those_who_install():
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "docs" / "running").glob("*.md"))

    assert [path.name for path in FILES if f"deploy/{path.name}" not in pages] == []
