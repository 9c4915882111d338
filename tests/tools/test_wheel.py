"""What comes out of `make wheel` is all that a town needs: installed alone, it is the demo.

The wheel is installed into an environment that has its declared dependencies and nothing else:
neither the checkout nor the tools of the tests. There it starts the demo without a network, and
the checkout, started on a copy of the same data, must answer with the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from contextlib import closing
from email.parser import Parser
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.tools import visitor

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "miteinander"
pytestmark = pytest.mark.skipif(
    os.environ["MITEINANDER_TEST_DB"] != "sqlite", reason="starts a demo of its own, on SQLite"
)
SETTINGS_OF_THE_MACHINE = ("MITEINANDER_", "PYTHON", "DJANGO_", "XDG_", "VIRTUAL_ENV")
# In every process of the environment: whoever looks for another machine is told no, and noted.
GUARD = """
import os, sys
def guard(event, arguments):
    if event == "socket.connect":
        host = arguments[1][0] if isinstance(arguments[1], tuple) else "127.0.0.1"
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if host not in {"127.0.0.1", "::1", "localhost", None}:
        with open(os.environ["NOTED"], "a") as noted:
            noted.write(f"{event} {host}\\n")
        raise OSError("there is no network here")
sys.addaudithook(guard)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def about(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        return Parser().parsestr(archive.read(name).decode())


@pytest.fixture(scope="module")
def program(wheel, about, tmp_path_factory):
    """The installed `miteinander` in an environment with what it declares, and nothing else."""
    folder = tmp_path_factory.mktemp("town") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    pip += ["--python", str(folder / "bin" / "python"), "install", "--no-index", "--no-deps"]
    subprocess.run([*pip, str(wheel)], check=True, env=environment(folder), cwd=folder)
    (site,) = folder.glob("lib/python*/site-packages")
    for name in sorted(needed(about.get_all("Requires-Dist"))):
        for file in metadata.distribution(name).files:
            top = Path(file).parts[0]
            if top != ".." and not (site / top).exists():
                (site / top).symlink_to(metadata.distribution(name).locate_file(top))
    (site / "guard.py").write_text(GUARD, encoding="utf-8")
    (site / "guard.pth").write_text("import guard\n", encoding="utf-8")
    return folder / "bin" / "miteinander"


def needed(requirements):
    """Names of all distributions that these requirements lead to."""
    found, open_ones = set(), [(Requirement(each), ("",)) for each in requirements]
    while open_ones:
        requirement, extras = open_ones.pop()
        name, marker = requirement.name.lower(), requirement.marker
        if marker and not any(marker.evaluate({"extra": extra}) for extra in extras):
            continue
        wanted = ("", *requirement.extras)
        if (name, wanted) not in found:
            found.add((name, wanted))
            open_ones += [(Requirement(e), wanted) for e in metadata.requires(name) or ()]
    return {name for name, _extras in found}


def environment(home, **more):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(SETTINGS_OF_THE_MACHINE)}
    return {
        **kept,
        "HOME": str(home),
        "NOTED": str(home / "network.txt"),
        "LC_ALL": "C.UTF-8",
        **more,
    }


def without_network():
    """Put a command where there is no network at all, where this machine lets us."""
    unshare = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and not subprocess.run([*unshare, "true"], check=False).returncode:
        return unshare
    return []


def visit(command, home, *, apart=(), **more):
    """Start a server with this command, visit it, and return what came."""
    done = subprocess.run(
        [*apart, sys.executable, visitor.__file__, *map(str, command)],
        env=environment(home, **more),
        cwd=home,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# --- the file -------------------------------------------------------------------------------------


def test_everything_that_lies_in_the_package_is_in_the_wheel(wheel):
    """Templates, catalogues, compiled catalogues, styles, fonts, the example."""
    here = {
        str(path.relative_to(PACKAGE.parent))
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if name.startswith("miteinander/")}

    assert inside == here
    for ending in (".html", ".txt", ".mo", ".woff2", ".css.br", ".js.gz", ".yaml", "py.typed"):
        assert any(name.endswith(ending) for name in inside), ending


def test_nothing_in_the_wheel_tells_where_it_was_made(wheel):
    places = {str(ROOT).encode(), str(Path.home()).encode() + b"/"}
    with zipfile.ZipFile(wheel) as archive:
        telling = [
            name
            for name in archive.namelist()
            if any(place in archive.read(name) for place in places)
        ]

    assert telling == []


def test_the_wheel_says_what_it_is(wheel, about):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    assert about["Name"] == "miteinander"
    assert about["License-Expression"] == "EUPL-1.2"
    assert [name for name in names if name.endswith("licenses/LICENSE")]
    assert {"Framework :: Django :: 5.2", "Natural Language :: German"} <= set(
        about.get_all("Classifier")
    )
    assert about.get_payload().startswith("# Miteinander")


# --- the program ----------------------------------------------------------------------------------


def test_installed_alone_and_offline_it_is_the_same_as_the_checkout(program, tmp_path):
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    start = ["start", "--json", "--port", port]
    installed = visit([program, *start, "--demo"], tmp_path, apart=without_network())
    folder = tmp_path / ".local" / "share" / "miteinander"
    checkout = visit(
        [sys.executable, "-m", "miteinander.cli.main", *start],
        tmp_path,
        MITEINANDER_DATA=str(folder),
        PYTHONPATH=str(PACKAGE.parent),
    )

    assert set(installed) == set(visitor.STOPS)
    assert [name for name in installed if installed[name] != checkout[name]] == []
    assert {status for _path, status, _type, _digest in installed.values()} == {200}
    assert installed["font"][2] == "font/woff2"
    assert not (tmp_path / "network.txt").exists(), (tmp_path / "network.txt").read_text()


def test_the_guard_against_the_network_would_see_it(program, tmp_path):
    """The proof above is only worth something if looking outside would have been noted."""
    look = "import socket; socket.getaddrinfo('pypi.org', 443)"
    python = program.with_name("python")
    done = subprocess.run(
        [python, "-c", look], env=environment(tmp_path), capture_output=True, text=True, check=False
    )

    assert "there is no network here" in done.stderr
    assert "pypi.org" in (tmp_path / "network.txt").read_text()


def test_the_environment_knows_neither_the_checkout_nor_the_tools_of_the_tests(program, tmp_path):
    ask = "import miteinander as m, importlib.util as u; print(m.__file__, u.find_spec('pytest'))"
    python = program.with_name("python")
    done = subprocess.run(
        [python, "-c", ask], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    place, pytest_there = done.stdout.split()

    assert Path(place).is_relative_to(program.parents[1])
    assert pytest_there == "None"
